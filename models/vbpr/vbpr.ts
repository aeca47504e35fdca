/**
 * VBPR: matrix factorisation whose items also carry a projection of their features (He and McAuley,
 * AAAI 2016; methods.md, §2).
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { standardiseColumns } from "../../data/modalities.ts";
import { DataError } from "../../errors.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { bprLossOfRows } from "../../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { concatenateColumns } from "../../shaders/columns/columns.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { normLoss } from "../../shaders/norm_loss/norm_loss.ts";
import { scaleColumns } from "../../shaders/scale/scale.ts";
import { rowParts, wholeRow } from "../composition.ts";
import { defineModel, type TrainedDefinition } from "../define_model.ts";
import type { RowRepresentation } from "../model.ts";
import { constantTensor, initialisers, Parameters } from "../parameters.ts";
import type { SettingSpecs } from "../settings.ts";
import { dimension, rowWiseBatch, trainingSettings } from "../training_settings.ts";

/** The settings of VBPR. */
export const vbprSettings = {
  dim: dimension,
  reg: {
    type: "number",
    default: 1e-2,
    minimum: 0,
    tuned: { from: 1e-5, to: 1, scale: "log" },
    description: "Weight of the L2 penalty",
  },
  standardise: {
    type: "boolean",
    default: false,
    tuned: { choices: [false, true] },
    description: "Scale each feature column to mean 0 and standard deviation 1",
  },
  ...trainingSettings,
  batch: rowWiseBatch,
} as const satisfies SettingSpecs;

/** VBPR. */
export const vbpr: TrainedDefinition = defineModel({
  name: "vbpr",
  description: "Matrix factorisation with projected features (He and McAuley, AAAI 2016)",
  needsFeatures: true,
  settings: vbprSettings,
  build({ memory, dataset, settings: { dim, reg, standardise }, seed }) {
    const { users, items } = dataset;
    const features = concatenatedFeatures(dataset, standardise);
    const { xavierUniform, xavierNormal } = initialisers(seed);
    const parameters = new Parameters(memory);
    const userTable = parameters.addEmbeddings(
      "users",
      users,
      2 * dim,
      xavierUniform("users", users, 2 * dim),
    );
    const itemTable = parameters.add("items", items, dim, xavierUniform("items", items, dim));
    const weight = parameters.add(
      "projection.weight",
      dim,
      features.columns,
      xavierNormal("projection.weight", dim, features.columns),
    );
    const bias = parameters.add("projection.bias", 1, dim, new Float32Array(dim));
    const frozen = constantTensor(
      memory,
      "features",
      items,
      features.columns,
      features.values,
      "features",
    );
    const represent = (program: Program) =>
      concatenateColumns(program, [itemTable, linear(program, frozen, weight, bias)], "item rows");
    const rowsOf = (table: Tensor, rows: number) => ({ table, firstRow: 0, rows });
    const representation = (program: Program): RowRepresentation => ({
      users: rowsOf(userTable, users),
      items: rowsOf(represent(program), items),
    });
    /** `[e; 0]`, `[0; W_m·f_m]` of each modality, and `[0; b]`. */
    const itemParts = (program: Program): Tensor[] => {
      const nothing = program.tensor("no columns", items, dim, { differentiable: false });
      const projected = features.blocks.map(({ first, columns }) => {
        const own = Float32Array.from(
          { length: features.columns },
          (_, c) => Number(c >= first && c < first + columns),
        );
        const options = { data: own, differentiable: false };
        const mask = program.tensor("columns of a modality", 1, features.columns, options);
        return linear(program, frozen, scaleColumns(program, weight, mask), undefined);
      });
      const zeros = program.tensor("no weights", dim, features.columns, { differentiable: false });
      const constant = linear(program, frozen, zeros, bias);
      return [
        concatenateColumns(program, [itemTable, nothing]),
        ...[...projected, constant].map((x) => concatenateColumns(program, [nothing, x])),
      ];
    };
    return {
      parameters: parameters.all,
      loss(program, batch, losses) {
        // All items once: a batch has more item rows than most datasets have items, each of them a
        // product with all feature columns.
        const rows = represent(program);
        const user = gather(program, userTable, batch.users);
        const positive = gather(program, rows, batch.positives);
        const negative = gather(program, rows, batch.negatives);
        bprLossOfRows(losses, user, positive, negative);
        normLoss(losses, user, reg, "user norm");
        normLoss(losses, positive, reg, "positive norm");
        normLoss(losses, negative, reg, "negative norm");
      },
      represent: representation,
      composition(program) {
        const own = representation(program);
        const names = ["id", ...features.blocks.map(({ name }) => name), "bias"];
        return {
          representation: own,
          by: "modality",
          users: [{ name: wholeRow, rows: own.users }],
          items: rowParts(names, itemParts(program)),
        };
      },
    };
  },
});

/** The modalities side by side, the last by name first: text before image, as in the reference. */
function concatenatedFeatures(dataset: Dataset, standardise: boolean) {
  if (dataset.modalities.length === 0) {
    throw new DataError(
      `Cannot train "vbpr" on "${dataset.name}": the dataset has no features`,
      "Put a <modality>_feat.npy beside the .inter file, or train an ID-only model such as lightgcn",
    );
  }
  const blocks = dataset.modalities.toReversed().map((modality) =>
    standardise ? standardiseColumns(modality) : modality
  );
  const columns = blocks.reduce((sum, block) => sum + block.columns, 0);
  const values = new Float32Array(dataset.items * columns);
  let start = 0;
  const places = blocks.map(({ name, columns }) => {
    const place = { name, first: start, columns };
    start += columns;
    return place;
  });
  for (const [n, block] of blocks.entries()) {
    for (let item = 0; item < dataset.items; item++) {
      values.set(
        block.values.subarray(item * block.columns, (item + 1) * block.columns),
        item * columns + places[n].first,
      );
    }
  }
  return { columns, values, blocks: places };
}
