/**
 * The scores of all items for users, a block of users at a time: memory stays bounded whatever the
 * dataset.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { rowCounts } from "../algebra/csr.ts";
import type { Allocation, Memory } from "../gpu/memory.ts";
import type { Program, Tensor } from "../gpu/program.ts";
import type { Representation } from "../models/model.ts";
import { gather, none, type RowList, rowList } from "../shaders/gather/gather.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import { launchesOf, type LaunchRange } from "./launch_range.ts";

/** Bytes of the scores of a block: enough to keep a GPU busy, and small beside its memory. */
const blockBytes = 32 * 2 ** 20;

/**
 * Plans the scores of a block, which rankings and lists share.
 *
 * @param memory Where.
 * @param users Number of users; a block has no more.
 * @param items Number of items.
 * @returns `places×stride`; columns from `items` on are padding.
 */
export function planScores(memory: Memory, users: number, items: number): Tensor {
  // Rows of whole vectors, for the product.
  const columns = Math.ceil(items / 4) * 4;
  const bytes = Math.min(blockBytes, memory.gpu.limits.maxStorageBufferBindingSize);
  const fitting = Math.max(8, Math.floor(bytes / (columns * 4) / 8) * 8);
  const rows = Math.max(1, Math.min(fitting, users));
  const label = "scores of a block";
  const allocation = memory.reserve(label, rows * columns * 4, "scores");
  return { label, rows, columns, allocation, differentiable: false };
}

/**
 * The most entries that some rows of a matrix have together.
 *
 * @param matrix The matrix.
 * @param rows How many rows.
 */
export function mostEntries(matrix: Csr, rows: number): number {
  return rowCounts(matrix).sort().subarray(-rows).reduce((sum, count) => sum + count, 0);
}

/** The launches that score a block of users, and the buffers that say who they are. */
export class ScoreBlocks {
  /** The most users of a block. */
  readonly places: number;
  /** The launches: one range, whoever the users are. */
  readonly range: LaunchRange;
  readonly #memory: Memory;
  readonly #users: RowList;
  readonly #histories?: { start: Allocation; items: Allocation; capacity: number };

  /**
   * Appends the launches.
   *
   * @param program The program.
   * @param representation Where scores come from.
   * @param scores Where they go; its rows are the places of a block.
   * @param taken The items that each user took in train, ascending, `U×I`.
   */
  constructor(
    program: Program,
    representation: Representation,
    readonly scores: Tensor,
    readonly taken: Csr,
  ) {
    const places = this.places = scores.rows;
    this.#memory = program.memory;
    const users = this.#users = rowList(program, "users of a block", places);
    if ("users" in representation) {
      this.range = launchesOf(program, () => {
        const { users: { table, firstRow }, items } = representation;
        const rows = gather(program, table, users, firstRow);
        launchProduct(program, {
          a: rows,
          b: items.table,
          bRow: items.firstRow,
          bLast: items.firstRow + items.rows - 1,
          c: scores,
          m: places,
          n: scores.columns,
          k: table.columns,
          transposeB: true,
        });
      });
      return;
    }
    // A user who is in no dataset may have taken any of the items.
    const capacity = Math.max(taken.columns, mostEntries(taken, places));
    const start = program.buffer("history starts of a block", (places + 1) * 4);
    const items = program.buffer("histories of a block", capacity * 4);
    this.#histories = { start, items, capacity };
    this.range = launchesOf(program, () => {
      const block = { users, historyStart: start, history: items };
      representation.scoreBlock(program, block, scores);
    });
  }

  /**
   * Says who the users of the next block are.
   *
   * @param users Their indices, at most `places`.
   */
  load(users: Uint32Array): void {
    const list = new Uint32Array(this.places).fill(none);
    list.set(users);
    this.#memory.write(this.#users.allocation, list);
    if (this.#histories === undefined) return;
    const { rowStart, column } = this.taken;
    this.#loadHistories(
      Array.from(users, (user) => column.subarray(rowStart[user], rowStart[user + 1])),
    );
  }

  /**
   * Makes somebody who is in no dataset the only user of the next block.
   *
   * @param history The items that they took, ascending, each once.
   * @throws {Error} Scores are products of rows, which such a user has not: a defect of the caller.
   */
  loadHistory(history: Uint32Array): void {
    if (this.#histories === undefined) throw new Error("Scores do not come from histories");
    this.#memory.write(this.#users.allocation, new Uint32Array(this.places).fill(none));
    this.#loadHistories([history]);
  }

  #loadHistories(histories: readonly Uint32Array[]): void {
    const { start, items } = this.#histories!;
    const starts = new Uint32Array(this.places + 1);
    for (let place = 0; place < this.places; place++) {
      starts[place + 1] = starts[place] + (histories[place]?.length ?? 0);
    }
    const all = new Uint32Array(starts[this.places]);
    histories.forEach((history, place) => all.set(history, starts[place]));
    this.#memory.write(start, starts);
    this.#memory.write(items, all);
  }
}
