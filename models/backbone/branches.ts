/**
 * The backbone of FITMM and SSR: a branch network for ids and for each modality, learned user weights,
 * and the item graph (methods.md, §4 a to c), for any number of modalities.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { Modality } from "../../data/dataset.ts";
import { standardiseColumns } from "../../data/modalities.ts";
import { nearest, UsageError } from "../../errors.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../../graph/interaction_graph.ts";
import { itemGraph } from "../../graph/item_graph.ts";
import { scaleBlocks } from "../../shaders/block_scale/block_scale.ts";
import { concatenateColumns, sliceRows } from "../../shaders/columns/columns.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { normaliseGrid } from "../../shaders/row_norm/row_norm.ts";
import type { SparseOperator } from "../../shaders/spmm/device_matrix.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import type { ModelContext } from "../model.ts";
import { initialisers, Parameters } from "../parameters.ts";
import type { SettingSpecs } from "../settings.ts";
import { dimension } from "../training_settings.ts";
import { featureSettings, featureTable, preparedModalities } from "./feature_tables.ts";
import { meanItemGraph, meanItemGraphSettings } from "./mean_item_graph.ts";

/** The settings of the backbone. */
export const branchSettings = {
  dim: dimension,
  layers: {
    type: "integer",
    default: 2,
    minimum: 1,
    maximum: 16,
    description: "Layers on the interaction graph",
  },
  item_layers: {
    type: "integer",
    default: 1,
    minimum: 0,
    maximum: 8,
    description: "Layers on the item graph; 0 leaves the item graph out",
  },
  user_layers: {
    type: "integer",
    default: 1,
    minimum: 0,
    maximum: 8,
    description: "Layers on the user graph, if the dataset has a user_feat.npy; 0 leaves it out",
  },
  user_neighbours: {
    type: "integer",
    default: 10,
    minimum: 1,
    maximum: 1000,
    description: "Neighbours of each user in the user graph",
  },
  modalities: {
    type: "string",
    default: "all",
    description:
      'Modalities with a branch of their own: "all", "none", or names, such as "image,text"',
  },
  ...featureSettings,
  ...meanItemGraphSettings,
} as const satisfies SettingSpecs;

/** What the branches compute. */
export interface BranchViews {
  /** Propagated rows of users and, below them, items, a block of columns a branch: `(U+I)×D`. */
  readonly rep: Tensor;
  /** The users' graph part: their raw preferences, propagated where there is a graph of users, `U×D`. */
  readonly userGraph: Tensor;
  /** The items' graph part, `I×D`: their rows propagated on the item graph, where there is one. */
  readonly itemGraph?: Tensor;
}

/** The backbone of a model. */
export interface Branches {
  /** Its parameters; a model adds its own. */
  readonly parameters: Parameters;
  /** The names of the branches, in the order of their blocks: ids first. */
  readonly names: readonly string[];
  /** Columns D of all blocks. */
  readonly columns: number;
  /** Makes A, the interaction graph, `(U+I)×(U+I)`, value 1 for each edge. */
  graph(): Csr;
  /** Â, the normalised interaction graph, on the device. */
  readonly adjacency: SparseOperator;
  /**
   * Appends the forward pass, for all nodes.
   *
   * @param program The program.
   */
  views(program: Program): BranchViews;
}

/** The name of the branch without features. */
export const idBranch = "id";

/**
 * Plans the backbone.
 *
 * @param context What a model is built from.
 * @param model The model, for messages.
 * @throws {DataError} The dataset has no features.
 * @throws {UsageError} A setting names a modality that there is not.
 */
