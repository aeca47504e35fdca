/**
 * The masks of bands of a step (methods.md, §5, stage 2).
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { bandMask } from "../../shaders/band_mask/band_mask.ts";
import type { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import type { ListedNodes } from "./decomposition.ts";

/** Makes the masks of some nodes of a side in a step: `rows×M`. */
export type StepMasks = (
  program: Program,
  side: "user" | "item",
  nodes: readonly ListedNodes[],
  losses: LossTerms,
) => Tensor;

/**
 * Masks that are redrawn in each step.
 *
 * @param settings The number of bands, and the share of them that is left out.
 */
export function drawnMasks(
  { bands, mask_rate: rate }: { readonly bands: number; readonly mask_rate: number },
): StepMasks {
  return (program, _side, nodes, { state }) => {
    const lists = nodes.map(({ list }) => list);
    return bandMask(program, { lists, firstNode: nodes[0].firstRow }, bands, rate, state);
  };
}
