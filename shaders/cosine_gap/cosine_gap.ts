/**
 * How far blocks of a row are from pointing the same way.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { dealtRows } from "../common/lanes/lanes.ts";
import lanesSource from "../common/lanes/lanes.wgsl" with { type: "text" };
import sumsLanesSource from "../common/lanes/sums_lanes.wgsl" with { type: "text" };
import { fill } from "../elementwise/elementwise.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import blocksSource from "./blocks.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };
import lanesBackwardSource from "./lanes_backward.wgsl" with { type: "text" };
import lanesForwardSource from "./lanes_forward.wgsl" with { type: "text" };
import lanesProductsSource from "./lanes_products.wgsl" with { type: "text" };
import partnersSource from "./partners.wgsl" with { type: "text" };

const forward = kernel("cosine_gap/forward", blocksSource, forwardSource);
const backward = kernel("cosine_gap/backward", blocksSource, partnersSource, backwardSource);
const lanesForward = kernel(
  "cosine_gap/lanes_forward",
  blocksSource,
  lanesSource,
  sumsLanesSource,
  lanesProductsSource,
  lanesForwardSource,
);
const lanesBackward = kernel(
  "cosine_gap/lanes_backward",
  blocksSource,
  partnersSource,
  lanesSource,
  sumsLanesSource,
  lanesProductsSource,
  lanesBackwardSource,
);

/** Turns of an invocation's loops in one launch stay far below 65,535 (webgpu.md, trap 1). */
const mostTurns = 16384;

/** What is compared, and how. */
export interface CosineGapOptions {
  /** Columns of a block, a multiple of 4. */
  readonly width: number;
  /** Factor of the sum. */
  readonly factor: number;
  /** What the result is called. */
  readonly label: string;
}

/**
 * `y_r = factor·Σ_pairs (cos(a_r, b_r) − 1)²`, a and b being blocks of columns of x, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`, in a multiple of 4.
 * @param pairs The first columns of the blocks of each pair, multiples of 4; different blocks do not overlap.
 * @param options How wide blocks are, the factor, and what the result is called.
 * @returns `rows×1`.
 */
export function cosineGaps(
  program: Program,
  x: Tensor,
  pairs: readonly (readonly [number, number])[],
  { width, factor, label }: CosineGapOptions,
): Tensor {
  const { rows, columns } = x;
  const { software } = program.memory.gpu;
  const y = program.tensor(label, rows, 1);
  const vectors = width / 4;
  const words = (what: string, numbers: readonly number[]) =>
    program.buffer(`${what} of ${label}`, numbers.length * 4, Uint32Array.from(numbers));
  /** Launches of some of a list at a time; both loops have as many turns as a block has vectors. */
  const inParts = (count: number, launch: (uniforms: Record<string, number>) => void) => {
    const most = Math.max(1, Math.floor(mostTurns / (2 * vectors)));
    for (let first = 0; first < count; first += most) {
      const end = Math.min(count, first + most);
      launch({ rows, vectors, stride: columns / 4, first, end, factor });
    }
  };
  const listed = words("pairs", pairs.flat().map((column) => column / 4));
  inParts(pairs.length, (uniforms) => {
    const constants = { accumulate: Number(uniforms.first > 0) };
    program.launch(software ? forward : lanesForward, {
      buffers: { x, pairs: listed, y },
      uniforms,
      ...dealtRows(program.memory.gpu, rows, vectors, constants),
    });
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    if (!target.accumulate) fill(program, target.gradient, 0);
    const blocks = [...new Set(pairs.flat())];
    const partnersOf = blocks.map((block) =>
      pairs.flatMap(([one, other]) => one === block ? [other] : other === block ? [one] : [])
    );
    const most = Math.max(...partnersOf.map(({ length }) => length));
    const starts = words("blocks", blocks.map((column) => column / 4));
    const partners = words(
      "partners",
      partnersOf.flatMap((own) =>
        Array.from({ length: most }, (_, n) => n < own.length ? own[n] / 4 : 2 ** 32 - 1)
      ),
    );
    const constants = { blocks: blocks.length, most_partners: most };
    inParts(most, (uniforms) =>
      program.launch(software ? backward : lanesBackward, {
        buffers: { x, starts, partners, dy, dx: target.gradient },
        uniforms,
        ...dealtRows(program.memory.gpu, rows * blocks.length, vectors, constants),
      }));
  });
  return y;
}
