/**
 * BPR-MF: matrix factorisation with the pairwise ranking loss (Rendle et al., UAI 2009; methods.md,
 * §2).
 *
 * @module
 */
import { bprLossOfRows } from "../../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { normLoss } from "../../shaders/norm_loss/norm_loss.ts";
import { defineModel, type TrainedDefinition } from "../define_model.ts";
import { initialisers, Parameters } from "../parameters.ts";
import type { SettingSpecs } from "../settings.ts";
import { dimension, rowWiseBatch, trainingSettings } from "../training_settings.ts";

/** The settings of BPR-MF. */
export const bprSettings = {
  dim: dimension,
  reg: {
    type: "number",
    default: 1e-2,
    minimum: 0,
    tuned: { from: 1e-5, to: 1, scale: "log" },
    description: "Weight of the L2 penalty",
  },
  ...trainingSettings,
  batch: rowWiseBatch,
} as const satisfies SettingSpecs;

/** BPR-MF. */
export const bpr: TrainedDefinition = defineModel({
  name: "bpr",
  description: "Matrix factorisation with a pairwise loss (Rendle et al., UAI 2009)",
  settings: bprSettings,
  build({ memory, dataset, settings: { dim, reg }, seed }) {
    const { xavierNormal } = initialisers(seed);
    const parameters = new Parameters(memory);
    const table = (label: string, rows: number) =>
      parameters.addEmbeddings(label, rows, dim, xavierNormal(label, rows, dim));
    const users = table("users", dataset.users);
    const items = table("items", dataset.items);
    return {
      parameters: parameters.all,
      loss(program, batch, losses) {
        const user = gather(program, users, batch.users);
        const positive = gather(program, items, batch.positives);
        const negative = gather(program, items, batch.negatives);
        bprLossOfRows(losses, user, positive, negative);
        normLoss(losses, user, reg, "user norm");
        normLoss(losses, positive, reg, "positive norm");
        normLoss(losses, negative, reg, "negative norm");
      },
      represent: () => ({
        users: { table: users, firstRow: 0, rows: dataset.users },
        items: { table: items, firstRow: 0, rows: dataset.items },
      }),
    };
  },
});
