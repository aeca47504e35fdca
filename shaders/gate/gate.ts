/**
 * Gating: tensors times the sigmoids of others.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program, Tensor } from "../../gpu/program.ts";
import functionsSource from "../elementwise/functions.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("gate/forward", functionsSource, forwardSource);
const backward = kernel("gate/backward", functionsSource, backwardSource);

/** What a gate lets through, all of the same shape. */
export interface Gated {
  /** What is gated. */
  readonly x: Tensor;
  /** Weights of its elements, such as an attention; ones where nothing is said. */
  readonly weights?: Tensor;
  /** The logits of the gate. */
  readonly logits: Tensor;
}

/**
 * `x ⊙ σ(logits)`, differentiated.
 *
 * @param program The program.
 * @param x Any shape.
 * @param logits The same shape.
 * @param label What the result is called.
 * @returns The same shape.
 * @throws {Error} The shapes differ.
 */
export function gate(
  program: Program,
  x: Tensor,
  logits: Tensor,
  label = `gated ${x.label}`,
): Tensor {
  return gatedSum(program, [{ x, logits }], 1, label);
}

/**
 * `factor·Σ x ⊙ weights ⊙ σ(logits)` over gates, differentiated: no product and no part of the sum is
 * stored.
 *
 * @param program The program.
 * @param parts The gates.
 * @param factor Factor of the sum.
 * @param label What the result is called.
 * @returns The shape of each x.
 * @throws {Error} The shapes differ.
 */
export function gatedSum(
  program: Program,
  parts: readonly Gated[],
  factor: number,
  label: string,
): Tensor {
  const { rows, columns } = parts[0].x;
  for (const tensor of parts.flatMap(({ x, weights, logits }) => [x, weights ?? x, logits])) {
    if (tensor.rows !== rows || tensor.columns !== columns) {
      throw new Error(`"${parts[0].x.label}" and "${tensor.label}" are of different shapes`);
    }
  }
  const y = program.tensor(label, rows, columns);
  const vectors = Math.ceil(rows * columns / 4);
  const threads = Math.ceil(vectors / 4);
  parts.forEach(({ x, weights, logits }, n) =>
    program.launch(forward, {
      buffers: { x, weights: weights ?? x, logits, y },
      uniforms: { vectors, factor },
      constants: { has_weights: Number(weights !== undefined), accumulate: Number(n > 0) },
      threads,
    })
  );
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { x, weights, logits } of parts) {
      const launch = (input: Tensor, first?: Tensor, second?: Tensor) => {
        const target = program.gradientTarget(input);
        if (target === undefined) return;
        program.launch(backward, {
          buffers: {
            first: first ?? dy,
            second: second ?? dy,
            logits,
            dy,
            gradient: target.gradient,
          },
          uniforms: { vectors, factor },
          constants: {
            of_logits: Number(input === logits),
            has_first: Number(first !== undefined),
            has_second: Number(second !== undefined),
            accumulate: Number(target.accumulate),
          },
          threads,
        });
      };
      launch(x, weights);
      if (weights !== undefined) launch(weights, x);
      launch(logits, x, weights);
    }
  });
  return y;
}
