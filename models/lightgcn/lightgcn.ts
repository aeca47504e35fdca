/**
 * LightGCN: the mean of linear propagations on the interaction graph (He et al., SIGIR 2020;
 * methods.md, §2).
 *
 * @module
 */
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../../graph/interaction_graph.ts";
import { bprLossOfRows } from "../../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { normLoss } from "../../shaders/norm_loss/norm_loss.ts";
import { type RowSubset, rowSubset } from "../../shaders/spmm/row_subset.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import type { Program } from "../../gpu/program.ts";
import { hopsOf } from "../backbone/hops.ts";
import { uncutRows } from "../backbone/uncut_rows.ts";
import { defineModel, type TrainedDefinition } from "../define_model.ts";
import type { RowRepresentation } from "../model.ts";
import { initialisers, Parameters, stackRows } from "../parameters.ts";
import type { SettingSpecs } from "../settings.ts";
import { dimension, rowWiseBatch, trainingSettings } from "../training_settings.ts";

/** The settings of LightGCN. */
export const lightgcnSettings = {
  dim: dimension,
  layers: {
    type: "integer",
    default: 2,
    minimum: 1,
    maximum: 16,
    tuned: { from: 1, to: 4 },
    description: "Graph layers",
  },
  reg: {
    type: "number",
    default: 1e-4,
    minimum: 0,
    tuned: { from: 1e-6, to: 1e-1, scale: "log" },
    description: "Weight of the L2 penalty",
  },
  ...trainingSettings,
  batch: rowWiseBatch,
} as const satisfies SettingSpecs;

/** LightGCN's reference adds it to each degree (methods.md, §2). */
const degreeEpsilon = 1e-7;

/** LightGCN. */
export const lightgcn: TrainedDefinition = defineModel({
  name: "lightgcn",
  description: "Linear propagation on the interaction graph (He et al., SIGIR 2020)",
  settings: lightgcnSettings,
  build({ memory, dataset, settings: { dim, layers, reg }, seed }) {
    const { users, items } = dataset;
    const { xavierUniform } = initialisers(seed);
    const parameters = new Parameters(memory);
    // Users and items in one table, for the propagation takes them as the nodes of one graph.
    const nodes = parameters.addEmbeddings(
      "nodes",
      users + items,
      dim,
      stackRows(xavierUniform("users", users, dim), xavierUniform("items", items, dim)),
    );
    const interactions = interactionMatrix(dataset.train, users, items);
    const weights = normalisedInteractions(interactions, degreeEpsilon);
    const adjacency = uploadSparse(memory, "interaction graph", bipartiteAdjacency(weights), {
      symmetric: true,
    });
    const propagate = (program: Program, subset?: RowSubset) =>
      propagateSum(program, adjacency, nodes, layers, 1 / (layers + 1), subset);
    const represent = (program: Program): RowRepresentation => {
      const final = propagate(program);
      return {
        users: { table: final, firstRow: 0, rows: users },
        items: uncutRows(program, { table: final, firstRow: users, rows: items }),
      };
    };
    return {
      parameters: parameters.all,
      loss(program, batch, losses) {
        const lists = [
          { list: batch.users, firstRow: 0 },
          { list: batch.positives, firstRow: users },
          { list: batch.negatives, firstRow: users },
        ];
        // Gathered first, so that their gradients are added last, to those of all rows.
        const own = reg === 0
          ? []
          : lists.map(({ list, firstRow }) => gather(program, nodes, list, firstRow));
        const final = propagate(program, rowSubset(program, users + items, lists, losses.state));
        const [user, positive, negative] = lists.map(({ list, firstRow }) =>
          gather(program, final, list, firstRow)
        );
        bprLossOfRows(losses, user, positive, negative);
        const names = ["user norm", "positive norm", "negative norm"];
        own.forEach((rows, n) => normLoss(losses, rows, reg, names[n]));
      },
      represent,
      composition: (program) => ({
        representation: represent(program),
        by: "hop",
        ...hopsOf(program, { adjacency, weights, nodes, layers }),
      }),
    };
  },
});
