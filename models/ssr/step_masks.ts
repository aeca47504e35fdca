/**
 * The masks of bands of a step, drawn or given (methods.md, §5, stage 2).
 *
 * @module
 */
import type { Program, Tensor } from "../../gpu/program.ts";
import { bandMask } from "../../shaders/band_mask/band_mask.ts";
import { gatherStack } from "../../shaders/gather/gather.ts";
import type { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import type { ModelContext } from "../model.ts";
import { constantTensor } from "../parameters.ts";
import type { SettingSpecs } from "../settings.ts";
import type { ListedNodes } from "./decomposition.ts";

/** Makes the masks of some nodes of a side in a step: `rows×M`. */
export type StepMasks = (
  program: Program,
  side: "user" | "item",
  nodes: readonly ListedNodes[],
  losses: LossTerms,
) => Tensor;

/**
 * Prepares masks: those that the context gives, as `mask/user` and `mask/item` with 1 for a kept band, or
 * drawn anew in each step.
 *
 * @param context The settings, and the given masks.
 */
export function stepMasks(
  context: ModelContext<SettingSpecs> & {
    readonly settings: { readonly bands: number; readonly mask_rate: number };
  },
): StepMasks {
  const { memory, dataset, settings: { bands, mask_rate: rate }, draws } = context;
  const table = (side: "user" | "item", rows: number) => {
    const kept = draws?.get(`mask/${side}`)?.map((one) => one / (1 - rate));
    return kept && constantTensor(memory, `${side} masks`, rows, bands, kept, "masks");
  };
  const given = { user: table("user", dataset.users), item: table("item", dataset.items) };
  return (program, side, nodes, { state }) => {
    const lists = nodes.map(({ list }) => list);
    const all = given[side];
    if (all !== undefined) {
      return gatherStack(program, lists.map((list) => ({ table: all, list })), `${side} masks`);
    }
    return bandMask(program, { lists, firstNode: nodes[0].firstRow }, bands, rate, state);
  };
}
