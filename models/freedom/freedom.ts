/**
 * FREEDOM: a frozen item graph beside a pruned interaction graph (ACM MM 2023; methods.md, §2), for
 * any number of modalities.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import { rowBlocks } from "../../gpu/row_blocks.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { prunedValues } from "../../graph/edge_pruning.ts";
import { weightedSum } from "../../graph/merge.ts";
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../../graph/interaction_graph.ts";
import { bprLossOfRows } from "../../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { sliceRows } from "../../shaders/columns/columns.ts";
import { add, unary } from "../../shaders/elementwise/elementwise.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { joinLists, type RowList, sliceList } from "../../shaders/gather/row_lists.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { type RowSubset, rowSubset } from "../../shaders/spmm/row_subset.ts";
import type { SparseOperator } from "../../shaders/spmm/device_matrix.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse, writeValues } from "../../shaders/spmm/upload.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { defineModel, type TrainedDefinition } from "../define_model.ts";
import { initialisers, Parameters, stackRows } from "../parameters.ts";
import { featureSettings, featureTable, preparedModalities } from "../backbone/feature_tables.ts";
import { firstHop } from "../backbone/hops.ts";
import { meanItemGraphSettings, weightedItemGraphs } from "../backbone/mean_item_graph.ts";
import { rowParts } from "../composition.ts";
import type { SettingSpecs } from "../settings.ts";
import { dimension, rowWiseBatch, trainingSettings } from "../training_settings.ts";

/** The settings of FREEDOM. */
export const freedomSettings = {
  dim: dimension,
  layers: {
    type: "integer",
    default: 2,
    minimum: 1,
    maximum: 16,
    tuned: { from: 1, to: 4 },
    description: "Graph layers",
  },
  item_layers: {
    type: "integer",
    default: 1,
    minimum: 1,
    maximum: 8,
    description: "Layers on the item graph",
  },
  ...featureSettings,
  ...meanItemGraphSettings,
  dropout: {
    type: "number",
    default: 0.8,
    minimum: 0,
    maximum: 0.99,
    tuned: { from: 0, to: 0.9 },
    description: "Share of the interactions left out in each epoch",
  },
  reg: {
    type: "number",
    default: 1e-3,
    minimum: 0,
    tuned: { from: 1e-6, to: 1e-1, scale: "log" },
    description: "Weight λ of the BPR loss on each modality's projection",
  },
  ...trainingSettings,
  batch: rowWiseBatch,
} as const satisfies SettingSpecs;

/** FREEDOM's reference adds it to each degree. */
const degreeEpsilon = 1e-7;

