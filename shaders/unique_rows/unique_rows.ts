/**
 * The different rows of a list: what a batch holds several times need be computed once.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { orderOf, type RowList, rowList } from "../gather/gather.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("unique_rows/forward", forwardSource);

/** The different rows of a list. */
export interface UniqueRows {
  /** For each different row the first place of the list that has it; `none` beyond the last. */
  readonly first: RowList;
  /** How often each is in the list, f32; 0 beyond the last. */
  readonly multiplicity: Allocation;
  /** u32: how many rows differ, and how many places of the list are not `none`. */
  readonly counts: Allocation;
}

/**
 * Appends the search for the different rows of a list.
 *
 * @param program The program.
 * @param list The list.
 */
export function uniqueRows(program: Program, list: RowList): UniqueRows {
  const { length, label } = list;
  const first = rowList(program, `first places of ${label}`, length);
  const multiplicity = program.buffer(`multiplicities of ${label}`, length * 4);
  const counts = program.buffer(`counts of ${label}`, 8);
  program.launch(forward, {
    buffers: {
      rows: list.allocation,
      order: orderOf(program, list),
      first: first.allocation,
      multiplicity,
      counts,
    },
    uniforms: { count: length },
    threads: 256,
    workgroupSize: 256,
  });
  return { first, multiplicity, counts };
}
