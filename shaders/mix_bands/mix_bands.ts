/**
 * Weighted sums of bands, with weights for each row.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { fill } from "../elementwise/elementwise.ts";
import type { TableBlock } from "../row_norm/row_norm.ts";
import backwardWeightsSource from "./backward_weights.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("mix_bands/forward", forwardSource);
const backwardWeights = elementKernel("mix_bands/backward_weights", backwardWeightsSource);

/**
 * `y[r] = Σ_b weights[r, b]·band_b[r]`, differentiated.
 *
 * @param program The program.
 * @param bands M tensors, or blocks of as many columns of wider ones.
 * @param weights `rows×M`.
 * @param label What the result is called.
 * @returns `rows×columns`.
 */
export function mixBands(
  program: Program,
  bands: readonly (Tensor | TableBlock)[],
  weights: Tensor,
  label: string,
): Tensor {
  const blocks = bands.map((band): TableBlock =>
    "table" in band ? band : { table: band, column: 0, columns: band.columns }
  );
  const { table: { rows }, columns } = blocks[0];
  if (weights.rows !== rows || weights.columns !== bands.length) {
    throw new Error(`"${weights.label}" is not ${rows}×${bands.length}`);
  }
  const y = program.tensor(label, rows, columns);
  const isAligned = blocks.every(({ table, column }) =>
    columns % 4 === 0 && table.columns % 4 === 0 && column % 4 === 0
  );
  const { width, kernel } = forward(isAligned ? 4 : 1);
  const count = rows * columns / width;
  const sizesOf = ({ table, column }: TableBlock, band: number) => ({
    columns: columns / width,
    x_columns: table.columns / width,
    x_column: column / width,
    bands: bands.length,
    band,
  });
  const whole = { y_columns: columns / width, y_column: 0 };
  blocks.forEach((block, band) =>
    program.launch(kernel, {
      buffers: { x: block.table, weights, y },
      uniforms: { count, ...sizesOf(block, band), ...whole },
      constants: { accumulate: Number(band > 0) },
      threads: count,
    })
  );
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const toWeights = program.gradientTarget(weights);
    blocks.forEach((block, band) => {
      const { table } = block;
      const toBand = program.gradientTarget(table);
      const sizes = sizesOf(block, band);
      if (toBand !== undefined) {
        const isPart = columns < table.columns;
        if (isPart && !toBand.accumulate) fill(program, toBand.gradient, 0);
        program.launch(kernel, {
          buffers: { x: dy, weights, y: toBand.gradient },
          uniforms: {
            count,
            ...sizes,
            x_columns: whole.y_columns,
            x_column: 0,
            y_columns: sizes.x_columns,
            y_column: sizes.x_column,
          },
          constants: { accumulate: Number(isPart || toBand.accumulate) },
          threads: count,
        });
      }
      if (toWeights === undefined) return;
      program.launch(backwardWeights(isAligned ? 4 : 1).kernel, {
        buffers: { x: table, dy, dweights: toWeights.gradient },
        partial: band < blocks.length - 1 ? ["dweights"] : [],
        uniforms: { rows, ...sizes },
        constants: { accumulate: Number(toWeights.accumulate) },
        threads: rows,
      });
    });
  });
  return y;
}
