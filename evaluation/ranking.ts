/**
 * Full ranking: the rank of every held-out item among all items that its user may get (methods.md,
 * §1).
 *
 * @module
 */
import type { Dataset, Interactions } from "../data/dataset.ts";
import type { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import { countRanks, maskScores } from "../shaders/rank/rank.ts";
import type { HeldOutRanks } from "./metrics.ts";
import {
  launchesOf,
  type LaunchRange,
  type ScoreSource,
  ScoreTiles,
  type Tile,
} from "./score_tiles.ts";

/** Whose interactions are no candidates. */
export type Mask = "train" | "train+valid";

/** Pairs of (place of the user in a list, item), by place. */
export interface UserPairs {
  /** Two u32 a pair. */
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** The pairs of place p are `start[p]` to `start[p+1]−1`. */
  readonly start: Uint32Array<ArrayBuffer>;
}

/**
 * The interactions of the users of a list, by their places in it.
 *
 * @param splits Interactions.
 * @param users The list.
 * @example
 * ```ts
 * import { pairsOfUsers } from "./ranking.ts";
 * const split = { users: new Uint32Array([7, 5]), items: new Uint32Array([1, 2]) };
 * pairsOfUsers([split], new Uint32Array([5])).pairs; // [0, 2]
 * ```
 */
export function pairsOfUsers(splits: readonly Interactions[], users: Uint32Array): UserPairs {
  const places = new Map<number, number>();
  users.forEach((user, place) => places.set(user, place));
  const start = new Uint32Array(users.length + 1);
  for (const split of splits) {
    for (const user of split.users) {
      const place = places.get(user);
      if (place !== undefined) start[place + 1]++;
    }
  }
  for (let place = 0; place < users.length; place++) start[place + 1] += start[place];
  const next = start.slice();
  const pairs = new Uint32Array(2 * start[users.length]);
  for (const split of splits) {
    split.users.forEach((user, row) => {
      const place = places.get(user);
      if (place === undefined) return;
      const at = next[place]++;
      pairs[2 * at] = place;
      pairs[2 * at + 1] = split.items[row];
    });
  }
  return { pairs, start };
}

/** The ranks of a split, and whose they are. */
export interface RankedSplit extends HeldOutRanks {
  /** The user of each place. */
  readonly users: Uint32Array;
  /** The item of each rank. */
  readonly items: Uint32Array;
}

/** Ranks the held-out items of one split, as often as the scores change. */
export class Ranking {
  /** The users with a held-out item, ascending. */
  readonly users: Uint32Array<ArrayBuffer>;
  readonly #memory: Memory;
  readonly #program: Program;
  readonly #tiles: ScoreTiles;
  readonly #launches: { tile: Tile; range: LaunchRange }[];
  readonly #heldOut: UserPairs;
  readonly #ranks;

  /**
   * Plans a ranking.
   *
   * @param memory Where its buffers are planned.
   * @param dataset The dataset.
   * @param split Whose items are held out.
   * @param mask Whose items are no candidates.
   * @param source Where scores come from.
   */
  constructor(
    memory: Memory,
    dataset: Dataset,
    split: "valid" | "test",
    mask: Mask,
    source: ScoreSource,
  ) {
    this.#memory = memory;
    const program = this.#program = new Program(memory, `ranking of ${split}`);
    const users = this.users = Uint32Array.from(new Set(dataset[split].users)).sort();
    const heldOut = this.#heldOut = pairsOfUsers([dataset[split]], users);
    // A validation item is no candidate only where it is not what is looked for.
    const masked = mask === "train+valid" && split === "test"
      ? [dataset.train, dataset.valid]
      : [dataset.train];
    const notCandidates = pairsOfUsers(masked, users);
    const pairs = program.buffer("held-out pairs", heldOut.pairs.byteLength, heldOut.pairs);
    const entries = program.buffer(
      "masked pairs",
      notCandidates.pairs.byteLength,
      notCandidates.pairs,
    );
    const ranks = this.#ranks = program.buffer("ranks", heldOut.pairs.length * 2);
    const tiles = this.#tiles = new ScoreTiles(program, source, users, dataset.items);
    this.#launches = tiles.tiles.map((tile) => ({
      tile,
      range: launchesOf(program, () => {
        tiles.append(tile);
        const end = tile.first + tile.count;
        const range = (of: UserPairs) => ({
          first: of.start[tile.first],
          count: of.start[end] - of.start[tile.first],
        });
        const { scores } = tiles;
        maskScores(program, scores, { pairs: entries, ...range(notCandidates) }, tile.first);
        const found = { pairs, ...range(heldOut) };
        countRanks(program, scores, dataset.items, found, tile.first, ranks);
      }),
    }));
  }

  /** Makes its pipelines, and allocates what is planned. */
  async compile(): Promise<void> {
    await this.#program.compile();
  }

  /**
   * Ranks by the scores as they are now.
   *
   * @throws {GpuError} The device has reported an error.
   */
  async run(): Promise<RankedSplit> {
    const memory = this.#memory;
    const pairs = this.#heldOut.pairs.length / 2;
    memory.write(this.#ranks, new Uint32Array(pairs));
    for (const { tile, range } of this.#launches) {
      this.#tiles.upload(memory, tile);
      this.#program.submit(range.first, range.end);
    }
    const [bytes] = await readBuffers(memory, [{ allocation: this.#ranks, bytes: pairs * 4 }]);
    const { start, pairs: heldOut } = this.#heldOut;
    const items = Uint32Array.from({ length: pairs }, (_, n) => heldOut[2 * n + 1]);
    return { start, ranks: new Uint32Array(bytes), users: this.users, items };
  }
}

/**
 * The protocol of a ranking in words, as every result states it.
 *
 * @param split Whose items are held out.
 * @param mask Whose items are no candidates.
 */
export function protocolText(split: string, mask: Mask): string {
  return `${split}: full ranking of all items, ${mask} items masked, ties by smaller item index, ` +
    "mean over users with an item in the split";
}
