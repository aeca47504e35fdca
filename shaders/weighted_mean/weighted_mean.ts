/**
 * The mean over all places of a list, from its different rows.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { elementKernel } from "../common/element/element.ts";
import { combineParts } from "../reduce/reduce.ts";
import type { UniqueRows } from "../unique_rows/unique_rows.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = elementKernel("weighted_mean/forward", forwardSource);
const backward = elementKernel("weighted_mean/backward", backwardSource);

/** Rows of a part; the loops of a list of 32,768 nodes stay bounded (webgpu.md, trap 1). */
const partRows = 256;

/**
 * `y_c = Σ_r times_r·x[r, c] / (f·places)`, differentiated: the mean over the places of a list.
 *
 * @param program The program.
 * @param x `(L·f)×columns`: f rows for each different node of a list of length L.
 * @param unique The different nodes, and how often each is in the list.
 * @returns `1×columns`.
 */
export function weightedMean(program: Program, x: Tensor, unique: UniqueRows): Tensor {
  const { rows, columns } = x;
  const { multiplicity, counts } = unique;
  const rowsANode = rows / unique.first.length;
  const y = program.tensor(`mean of ${x.label}`, 1, columns);
  const { width, kernel } = forward(columns);
  const sizes = { columns: columns / width, rows_a_node: rowsANode, factor: 1 / rowsANode };
  const part = Math.max(1, Math.floor(partRows / rowsANode));
  const splits = Math.max(1, Math.ceil(unique.first.length / part));
  const parts = program.buffer(`parts of the mean of ${x.label}`, splits * columns * 4);
  program.launch(kernel, {
    buffers: { x, multiplicity, counts, parts },
    uniforms: { ...sizes, part, splits },
    threads: splits * columns / width,
  });
  combineParts(program, parts, y, { count: columns, columns, splits });
  program.onBackward(() => {
    const dy = program.gradient(y);
    const target = dy && program.gradientTarget(x);
    if (!target) return;
    const count = rows * columns / width;
    program.launch(backward(columns).kernel, {
      buffers: { dy, multiplicity, counts, dx: target.gradient },
      uniforms: { ...sizes, count },
      constants: { accumulate: Number(target.accumulate) },
      threads: count,
    });
  });
  return y;
}
