/**
 * Kernels of single numbers or of vectors of four columns, from one source: four at a time is two to
 * four times as fast (webgpu.md, "Elementwise"), single numbers take any shape.
 *
 * @module
 */
import { type Kernel, kernel } from "../../../gpu/kernel.ts";
import scalarSource from "./scalar.wgsl" with { type: "text" };
import vectorSource from "./vector.wgsl" with { type: "text" };

/** A kernel in both widths. */
export interface ElementKernel {
  /** Numbers of an element: 4 where the columns allow it, else 1. */
  readonly width: 1 | 4;
  /** The kernel of that width. */
  readonly kernel: Kernel;
}

/**
 * Makes a choice of kernels from WGSL in which `Element` is f32 or vec4<f32>.
 *
 * @param name The name of its op and file.
 * @param sources WGSL; shared functions first.
 * @returns The kernel for tensors of a number of columns.
 * @example
 * ```ts
 * import { elementKernel } from "./element.ts";
 * const copy = elementKernel("copy", `
 *   @group(0) @binding(0) var<storage, read> x: array<Element>;
 *   @group(0) @binding(1) var<storage, read_write> y: array<Element>;
 *   @compute @workgroup_size(workgroup_size)
 *   fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = x[id.x]; }`);
 * copy(64).width; // 4
 * ```
 */
export function elementKernel(
  name: string,
  ...sources: string[]
): (columns: number) => ElementKernel {
  const scalar = kernel(`${name} (numbers)`, scalarSource, ...sources);
  const vector = kernel(name, vectorSource, ...sources);
  return (columns) =>
    columns % 4 === 0 ? { width: 4, kernel: vector } : { width: 1, kernel: scalar };
}
