/**
 * Gating: a tensor times the sigmoid of another.
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

/**
 * `x ⊙ σ(logits)`, differentiated.
 *
 * @param program The program.
 * @param x Any shape.
 * @param logits The same shape.
 * @param label What the result is called.
 * @returns The same shape.
 */
export function gate(
  program: Program,
  x: Tensor,
  logits: Tensor,
  label = `gated ${x.label}`,
): Tensor {
  const { rows, columns } = x;
  if (logits.rows !== rows || logits.columns !== columns) {
    throw new Error(`"${x.label}" and "${logits.label}" are of different shapes`);
  }
  const y = program.tensor(label, rows, columns);
  const vectors = Math.ceil(rows * columns / 4);
  const threads = Math.ceil(vectors / 4);
  program.launch(forward, { buffers: { x, logits, y }, uniforms: { vectors }, threads });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    for (const input of [x, logits]) {
      const target = program.gradientTarget(input);
      if (target === undefined) continue;
      program.launch(backward, {
        buffers: { x, logits, dy, gradient: target.gradient },
        uniforms: { vectors },
        constants: {
          of_logits: Number(input === logits),
          accumulate: Number(target.accumulate),
        },
        threads,
      });
    }
  });
  return y;
}
