/**
 * The different rows of a list: what a batch holds several times need be computed once.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { type RowList, rowList } from "../gather/row_lists.ts";
import { orderOf, setOrder } from "../gather/order.ts";
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("unique_rows/forward", forwardSource);

/** The different rows of a list, the smallest first. */
export interface UniqueRows {
  /** Each different row once; `none` beyond the last. */
  readonly rows: RowList;
  /** For each different row the first place of the list that has it; `none` beyond the last. */
  readonly first: RowList;
  /** For each place of the list where its row stands among the different ones. */
  readonly slots: RowList;
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
  const differing = (what: string): RowList => ({
    ...rowList(program, `${what} of ${label}`, length),
    distinct: true,
  });
  const rows = differing("different rows");
  const first = differing("first places");
  const slots = rowList(program, `slots of ${label}`, length);
  const multiplicity = program.buffer(`multiplicities of ${label}`, length * 4);
  const counts = program.buffer(`counts of ${label}`, 8);
  const order = orderOf(program, list);
  // Slots rise with the rows, and the different rows stand in order.
  setOrder(program, slots, order);
  program.launch(forward, {
    buffers: {
      rows: list.allocation,
      order,
      distinct: rows.allocation,
      first: first.allocation,
      multiplicity,
      slots: slots.allocation,
      counts,
    },
    uniforms: { count: length },
    threads: 256,
    workgroupSize: 256,
  });
  return { rows, first, slots, multiplicity, counts };
}
