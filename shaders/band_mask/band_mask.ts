/**
 * Random masks of bands, a mask a node (SSR's spectral band masking; methods.md, §5, stage 2).
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { streams } from "../../gpu/random.ts";
import randomSource from "../../gpu/random.wgsl" with { type: "text" };
import type { RowList } from "../gather/row_lists.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("band_mask/forward", randomSource, stateSource, forwardSource);

/** Lists of nodes whose masks stand below each other. */
export interface MaskedNodes {
  /** The lists. */
  readonly lists: readonly RowList[];
  /** The node that index 0 of the lists means. */
  readonly firstNode: number;
}

/**
 * Masks: each band is kept with probability `1−rate` and then counts `1/(1−rate)`; a node that would
 * lose all keeps the first.
 *
 * @param program The program.
 * @param nodes Whose masks.
 * @param bands Number of bands.
 * @param rate Probability of 0, below 1.
 * @param state The state of the step: masks are redrawn in each.
 * @returns `rows×bands`, without a gradient; equal nodes have equal masks.
 */
export function bandMask(
  program: Program,
  nodes: MaskedNodes,
  bands: number,
  rate: number,
  state: Allocation,
): Tensor {
  const { lists, firstNode } = nodes;
  const rows = lists.reduce((sum, { length }) => sum + length, 0);
  const mask = program.tensor("band mask", rows, bands, { differentiable: false });
  let firstRow = 0;
  for (const { allocation, length } of lists) {
    program.launch(forward, {
      buffers: { nodes: allocation, state, mask },
      partial: firstRow + length < rows ? ["mask"] : [],
      uniforms: {
        rows: length,
        first_row: firstRow,
        first_node: firstNode,
        bands,
        rate,
        stream: streams.bandMasks,
      },
      threads: length,
    });
    firstRow += length;
  }
  return mask;
}
