/**
 * Weighted sums of bands, with weights for each row.
 *
 * @module
 */
import type { Program, Tensor } from "../../gpu/program.ts";
import { elementKernel } from "../element/element.ts";
import backwardWeightsSource from "./backward_weights.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("mix_bands/forward", forwardSource);
const backwardWeights = elementKernel("mix_bands/backward_weights", backwardWeightsSource);

/**
 * `y[r] = Σ_b weights[r, b]·band_b[r]`, differentiated.
 *
 * @param program The program.
 * @param bands M tensors, `rows×columns`.
 * @param weights `rows×M`.
 * @param label What the result is called.
 * @returns `rows×columns`.
 */
export function mixBands(
  program: Program,
  bands: readonly Tensor[],
  weights: Tensor,
  label: string,
): Tensor {
  const { rows, columns } = bands[0];
  if (weights.rows !== rows || weights.columns !== bands.length) {
    throw new Error(`"${weights.label}" is not ${rows}×${bands.length}`);
  }
  const y = program.tensor(label, rows, columns);
  const { width, kernel } = forward(columns);
  const sizes = { columns: columns / width, bands: bands.length };
  const count = rows * columns / width;
  bands.forEach((x, band) =>
    program.launch(kernel, {
      buffers: { x, weights, y },
      uniforms: { count, ...sizes, band },
      constants: { accumulate: Number(band > 0) },
      threads: count,
    })
  );
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const toWeights = program.gradientTarget(weights);
    bands.forEach((x, band) => {
      const toBand = program.gradientTarget(x);
      if (toBand !== undefined) {
        program.launch(kernel, {
          buffers: { x: dy, weights, y: toBand.gradient },
          uniforms: { count, ...sizes, band },
          constants: { accumulate: Number(toBand.accumulate) },
          threads: count,
        });
      }
      if (toWeights === undefined) return;
      program.launch(backwardWeights(columns).kernel, {
        buffers: { x, dy, dweights: toWeights.gradient },
        uniforms: { rows, ...sizes, band },
        constants: { accumulate: Number(toWeights.accumulate) },
        threads: rows,
      });
    });
  });
  return y;
}
