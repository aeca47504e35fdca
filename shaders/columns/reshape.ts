/**
 * The same numbers in rows of another length.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { launchBinary } from "../elementwise/elementwise.ts";

/**
 * A matrix read in rows of another length, without a copy; differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @param columns The new length; it divides the numbers of x.
 * @returns `(rows·columns of x/columns)×columns`.
 * @throws {Error} The length does not divide.
 */
export function reshape(program: Program, x: Tensor, columns: number): Tensor {
  const count = x.rows * x.columns;
  if (count % columns !== 0) throw new Error(`Cannot read "${x.label}" in rows of ${columns}`);
  const y: Tensor = { ...x, rows: count / columns, columns };
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const { gradient: c, accumulate } = target;
    launchBinary(program, { a: dy, b: dy, c, count, beta: 0, accumulate });
  });
  return y;
}
