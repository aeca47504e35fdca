/**
 * SMORE: Fourier fusion of modalities, item graphs, and modality-aware preference (WSDM 2025,
 * arXiv 2412.14978; methods.md, §3), for any number of modalities: the fused spectrum is the product
 * over all of them.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../../graph/interaction_graph.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import { maximumOfUnion } from "../../graph/merge.ts";
import { bprLossOfRows } from "../../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { sliceRows } from "../../shaders/columns/columns.ts";
import { dropout } from "../../shaders/dropout/dropout.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { gate, type Gated, gatedSum } from "../../shaders/gate/gate.ts";
import { gather, gatherStack } from "../../shaders/gather/gather.ts";
import { joinLists, sliceList } from "../../shaders/gather/row_lists.ts";
import { infoNce } from "../../shaders/info_nce/info_nce.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { softmaxRows } from "../../shaders/softmax/softmax.ts";
import {
  fourierMatrix,
  inverseFourierMatrix,
  spectralProduct,
} from "../../shaders/fourier/fourier.ts";
import { type RowSubset, rowSubset } from "../../shaders/spmm/row_subset.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { squareLoss } from "../../shaders/square_loss/square_loss.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { defineModel, type TrainedDefinition } from "../define_model.ts";
import { constantTensor, initialisers, Parameters, stackRows } from "../parameters.ts";
import { featureTable, neighboursOf, preparedModalities } from "../backbone/feature_tables.ts";
import type { Diagnostic } from "../model.ts";
import { viewDenoisers } from "./denoisers.ts";
import { preferenceMeans } from "./preference_means.ts";
import { smoreSettings } from "./smore_settings.ts";
import { projectedSpectra, type Transform } from "./spectral_gate.ts";
import { viewComposition } from "./view_parts.ts";

/** The name that the fusion of all modalities has beside theirs. */
const fusion = "fusion";

