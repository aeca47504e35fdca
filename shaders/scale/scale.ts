/**
 * Columns scaled by learned factors.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { launchBinary } from "../elementwise/elementwise.ts";
import { sumColumns } from "../reduce/reduce.ts";
import columnsSource from "./columns.wgsl" with { type: "text" };

const columnsKernel = elementKernel("scale/columns", columnsSource);

/**
 * `y[r, c] = x[r, c]·v[c]`, differentiated.
 *
 * @param program The program.
 * @param x `rows×columns`.
 * @param v `1×columns`.
 * @returns `rows×columns`.
 */
export function scaleColumns(program: Program, x: Tensor, v: Tensor): Tensor {
  const { rows, columns } = x;
  if (v.columns !== columns || v.rows !== 1) {
    throw new Error(`Cannot scale "${x.label}" by "${v.label}" of ${v.rows}×${v.columns}`);
  }
  const y = program.tensor(`scaled ${x.label}`, rows, columns);
  const { width, kernel } = columnsKernel(columns);
  const count = rows * columns / width;
  const uniforms = { count, columns: columns / width };
  const stores = { accumulate: 0 };
  program.launch(kernel, { buffers: { x, v, y }, uniforms, constants: stores, threads: count });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const toX = program.gradientTarget(x);
    if (toX !== undefined) {
      program.launch(kernel, {
        buffers: { x: dy, v, y: toX.gradient },
        uniforms,
        constants: { accumulate: Number(toX.accumulate) },
        threads: count,
      });
    }
    const toV = program.gradientTarget(v);
    if (toV === undefined) return;
    const product = program.tensor(`d ${y.label}⊙${x.label}`, rows, columns);
    launchBinary(program, { a: dy, b: x, c: product, count: rows * columns, multiply: true });
    sumColumns(program, product, toV.gradient, toV.accumulate);
  });
  return y;
}

/**
 * `s·x` for a learned number s, differentiated.
 *
 * @param program The program.
 * @param x Any shape.
 * @param s `1×1`.
 * @returns The shape of `x`.
 */
export function scaleBy(program: Program, x: Tensor, s: Tensor): Tensor {
  const { rows, columns } = x;
  const y = program.tensor(`scaled ${x.label}`, rows, columns);
  // A column of all numbers, each scaled by the one factor.
  const { kernel } = columnsKernel(1);
  const uniforms = { count: rows * columns, columns: 1 };
  const threads = rows * columns;
  const stores = { accumulate: 0 };
  program.launch(kernel, { buffers: { x, v: s, y }, uniforms, constants: stores, threads });
  program.onBackward(() => {
    const dy = program.gradient(y);
    if (dy === undefined) return;
    const toX = program.gradientTarget(x);
    if (toX !== undefined) {
      program.launch(kernel, {
        buffers: { x: dy, v: s, y: toX.gradient },
        uniforms,
        constants: { accumulate: Number(toX.accumulate) },
        threads,
      });
    }
    const toS = program.gradientTarget(s);
    if (toS === undefined) return;
    const product = program.tensor(`d ${y.label}⊙${x.label}`, rows * columns, 1);
    launchBinary(program, { a: dy, b: x, c: product, count: rows * columns, multiply: true });
    sumColumns(program, product, toS.gradient, toS.accumulate);
  });
  return y;
}
