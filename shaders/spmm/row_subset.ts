/**
 * The rows that a loss reads: after the last propagation everything is row-wise, and a batch reads
 * few rows of many (architecture.md, "Only the rows that the loss reads").
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { fill } from "../elementwise/elementwise.ts";
import type { RowList } from "../gather/row_lists.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import appendChunksSource from "./append_chunks.wgsl" with { type: "text" };
import type { DeviceMatrix } from "./device_matrix.ts";
import markSource from "./mark_rows.wgsl" with { type: "text" };
import chunksSource from "./marked_chunks.wgsl" with { type: "text" };
import entriesSource from "./marked_entries.wgsl" with { type: "text" };
import selectChunksSource from "./select_chunks.wgsl" with { type: "text" };
import selectEntriesSource from "./select_entries.wgsl" with { type: "text" };
import splitEntriesSource from "./split_entries.wgsl" with { type: "text" };

const markRows = kernel("spmm/mark_rows", stateSource, markSource);
const selectChunks = kernel("spmm/select_chunks", stateSource, chunksSource, selectChunksSource);
const appendChunks = kernel("spmm/append_chunks", stateSource, chunksSource, appendChunksSource);
const selectEntries = kernel(
  "spmm/select_entries",
  stateSource,
  entriesSource,
  selectEntriesSource,
);
const splitEntries = kernel("spmm/split_entries", stateSource, entriesSource, splitEntriesSource);

/** Invocations a chunk of {@linkcode splitEntries}. */
const lanesOfChunk = 8;

/** Rows of a matrix that are marked anew in every step. */
export interface RowSubset {
  /** A mark a row: step+1 where the row belongs to the subset in that step. */
  readonly marks: Allocation;
  /** The state of the step. */
  readonly state: Allocation;
  /** What {@linkcode rowsOf} has chosen, by matrix. */
  readonly chosenRows: Map<DeviceMatrix, DeviceMatrix>;
  /** What {@linkcode columnsOf} has chosen, by matrix. */
  readonly chosenColumns: Map<DeviceMatrix, DeviceMatrix>;
}

/**
 * Appends the marking of the rows that lists name.
 *
 * @param program The program.
 * @param rows Number of rows of the matrix.
 * @param lists The lists, each with the row that its index 0 means.
 * @param state The state of the step.
 */
export function rowSubset(
  program: Program,
  rows: number,
  lists: readonly { list: RowList; firstRow: number }[],
  state: Allocation,
): RowSubset {
  const marks = program.buffer("marks of the batch's rows", rows * 4);
  for (const { list, firstRow } of lists) {
    program.launch(markRows, {
      buffers: { rows: list.allocation, state, marks },
      partial: ["marks"],
      uniforms: { count: list.length, first_row: firstRow },
      threads: list.length,
    });
  }
  return { marks, state, chosenRows: new Map(), chosenColumns: new Map() };
}

/**
 * Appends the choice of a matrix's rows in the subset, the first time that it is asked for.
 *
 * @param program The program.
 * @param matrix The matrix.
 * @param subset The rows.
 * @returns The matrix with the chunks of those rows alone; products leave its other rows as they are,
 * but for rows of several chunks, which hold nothing of use then.
 */
export function rowsOf(program: Program, matrix: DeviceMatrix, subset: RowSubset): DeviceMatrix {
  const { chosenRows } = subset;
  const known = chosenRows.get(matrix);
  if (known !== undefined) return known;
  const blocks = matrix.blocks.map((block) => {
    const { chunks } = block;
    const selected = program.buffer(`chunks of the batch's rows of ${matrix.label}`, chunks.bytes);
    const chosenCount = chosenChunks(program, block, selected, subset);
    return { ...block, chunks: selected, chosenCount };
  });
  const rows = { ...matrix, blocks };
  chosenRows.set(matrix, rows);
  return rows;
}

/** Appends the choice of a block's chunks, by one workgroup in their order, or by all of a GPU; gives their number. */
function chosenChunks(
  program: Program,
  { chunks, chunkCount }: DeviceMatrix["blocks"][number],
  selected: Allocation,
  { marks, state }: RowSubset,
): Allocation {
  const uniforms = { chunks: chunkCount };
  const counter = program.tensor("number of chunks", 1, 1, { differentiable: false });
  const buffers = { chunks, marks, state, selected, selected_count: counter.allocation };
  if (program.memory.gpu.software) {
    const launched = { buffers, partial: ["selected"], uniforms };
    program.launch(selectChunks, { ...launched, threads: 256, workgroupSize: 256 });
  } else {
    fill(program, counter, 0);
    const launched = { buffers, partial: ["selected", "selected_count"], uniforms };
    program.launch(appendChunks, { ...launched, threads: chunkCount, workgroupSize: 256 });
  }
  return counter.allocation;
}

/**
 * Appends the choice of a matrix's columns in the subset, the first time that it is asked for.
 *
 * @param program The program.
 * @param matrix The matrix.
 * @param subset The columns; what it is multiplied with has zeros in all other rows.
 * @returns The matrix with the entries of those columns alone.
 */
export function columnsOf(
  program: Program,
  matrix: DeviceMatrix,
  subset: RowSubset,
): DeviceMatrix {
  const { marks, state, chosenColumns } = subset;
  const known = chosenColumns.get(matrix);
  if (known !== undefined) return known;
  const blocks = matrix.blocks.map((block) => {
    const { entries, chunks, chunkCount } = block;
    const what = `of the batch's columns of ${matrix.label}`;
    const selected = program.buffer(`entries ${what}`, entries.bytes);
    const shortened = program.buffer(`chunks ${what}`, chunks.bytes);
    const { software } = program.memory.gpu;
    program.launch(software ? selectEntries : splitEntries, {
      buffers: { entries, chunks, marks, state, selected, shortened },
      partial: ["selected"],
      uniforms: { chunks: chunkCount },
      threads: software ? chunkCount : chunkCount * lanesOfChunk,
      workgroupSize: software ? undefined : 256,
    });
    return { ...block, entries: selected, chunks: shortened };
  });
  const columns = { ...matrix, blocks };
  chosenColumns.set(matrix, columns);
  return columns;
}
