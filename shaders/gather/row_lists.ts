/**
 * Lists of rows on the device, joined and cut.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import type { Bindable } from "../../gpu/tensor.ts";
import copySource from "./copy_rows.wgsl" with { type: "text" };

const copyRows = kernel("gather/copy_rows", copySource);

/** Stands in a list for a row that a short batch lacks; it gathers zeros, and scatters nothing. */
export const none = 0xffffffff;

/** A list of row indices on the device. */
export interface RowList {
  /** What it holds. */
  readonly label: string;
  /** Number of indices, those that are {@linkcode none} included. */
  readonly length: number;
  /** The indices, u32. */
  readonly allocation: Allocation;
  /** Whether no index stands in it twice, {@linkcode none} aside. */
  readonly distinct?: boolean;
  /** What begins with the number of its first indices that count; what it gathers is counted then. */
  readonly count?: Bindable;
}

/**
 * Plans a list of row indices.
 *
 * @param program The program.
 * @param label What it holds.
 * @param length Number of indices.
 * @param data The indices at first.
 */
export function rowList(
  program: Program,
  label: string,
  length: number,
  data?: Uint32Array,
): RowList {
  return { label, length, allocation: program.buffer(label, length * 4, data) };
}

/**
 * One list after the other.
 *
 * @param program The program.
 * @param lists The lists.
 * @param label What the result is called.
 */
export function joinLists(program: Program, lists: readonly RowList[], label: string): RowList {
  const joined = rowList(program, label, lists.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const list of lists) {
    copy(program, list, joined, { count: list.length, first: 0, first_place: place });
    place += list.length;
  }
  return joined;
}

/**
 * A part of a list.
 *
 * @param program The program.
 * @param list The list.
 * @param first The first place that is taken.
 * @param length How many are.
 */
export function sliceList(
  program: Program,
  list: RowList,
  first: number,
  length: number,
): RowList {
  const slice = rowList(program, `${list.label} from ${first} on`, length);
  copy(program, list, slice, { count: length, first, first_place: 0 });
  return slice;
}

function copy(
  program: Program,
  source: RowList,
  target: RowList,
  uniforms: { count: number; first: number; first_place: number },
): void {
  program.launch(copyRows, {
    buffers: { source: source.allocation, copied: target.allocation },
    partial: uniforms.first_place + uniforms.count < target.length ? ["copied"] : [],
    uniforms,
    threads: uniforms.count,
  });
}