/** SMORE. */
export const smore: TrainedDefinition = defineModel({
  name: "smore",
  description: "Fourier fusion, item graphs, modality-aware preference (SMORE, WSDM 2025)",
  needsFeatures: true,
  settings: smoreSettings,
  async build(context) {
    const { memory, dataset, settings, seed } = context;
    const { users, items } = dataset;
    const { dim } = settings;
    const modalities = await preparedModalities(context, "smore");
    const names = modalities.map(({ name }) => name);
    const views = [...names, fusion];
    const { xavierUniform } = initialisers(seed);
    const parameters = new Parameters(memory);
    const nodes = parameters.add(
      "nodes",
      users + items,
      dim,
      stackRows(xavierUniform("users", users, dim), xavierUniform("items", items, dim)),
    );
    const tables = modalities.map((modality) => ({
      table: featureTable(parameters, modality, settings.features),
      projection: parameters.linear(`${modality.name}.projection`, modality.columns, dim, seed),
    }));
    const matrix = (label: string, values: Float32Array) =>
      constantTensor(memory, label, dim, dim, values, "transforms");
    const transform: Transform = {
      forward: matrix("Fourier matrix", fourierMatrix(dim)),
      inverse: matrix("inverse Fourier matrix", inverseFourierMatrix(dim)),
    };
    const logitsOf = viewDenoisers(parameters, views, settings, transform, seed);
    const preferenceLayers = views.map((view) =>
      parameters.linear(`${view}.preference`, dim, dim, seed)
    );
    const queries = names.map((name) => ({
      hidden: parameters.linear(`${name}.query.hidden`, dim, dim, seed),
      weight: parameters.add(
        `${name}.query.weight`,
        dim,
        dim,
        initialisers(seed).uniform(1 / Math.sqrt(dim))(`${name}.query.weight`, dim, dim),
      ),
    }));
    const interactions = interactionMatrix(dataset.train, users, items);
    const block = normalisedInteractions(interactions, 0);
    const adjacency = uploadSparse(memory, "interaction graph", bipartiteAdjacency(block), {
      symmetric: true,
    });
    const userGraph = uploadSparse(memory, "user-item block", block);
    const counts = neighboursOf(settings.neighbours, names);
    const similar = [];
    for (const modality of modalities) {
      const options = { k: counts.get(modality.name)!, weighting: "similarity" } as const;
      similar.push(await itemGraph(memory.gpu, modality, options, context));
    }
    const itemGraphs = [...similar, maximumOfUnion(similar)].map((graph, view) =>
      uploadSparse(memory, `item graph of ${views[view]}`, graph)
    );

    /** Steps 1 to 3 and the item part of 5: `I×d` for each view. */
    const itemViews = (program: Program): Tensor[] => {
      const own = tables.map(({ table, projection }) =>
        projectedSpectra(program, table, projection, transform)
      );
      const spectra = [
        ...own,
        own.reduce((product, spectrum) => spectralProduct(program, product, spectrum)),
      ];
      const itemIds = sliceRows(program, nodes, users, items);
      return views.map((view, n) => {
        const logits = logitsOf[n](program, spectra[n], itemGraphs[n]);
        let z = gate(program, itemIds, logits, `${view} items`);
        for (let layer = 0; layer < settings.item_layers; layer++) {
          z = spmm(program, itemGraphs[n], z);
        }
        return z;
      });
    };

    /** Step 6 on any rows: the gates of rows with a behaviour view and modality views. */
    const sideGates = (
      program: Program,
      content: Tensor,
      rows: readonly Tensor[],
      dropped: (rows: Tensor, view: number) => Tensor,
    ): Gated[] => {
      const fusedRows = rows[rows.length - 1];
      return views.map((view, n): Gated => {
        const { weight, bias } = preferenceLayers[n];
        const logits = linear(program, content, weight, bias);
        // Dropout of the gate is dropout of what it lets through.
        const x = dropped(rows[n], n);
        if (view === fusion) return { x, logits };
        const { hidden, weight: query } = queries[n];
        const inner = linear(program, fusedRows, hidden.weight, hidden.bias, {
          activation: "tanh",
        });
        const attention = linear(program, inner, query, undefined);
        return { x, weights: softmaxRows(program, attention), logits };
      });
    };
    const sideView = (program: Program, gates: readonly Gated[]) =>
      gatedSum(program, gates, 1 / views.length, "side");

    const propagate = (program: Program, subset?: RowSubset) =>
      propagateSum(
        program,
        adjacency,
        nodes,
        settings.layers,
        1 / (settings.layers + 1),
        subset,
      );

    // What diagnose() tells of: the last evaluation's preferences.
    const preferences = new WeakMap<Program, readonly Diagnostic[]>();

    const evaluate = (program: Program) => {
      const behaviour = propagate(program);
      const z = itemViews(program);
      const represent = (name: "users" | "items", first: number, rows: readonly Tensor[]) => {
        const count = rows[0].rows;
        const content = sliceRows(program, behaviour, first, count);
        const gates = sideGates(program, content, rows, (part) => part);
        const side = sideView(program, gates);
        const label = `preference of ${name}`;
        const table = preferenceMeans(program, gates.map(({ logits }) => logits), label);
        return {
          views: { content, gates },
          rows: { table: add(program, content, side), firstRow: 0, rows: count },
          diagnostic: { name: label, table, columns: views, rows: name },
        };
      };
      const user = represent("users", 0, z.map((items) => spmm(program, userGraph, items)));
      const item = represent("items", users, z);
      preferences.set(program, [user.diagnostic, item.diagnostic]);
      return {
        representation: { users: user.rows, items: item.rows },
        evaluated: { users: user.views, items: item.views },
      };
    };

    return {
      parameters: parameters.all,
      loss(program, batch, losses) {
        const { state } = losses;
        // Rows that a batch repeats are computed once; dropout is a node's, as in the reference.
        const batchItems = joinLists(
          program,
          [batch.positives, batch.negatives],
          "items of the batch",
        );
        const user = uniqueRows(program, batch.users);
        const item = uniqueRows(program, batchItems);
        const nodeLists = [
          { list: { ...user.rows, count: user.counts }, firstRow: 0 },
          { list: { ...item.rows, count: item.counts }, firstRow: users },
        ];
        const [userRows, itemRows] = nodeLists.map(({ list }) => list);
        // Gradients that reach all rows are stored, and those of some rows added to them: what reaches some
        // rows alone comes first, for the backward pass goes from the end.
        const subset = rowSubset(program, users + items, nodeLists, state);
        const z = itemViews(program);
        const behaviour = propagate(program, subset);
        const rowsOfItems = z.map((view) => gather(program, view, itemRows));
        const rowsOfUsers = z.map((view) =>
          gather(program, spmm(program, userGraph, view, subset), userRows)
        );
        const sides = [
          { rows: rowsOfUsers, name: "users" },
          { rows: rowsOfItems, name: "items" },
        ].map(({ rows, name }, n) => {
          const { list, firstRow } = nodeLists[n];
          const content = gather(program, behaviour, list, firstRow);
          // Views and sides draw masks of their own.
          const gates = sideGates(
            program,
            content,
            rows,
            (part, view) =>
              dropout(program, part, settings.dropout, state, n * views.length + view),
          );
          const side = sideView(program, gates);
          return {
            content,
            side,
            final: add(program, content, side, { label: `final rows of ${name}` }),
          };
        });
        const final = gatherStack(program, [
          { table: sides[0].final, list: user.slots },
          { table: sides[1].final, list: item.slots },
        ], "final rows of the batch");
        const size = batch.users.length;
        const third = (n: number) => sliceRows(program, final, n * size, size);
        bprLossOfRows(losses, third(0), third(1), third(2));
        squareLoss(losses, final, settings.reg / settings.batch, "squares");
        const alignment = {
          temperature: settings.temperature,
          weight: settings.contrastive,
          // ½ is the probability of the right order of a pair that is guessed; BPR is the first term.
          warmUp: { term: 0, guessing: Math.LN2, fall: settings.contrastive_warm_up },
        };
        infoNce(losses, sides[0].side, sides[0].content, {
          ...alignment,
          unique: user,
          name: "user alignment",
        });
        // Negatives are not aligned.
        const positive = uniqueRows(program, sliceList(program, item.slots, 0, size));
        infoNce(
          losses,
          gather(program, sides[1].side, positive.rows),
          gather(program, sides[1].content, positive.rows),
          { ...alignment, unique: positive, name: "item alignment" },
        );
      },
      represent: (program) => evaluate(program).representation,
      composition(program) {
        const { representation, evaluated } = evaluate(program);
        return viewComposition(program, representation, views, evaluated);
      },
      diagnose(program) {
        const found = preferences.get(program);
        if (found === undefined) throw new Error(`"${program.name}" represents nothing`);
        return found;
      },
    };
  },
});
