/**
 * The scores of all items for users, a block of users at a time: memory stays bounded whatever the
 * dataset.
 *
 * @module
 */
import { type Csr, rowCounts } from "../algebra/csr.ts";
import type { Allocation } from "../gpu/memory.ts";
import type { Program } from "../gpu/program.ts";
import { paddedColumns, type Tensor } from "../gpu/tensor.ts";
import type { FoldIn } from "../models/fold_in.ts";
import type { Representation, RowRepresentation } from "../models/model.ts";
import { appendScores } from "../models/row_scores.ts";
import { gather } from "../shaders/gather/gather.ts";
import { none, type RowList, rowList } from "../shaders/gather/row_lists.ts";
import { launchWeightedSum } from "../shaders/weighted_sum/weighted_sum.ts";

/**
 * The most entries that some rows of a matrix have together.
 *
 * @param matrix The matrix.
 * @param rows How many rows.
 */
export function mostEntries(matrix: Csr, rows: number): number {
  return rowCounts(matrix).sort().subarray(-rows).reduce((sum, count) => sum + count, 0);
}

/**
 * The columns of the entries of some rows.
 *
 * @param matrix The matrix.
 * @param rows Which rows.
 */
export function columnsOfRows({ rowStart, column }: Csr, rows: Uint32Array): Uint32Array[] {
  return Array.from(rows, (row) => column.subarray(rowStart[row], rowStart[row + 1]));
}

/** Scores a block of users, whoever they are: buffers say who, and launches stay. */
export class ScoreBlocks {
  /** The scores, `places×stride`; columns beyond the items are padding. */
  readonly scores: Tensor;
  readonly #program: Program;
  readonly #users: RowList;
  readonly #histories?: { start: Allocation; items: Allocation };
  /** Rows of users who are in no dataset, zeros for all others. */
  readonly #folded = new Map<RowRepresentation, Tensor>();

  /**
   * Plans the buffers.
   *
   * @param program The program that scores.
   * @param representation Where scores come from.
   * @param places The most users of a block.
   * @param taken The items that each user took in train, ascending, `U×I`.
   * @param scores Where scores go: those of other blocks of as many places, which are then replaced
   * (default: planned).
   */
  constructor(
    program: Program,
    readonly representation: Representation,
    readonly places: number,
    readonly taken: Csr,
    scores?: Tensor,
  ) {
    this.#program = program;
    const items = taken.columns;
    this.scores = scores ?? program.tensor("scores of a block", places, paddedColumns(items), {
      differentiable: false,
    });
    this.#users = rowList(program, "users of a block", places);
    if ("users" in representation) return;
    // A user who is in no dataset may have taken any of the items.
    const capacity = Math.max(items, mostEntries(taken, places));
    this.#histories = {
      start: program.buffer("history starts of a block", (places + 1) * 4),
      items: program.buffer("histories of a block", capacity * 4),
    };
  }

  /** Appends the launches that score the block that is loaded when they run. */
  append(): void {
    const { start, items } = this.#histories ?? {};
    const users = this.#users;
    const rowsOf = (program: Program, rows: RowRepresentation) => this.#rowsOf(program, rows);
    const block = { users, historyStart: start!, history: items!, rowsOf };
    appendScores(this.#program, this.representation, block, this.scores);
  }

  /** The rows of the users of a block. */
  #rowsOf(program: Program, representation: RowRepresentation): Tensor {
    const { table, firstRow } = representation.users;
    const rows = gather(program, table, this.#users, firstRow);
    // The rows of a model by itself are of users of the dataset alone.
    if (this.#histories === undefined) return rows;
    const { columns } = rows;
    const folded = this.#folded.get(representation) ??
      program.tensor("rows of new users", this.places, columns, { differentiable: false });
    this.#folded.set(representation, folded);
    launchWeightedSum(program, [{ x: folded, weight: 1 }], rows, this.places * columns, true);
    return rows;
  }

  /**
   * Says who the users of the next block are.
   *
   * @param users Their indices, at most `places`.
   */
  load(users: Uint32Array): void {
    const list = new Uint32Array(this.places).fill(none);
    list.set(users);
    this.#program.memory.write(this.#users.allocation, list);
    if (this.#histories === undefined) return;
    this.#fold([]);
    this.#writeHistories(columnsOfRows(this.taken, users));
  }

  /**
   * Makes people who are in no dataset the users of the next block.
   *
   * @param histories The items that each of them took, ascending, each once: at most `places` lists,
   * with no more items in all than the dataset has.
   * @param foldIns What finds their rows, for each of the rows that a part of the scores is products of.
   * @throws {Error} Scores are products of rows, which such users have not: a defect of the caller.
   */
  loadHistories(
    histories: readonly Uint32Array[],
    foldIns: ReadonlyMap<RowRepresentation, FoldIn> = new Map(),
  ): void {
    if (this.#histories === undefined) throw new Error("Scores do not come from histories");
    this.#fold(histories, foldIns);
    this.#program.memory.write(this.#users.allocation, new Uint32Array(this.places).fill(none));
    this.#writeHistories(histories);
  }

  #fold(
    histories: readonly Uint32Array[],
    foldIns: ReadonlyMap<RowRepresentation, FoldIn> = new Map(),
  ): void {
    for (const [representation, folded] of this.#folded) {
      const rows = new Float32Array(this.places * folded.columns);
      histories.forEach((history, place) =>
        rows.set(foldIns.get(representation)!.row(history), place * folded.columns)
      );
      this.#program.memory.write(folded.allocation, rows);
    }
  }

  #writeHistories(histories: readonly Uint32Array[]): void {
    const { start, items } = this.#histories!;
    const starts = new Uint32Array(this.places + 1);
    for (let place = 0; place < this.places; place++) {
      starts[place + 1] = starts[place] + (histories[place]?.length ?? 0);
    }
    const all = new Uint32Array(starts[this.places]);
    histories.forEach((history, place) => all.set(history, starts[place]));
    this.#program.memory.write(start, starts);
    this.#program.memory.write(items, all);
  }
}