export async function buildBranches(
  context: ModelContext<typeof branchSettings>,
  model: string,
): Promise<Branches> {
  const { memory, dataset, settings, seed } = context;
  const { users, items } = dataset;
  const { dim, layers, item_layers, user_layers } = settings;
  const modalities = await preparedModalities(context, model);
  const chosen = chosenModalities(settings.modalities, modalities.map(({ name }) => name));
  const { xavierNormal, xavierUniform, normal } = initialisers(seed);
  const parameters = new Parameters(memory);
  const names = [idBranch, ...chosen];
  const preferences = names.map((name) => {
    const label = `${name}.preference`;
    return parameters.add(label, users, dim, xavierNormal(label, users, dim));
  });
  const ids = parameters.add("items", items, dim, xavierUniform("items", items, dim));
  const networks = chosen.map((name) => {
    const modality = modalities.find((one) => one.name === name)!;
    return {
      table: featureTable(parameters, modality, settings.features),
      hidden: parameters.linear(`${name}.hidden`, modality.columns, 4 * dim, seed),
      output: parameters.linear(`${name}.output`, 4 * dim, dim, seed),
    };
  });
  const weights = parameters.add(
    "user weights",
    users,
    names.length,
    rowSoftmax(
      normal(Math.sqrt(2 / (users + names.length)))("user weights", users, names.length),
      names.length,
    ),
  );
  const interactions = interactionMatrix(dataset.train, users, items);
  const adjacency = uploadSparse(
    memory,
    "interaction graph",
    bipartiteAdjacency(normalisedInteractions(interactions, 0)),
    { symmetric: true },
  );
  const similar = item_layers === 0 ? undefined : uploadSparse(
    memory,
    "item graph",
    await meanItemGraph(memory.gpu, modalities, settings, context),
  );
  const likeMinded = dataset.userFeatures === undefined || user_layers === 0
    ? undefined
    : uploadSparse(memory, "user graph", await userGraphOf(context, dataset.userFeatures));
  return {
    parameters,
    names,
    columns: names.length * dim,
    graph: () => bipartiteAdjacency(interactions),
    adjacency,
    views(program) {
      const itemInputs = networks.map(({ table, hidden, output }) => {
        const inner = linear(program, table, hidden.weight, hidden.bias, {
          activation: "leaky_relu",
        });
        return linear(program, inner, output.weight, output.bias);
      });
      const inputs = normaliseGrid(program, [preferences, [ids, ...itemInputs]], "branch inputs");
      const propagated = propagateSum(program, adjacency, inputs, layers, 1);
      const rep = scaleBlocks(program, propagated, weights);
      let userGraph = concatenateColumns(program, preferences, "user preferences");
      for (let layer = 0; likeMinded !== undefined && layer < user_layers; layer++) {
        userGraph = spmm(program, likeMinded, userGraph);
      }
      if (similar === undefined) return { rep, userGraph };
      let itemGraph = sliceRows(program, rep, users, items);
      for (let layer = 0; layer < item_layers; layer++) {
        itemGraph = spmm(program, similar, itemGraph);
      }
      return { rep, userGraph, itemGraph };
    },
  };
}

/** The mean graph of given embeddings of users. */
function userGraphOf(
  context: ModelContext<typeof branchSettings>,
  features: Modality,
): Promise<Csr> {
  const { memory, settings } = context;
  const prepared = settings.standardise ? standardiseColumns(features) : features;
  const options = { k: settings.user_neighbours, weighting: "mean" } as const;
  return itemGraph(memory.gpu, prepared, options, context);
}

/** The modalities that a setting names, in the dataset's order. */
function chosenModalities(setting: string, names: readonly string[]): readonly string[] {
  if (setting === "all") return names;
  if (setting === "none") return [];
  const wanted = setting.split(",");
  for (const name of wanted) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    throw new UsageError(
      `Cannot set "modalities": there is no modality "${name}"`,
      near === undefined ? `The modalities are ${names.join(", ")}` : `Did you mean "${near}"?`,
    );
  }
  return names.filter((name) => wanted.includes(name));
}

function rowSoftmax(values: Float32Array, columns: number): Float32Array {
  const powers = values.map(Math.exp);
  return powers.map((power, at) => {
    const start = at - at % columns;
    return power / powers.subarray(start, start + columns).reduce((sum, one) => sum + one, 0);
  });
}
