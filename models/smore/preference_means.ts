/**
 * How far SMORE lets each view through: what its preferences (methods.md, §3, step 6) are on average over
 * columns, for each user or item.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { concatenateColumns } from "../../shaders/columns/columns.ts";
import { unary } from "../../shaders/elementwise/elementwise.ts";
import { linear } from "../../shaders/linear/linear.ts";

/**
 * `mean_c σ(logits_v[r, c])` of each view v.
 *
 * @param program The program.
 * @param logits Those of the views, each `rows×d`.
 * @param label What the result is called.
 * @returns `rows×views`.
 */
export function preferenceMeans(
  program: Program,
  logits: readonly Tensor[],
  label: string,
): Tensor {
  const { columns } = logits[0];
  const mean = program.tensor(`mean of ${label}`, 1, columns, {
    data: new Float32Array(columns).fill(1 / columns),
    differentiable: false,
  });
  const means = logits.map((one) =>
    linear(program, unary(program, "sigmoid", one), mean, undefined)
  );
  return concatenateColumns(program, means, label);
}
