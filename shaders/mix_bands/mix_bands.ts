/**
 * Weighted sums of bands, with weights for each row.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { rowsOfInvocation } from "../columns/columns.ts";
import { elementKernel } from "../common/element/element.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("mix_bands/forward", forwardSource);
const backward = elementKernel("mix_bands/backward", backwardSource);

/**
 * `y[r] = Σ_b weights[r, b]·x[r, b]`, differentiated.
 *
 * @param program The program.
 * @param x `rows×(M·columns)`, the M bands of a row side by side.
 * @param weights `rows×M`.
 * @param label What the result is called.
 * @returns `rows×columns`.
 * @throws {Error} The shapes do not match.
 */
export function mixBands(program: Program, x: Tensor, weights: Tensor, label: string): Tensor {
  const { rows } = x;
  const bands = weights.columns;
  if (weights.rows !== rows || x.columns % bands !== 0) {
    throw new Error(
      `"${weights.label}" is ${weights.rows}×${bands}, "${x.label}" ${rows}×${x.columns}`,
    );
  }
  const columns = x.columns / bands;
  const y = program.tensor(label, rows, columns);
  const { width, kernel } = forward(columns);
  const uniforms = { rows, columns: columns / width };
  program.launch(kernel, {
    buffers: { x, weights, y },
    uniforms,
    constants: { rows_each: rowsOfInvocation, bands },
    threads: Math.ceil(rows / rowsOfInvocation) * columns / width,
  });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const [toX, toWeights] = [program.gradientTarget(x), program.gradientTarget(weights)];
    if (toX === undefined && toWeights === undefined) return;
    const unused = (tensor: Tensor) => ({
      gradient: program.tensor(`unused d ${tensor.label}`, tensor.rows, tensor.columns),
      accumulate: false,
    });
    const { gradient: dx, accumulate: accumulateX } = toX ?? unused(x);
    const { gradient: dweights, accumulate: accumulateWeights } = toWeights ?? unused(weights);
    program.launch(backward(columns).kernel, {
      buffers: { x, weights, dy, dx, dweights },
      uniforms: { ...uniforms, bands },
      constants: {
        accumulate_x: Number(accumulateX),
        accumulate_weights: Number(accumulateWeights),
      },
      threads: rows * bands,
    });
  });
  return y;
}
