/**
 * Lists of rows joined and cut, on the device.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import { type RowList, rowList } from "./gather.ts";
import copySource from "./copy_rows.wgsl" with { type: "text" };

const copyRows = kernel("gather/copy_rows", copySource);

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
