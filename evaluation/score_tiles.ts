/**
 * The scores of all items for many users, a tile of users at a time: memory stays bounded whatever
 * the dataset.
 *
 * @module
 */
import type { Memory } from "../gpu/memory.ts";
import { Program, type Tensor } from "../gpu/program.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import { gather, rowList } from "../shaders/gather/gather.ts";
import type { Representation } from "../models/model.ts";
import type { RowScorer } from "../models/score_rows.ts";

/** Where scores come from: products of rows on the device, or a scorer on the CPU. */
export type ScoreSource =
  | { readonly kind: "products"; readonly representation: Representation }
  | { readonly kind: "scorer"; readonly scorer: RowScorer };

/** Some consecutive users of a list. */
export interface Tile {
  /** Place of its first user in the list. */
  readonly first: number;
  /** Number of users. */
  readonly count: number;
}

/** Bytes of a tile of scores: enough to keep a GPU busy, and small beside its memory. */
const tileBytes = 32 * 2 ** 20;

/** Scores by tiles of users. */
export class ScoreTiles {
  /** The tiles. */
  readonly tiles: readonly Tile[];
  /** The scores of a tile, `users×stride`; columns from `items` on are padding. */
  readonly scores: Tensor;

  /**
   * Plans the buffer of a tile.
   *
   * @param program Where scores are used.
   * @param source Where they come from.
   * @param users The users, by index.
   * @param items Number of items.
   */
  constructor(
    readonly program: Program,
    readonly source: ScoreSource,
    readonly users: Uint32Array,
    readonly items: number,
  ) {
    // Rows of whole vectors, for the product.
    const stride = Math.ceil(items / 4) * 4;
    const bytes = Math.min(tileBytes, program.memory.gpu.limits.maxStorageBufferBindingSize);
    const fitting = Math.max(8, Math.floor(bytes / (stride * 4) / 8) * 8);
    const perTile = Math.max(1, Math.min(fitting, users.length));
    const tiles: Tile[] = [];
    for (let first = 0; first < users.length; first += perTile) {
      tiles.push({ first, count: Math.min(perTile, users.length - first) });
    }
    this.tiles = tiles;
    this.scores = program.tensor("scores of a tile", perTile, stride, { differentiable: false });
  }

  /**
   * Appends the scores of a tile, where they are products; a scorer's are uploaded.
   *
   * @param tile The tile.
   */
  append(tile: Tile): void {
    if (this.source.kind === "scorer") return;
    const { program } = this;
    const { users, items } = this.source.representation;
    const list = rowList(
      program,
      `users ${tile.first} on`,
      tile.count,
      this.users.slice(tile.first, tile.first + tile.count),
    );
    const rows = gather(program, users.table, list, users.firstRow);
    launchProduct(program, {
      a: rows,
      b: items.table,
      bRow: items.firstRow,
      bLast: items.firstRow + items.rows - 1,
      c: this.scores,
      m: tile.count,
      n: this.scores.columns,
      k: users.table.columns,
      transposeB: true,
    });
  }

  /**
   * Uploads the scores of a tile, where they come from a scorer.
   *
   * @param memory Where the buffer is.
   * @param tile The tile.
   */
  upload(memory: Memory, tile: Tile): void {
    if (this.source.kind === "products") return;
    const { columns } = this.scores;
    const values = new Float32Array(tile.count * columns);
    for (let n = 0; n < tile.count; n++) {
      const user = this.users[tile.first + n];
      values.set(this.source.scorer.scoreUsers(user, user + 1), n * columns);
    }
    memory.write(this.scores.allocation, values);
  }
}

/** A range of launches of a program. */
export interface LaunchRange {
  /** The first launch. */
  readonly first: number;
  /** The launch after the last. */
  readonly end: number;
}

/**
 * The launches that a function appends.
 *
 * @param program The program.
 * @param append Appends them.
 */
export function launchesOf(program: Program, append: () => void): LaunchRange {
  const first = program.launches;
  append();
  return { first, end: program.launches };
}
