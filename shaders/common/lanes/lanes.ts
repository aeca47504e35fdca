/**
 * Rows that several invocations share: on hardware neighbours should read what lies side by side, and an invocation that
 * goes through a row by itself waits for each of its loads.
 *
 * @module
 */
import type { Gpu } from "../../../gpu/gpu.ts";
import type { Launch } from "../../../gpu/launch.ts";

/** Invocations that share a row at most: sixteen vectors of four are two lines of a cache. */
const mostLanes = 16;
/** Invocations of a workgroup. */
const workgroupSize = 64;

/**
 * How many invocations share a row: a power of two.
 *
 * @param elements What a row has of what an invocation reads at once.
 * @example
 * ```ts
 * import { lanesOf } from "./lanes.ts";
 * [1, 3, 16, 48].map(lanesOf); // [1, 4, 16, 16]
 * ```
 */
export function lanesOf(elements: number): number {
  return Math.min(mostLanes, 2 ** Math.ceil(Math.log2(Math.max(1, elements))));
}

/**
 * The launch of a kernel of lanes.wgsl.
 *
 * @param rows Number of rows.
 * @param elements What a row has of what an invocation reads at once.
 * @param constants Values of other constants.
 */
export function dealtToLanes(
  rows: number,
  elements: number,
  constants: Launch["constants"] = {},
): Required<Pick<Launch, "constants" | "threads" | "workgroupSize">> {
  const lanes = lanesOf(elements);
  return { constants: { ...constants, lanes }, threads: rows * lanes, workgroupSize };
}

/**
 * The launch of a kernel of lanes.wgsl on hardware, or of its twin on a software driver, where each invocation has a row.
 *
 * @param gpu The device.
 * @param rows Number of rows.
 * @param elements What a row has of what an invocation reads at once.
 * @param constants Values of other constants.
 */
export function dealtRows(
  { software }: Pick<Gpu, "software">,
  rows: number,
  elements: number,
  constants: Launch["constants"] = {},
): Pick<Launch, "constants" | "threads" | "workgroupSize"> {
  return software ? { constants, threads: rows } : dealtToLanes(rows, elements, constants);
}
