/**
 * Gating: tensors times the sigmoids of others.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { countOf, rowVectors } from "../common/element/counted.ts";
import countedSource from "../common/element/counted.wgsl" with { type: "text" };
import functionsSource from "../elementwise/functions.wgsl" with { type: "text" };
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("gate/forward", countedSource, functionsSource, forwardSource);
const backward = kernel("gate/backward", countedSource, functionsSource, backwardSource);

/** What a gate lets through, all of the same shape. */
export interface Gated {
  /** What is gated. */
  readonly x: Tensor;
  /** Weights of its elements, such as an attention (default: ones). */
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
 * @returns The shape of each x, counted as the first is.
 * @throws {Error} The shapes differ, or rows are counted that are not whole vectors of four.
 */
export function gatedSum(
  program: Program,
  parts: readonly Gated[],
  factor: number,
  label: string,
): Tensor {
  const { rows, columns, counted } = parts[0].x;
  for (const tensor of parts.flatMap(({ x, weights, logits }) => [x, weights ?? x, logits])) {
    if (tensor.rows !== rows || tensor.columns !== columns) {
      throw new Error(`"${parts[0].x.label}" and "${tensor.label}" are of different shapes`);
    }
  }
  const y = program.tensor(label, rows, columns, { counted });
  const vectors = Math.ceil(rows * columns / 4);
  const count = countOf(counted, parts[0].x);
  const uniforms = { vectors, row_vectors: rowVectors(y), factor };
  const threads = Math.ceil(vectors / 4);
  parts.forEach(({ x, weights, logits }, n) =>
    program.launch(forward, {
      buffers: { x, weights: weights ?? x, logits, y, ...count.buffers },
      partial: counted ? ["y"] : [],
      uniforms,
      constants: {
        has_weights: Number(weights !== undefined),
        accumulate: Number(n > 0),
        ...count.constants,
      },
      threads,
    })
  );
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const { x, weights, logits } of parts) {
      const inputs = [x, weights, logits];
      const targets = inputs.map((input) => input && program.gradientTarget(input));
      const wanted = targets.reduce((sum, target, n) => sum + (target ? 1 << n : 0), 0);
      const adds = targets.map((target) => Number(target?.accumulate ?? false));
      if (wanted === 0) continue;
      // What takes no gradient has a place for it all the same: a kernel has all its bindings.
      const [dx, dweights, dlogits] = targets.map((target, n) =>
        target?.gradient ?? program.buffer(`no gradient ${n} of ${label}`, 16)
      );
      program.launch(backward, {
        buffers: { x, weights: weights ?? x, logits, dy, dx, dweights, dlogits, ...count.buffers },
        partial: ["dx", "dweights", "dlogits"].filter((_, n) => targets[n] === undefined),
        uniforms,
        constants: {
          wanted,
          adds_x: adds[0],
          adds_weights: adds[1],
          adds_logits: adds[2],
          has_weights: Number(weights !== undefined),
          ...count.constants,
        },
        threads,
      });
    }
  });
  return y;
}
