/**
 * Filters that multiply by a sparse operator again and again: users stand in the columns of a dense matrix, a
 * slice of a block at a time.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import { type Bindable, paddedColumns, type Tensor } from "../../gpu/tensor.ts";
import { placeLists } from "../../shaders/list_columns/list_columns.ts";
import { launchTranspose } from "../../shaders/transpose/transpose.ts";
import type { ScorePart } from "../model.ts";
import { listsOf } from "./score_part.ts";

/** A filter of columns. */
export interface ColumnFilter {
  /** Number of items. */
  readonly items: number;
  /** Rows of the largest matrix that it needs beside the items. */
  readonly height: number;
  /** A factor of each item before it (default: 1). */
  readonly before?: Bindable;
  /** A factor of each item after it (default: 1). */
  readonly after?: Bindable;
  /**
   * Plans what it needs.
   *
   * @param program The program.
   * @param x `I×d`: users in columns; it may be overwritten.
   * @returns The filtered columns, and what appends the launches that fill them.
   */
  plan(program: Program, x: Tensor): { readonly y: Tensor; append(): void };
}

/** Bytes of a slice of users at most. */
const sliceBytes = 32 * 2 ** 20;
/** Columns of a slice at most: on a software driver so many that its rows stay in a core's cache (measured). */
const mostColumns = { software: 64, hardware: 512 };

/**
 * Scores by a filter of columns.
 *
 * @param filter The filter.
 */
export function columnPart({ items, height, before, after, plan }: ColumnFilter): ScorePart {
  return {
    addScores(program, block, scores, how) {
      const lists = listsOf(block);
      const { limits, software } = program.memory.gpu;
      const bytes = Math.min(sliceBytes, limits.maxStorageBufferBindingSize);
      const most = Math.min(
        mostColumns[software ? "software" : "hardware"],
        Math.floor(bytes / (16 * Math.max(items, height))) * 4,
      );
      const slices = Math.ceil(lists.count / Math.max(4, most));
      const columns = paddedColumns(lists.count / slices);
      const x = program.tensor("users in columns", items, columns, { differentiable: false });
      const { y, append } = plan(program, x);
      for (let first = 0; first < lists.count; first += columns) {
        placeLists(program, lists, first, x, before);
        append();
        launchTranspose(program, y, scores, {
          columns: Math.min(columns, lists.count - first),
          yRow: first,
          scale: after,
          ...how,
        });
      }
    },
  };
}