/** FREEDOM. */
export const freedom: TrainedDefinition = defineModel({
  name: "freedom",
  description: "A frozen item graph and a pruned interaction graph (FREEDOM, ACM MM 2023)",
  needsFeatures: true,
  settings: freedomSettings,
  async build(context) {
    const { memory, dataset, settings, seed } = context;
    const { users, items } = dataset;
    const { dim, layers, item_layers, dropout, reg } = settings;
    const modalities = await preparedModalities(context, "freedom");
    const { xavierUniform } = initialisers(seed);
    const parameters = new Parameters(memory);
    const nodes = parameters.addEmbeddings(
      "nodes",
      users + items,
      dim,
      stackRows(xavierUniform("users", users, dim), xavierUniform("items", items, dim)),
    );
    const views = modalities.map((modality) => ({
      name: modality.name,
      table: featureTable(parameters, modality, settings.features),
      projection: parameters.linear(`${modality.name}.projection`, modality.columns, dim, seed),
    }));
    const interactions = interactionMatrix(dataset.train, users, items);
    const weights = normalisedInteractions(interactions, degreeEpsilon);
    const graph = (label: string) =>
      uploadSparse(memory, label, bipartiteAdjacency(weights), { symmetric: true });
    const whole = graph("interaction graph");
    // Dropped edges leave it for the epoch.
    const pruned = dropout > 0 ? graph("pruned interaction graph") : whole;
    const itemGraphs = await weightedItemGraphs(memory.gpu, modalities, settings, context);
    const similar = uploadSparse(memory, "item graph", weightedSum(itemGraphs));

    const propagatedItems = (program: Program, hops = item_layers): Tensor => {
      let h = sliceRows(program, nodes, users, items);
      for (let layer = 0; layer < hops; layer++) h = spmm(program, similar, h);
      return h;
    };
    /** `w_m·S_m·S^(n−1)·e` of each modality: what the last of the n products gives by its neighbours. */
    const itemsByModality = (program: Program): Tensor[] => {
      const before = propagatedItems(program, item_layers - 1);
      return itemGraphs.map(({ name, matrix, weight }) => {
        const graph = uploadSparse(memory, `item graph of ${name}`, matrix);
        return unary(program, "affine", spmm(program, graph, before), { alpha: weight });
      });
    };
    const propagate = (
      program: Program,
      adjacency: SparseOperator,
      subset?: RowSubset,
    ) => propagateSum(program, adjacency, nodes, layers, 1 / (layers + 1), subset);

    const represent = (program: Program) => {
      const final = propagate(program, whole);
      const own = sliceRows(program, final, users, items);
      const table = add(program, own, propagatedItems(program));
      return {
        own,
        representation: {
          users: { table: final, firstRow: 0, rows: users },
          items: { table, firstRow: 0, rows: items },
        },
      };
    };

    return {
      parameters: parameters.all,
      onEpoch(epoch) {
        if (dropout === 0) return;
        const values = prunedValues(interactions, dropout, degreeEpsilon, seed, epoch);
        const adjacency = bipartiteAdjacency({ ...interactions, value: values });
        writeValues(memory, pruned.matrix, adjacency.value);
      },
      loss(program, batch, losses) {
        const { users: userList, positives, negatives } = batch;
        const chosen = 2 * userList.length < items
          ? itemsOfBatch(program, [positives, negatives])
          : undefined;
        // The items' graph first: its gradient is then added to that of all nodes.
        const h = propagatedItems(program);
        const itemLists = chosen === undefined ? [positives, negatives] : [chosen.list];
        const lists = [
          { list: userList, firstRow: 0 },
          ...itemLists.map((list) => ({ list, firstRow: users })),
        ];
        const subset = rowSubset(program, users + items, lists, losses.state);
        const final = propagate(program, pruned, subset);
        const user = gather(program, final, userList);
        const itemRows = chosen === undefined
          ? add(program, sliceRows(program, final, users, items), h)
          : add(
            program,
            gather(program, final, chosen.list, users),
            gather(program, h, chosen.list),
          );
        const [positive, negative] = (chosen?.slots ?? [positives, negatives]).map((list) =>
          gather(program, itemRows, list)
        );
        bprLossOfRows(losses, user, positive, negative);
        if (reg === 0) return;
        for (const { name, table, projection: { weight, bias } } of views) {
          // One binding has all rows to choose from.
          const own = rowBlocks(program, table).length === 1 ? chosen : undefined;
          const rows = own === undefined ? table : gather(program, table, own.list);
          const projected = linear(program, rows, weight, bias);
          const [liked, other] = (own?.slots ?? [positives, negatives]).map((list) =>
            gather(program, projected, list)
          );
          const options = { weight: reg, name: `bpr by ${name}` };
          bprLossOfRows(losses, user, liked, other, options);
        }
      },
      represent: (program) => represent(program).representation,
      composition(program) {
        const { own, representation } = represent(program);
        const names = modalities.map(({ name }) => `${name} neighbours`);
        return {
          representation,
          by: "view",
          users: [{ name: "behaviour", rows: representation.users }],
          items: rowParts(["behaviour", ...names], [own, ...itemsByModality(program)]),
          hop: firstHop(program, { adjacency: whole, weights, nodes, layers }),
        };
      },
    };
  },
});

/** The items of a batch that has fewer than there are, each once, and where those of its lists stand among them. */
function itemsOfBatch(
  program: Program,
  lists: readonly RowList[],
): { readonly list: RowList; readonly slots: readonly RowList[] } {
  const { rows, counts, slots } = uniqueRows(
    program,
    joinLists(program, lists, "items of the batch"),
  );
  const { length } = lists[0];
  return {
    list: { ...rows, count: counts },
    slots: lists.map((_, n) => sliceList(program, slots, n * length, length)),
  };
}
