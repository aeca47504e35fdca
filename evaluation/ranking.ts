/**
 * Full ranking: the rank of every held-out item among all items that its user may get (methods.md,
 * §1).
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { grouped } from "../data/counts.ts";
import type { Dataset, Interactions, Split } from "../data/dataset.ts";
import { type ComputeObservers, progressOf } from "../gpu/compute_observers.ts";
import type { Allocation, Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import { waitForDevice } from "../gpu/staging.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import type { Representation } from "../models/model.ts";
import { countRanks, maskScores } from "../shaders/rank/rank.ts";
import { topK } from "../shaders/top_k/top_k.ts";
import { readBestItems, type ScoredItems } from "./best_items.ts";
import { joinedSplits } from "./joined_splits.ts";
import type { HeldOutRanks } from "./metrics.ts";
import { ScoreBlocks } from "./score_blocks.ts";
import { placesOfBlock } from "../shaders/rank/block_places.ts";
import { untrainedItemsProtocol } from "./untrained_items.ts";
import { UserBlocks } from "./user_blocks.ts";

/** Whose interactions are no candidates. */
export type Mask = "train" | "train+valid";

/**
 * The splits whose items are no candidates: a validation item is none only where it is not what is looked
 * for.
 *
 * @param split Whose items are held out.
 * @param mask What was asked for.
 * @example
 * ```ts
 * import { maskedSplits } from "./ranking.ts";
 * maskedSplits("test", "train+valid"); // ["train", "valid"]
 * ```
 */
export function maskedSplits(split: "valid" | "test", mask: Mask): readonly Split[] {
  return mask === "train+valid" && split === "test" ? ["train", "valid"] : ["train"];
}

/** The items of the users of a list. */
export interface ItemsOfUsers {
  /** The items of the user at place p are `items[start[p]]` to `items[start[p+1]−1]`. */
  readonly start: Uint32Array<ArrayBuffer>;
  /** Item indices. */
  readonly items: Uint32Array<ArrayBuffer>;
}

/**
 * The items of the users of a list, of each in the order of the interactions.
 *
 * @param interactions The interactions.
 * @param users The list.
 * @example
 * ```ts
 * import { itemsOfUsers } from "./ranking.ts";
 * const split = { users: new Uint32Array([7, 5]), items: new Uint32Array([1, 2]) };
 * itemsOfUsers(split, new Uint32Array([5])).items; // [2]
 * ```
 */
export function itemsOfUsers(interactions: Interactions, users: Uint32Array): ItemsOfUsers {
  // A number a user, and not an entry of a map: there may be a million.
  const placeOf = new Int32Array(users.reduce((most, user) => Math.max(most, user + 1), 0)).fill(
    -1,
  );
  users.forEach((user, place) => placeOf[user] = place);
  const start = new Uint32Array(users.length + 1);
  for (const user of interactions.users) {
    if (placeOf[user] >= 0) start[placeOf[user] + 1]++;
  }
  for (let place = 0; place < users.length; place++) start[place + 1] += start[place];
  const next = start.slice();
  const items = new Uint32Array(start[users.length]);
  interactions.users.forEach((user, row) => {
    const place = placeOf[user] ?? -1;
    if (place >= 0) items[next[place]++] = interactions.items[row];
  });
  return { start, items };
}

/**
 * The users with a row in a split, ascending.
 *
 * @param dataset The dataset.
 * @param split The split.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { usersOfSplit } from "./ranking.ts";
 * usersOfSplit(await readDataset(`${await Deno.makeTempDir()}/sample`), "valid").length; // 1200
 * ```
 */
export function usersOfSplit(dataset: Dataset, split: Split): Uint32Array<ArrayBuffer> {
  return usersOf(dataset[split]);
}

/**
 * The users with a row, ascending.
 *
 * @param rows The rows.
 * @example
 * ```ts
 * import { usersOf } from "./ranking.ts";
 * usersOf({ users: Uint32Array.of(4, 2, 4) }); // [2, 4]
 * ```
 */
export function usersOf({ users: all }: Pick<Interactions, "users">): Uint32Array<ArrayBuffer> {
  const isThere = new Uint8Array(all.reduce((most, user) => Math.max(most, user + 1), 0));
  for (const user of all) isThere[user] = 1;
  const users = new Uint32Array(isThere.reduce((sum, there) => sum + there, 0));
  let place = 0;
  isThere.forEach((there, user) => {
    if (there === 1) users[place++] = user;
  });
  return users;
}

/** The ranks of a split, and whose they are. */
export interface RankedSplit extends HeldOutRanks {
  /** The user of each place. */
  readonly users: Uint32Array;
  /** The item of each rank. */
  readonly items: Uint32Array;
}

/** What is ranked, and by what. */
export interface RankingSource {
  /** The dataset. */
  readonly dataset: Dataset;
  /** Where scores come from. */
  readonly representation: Representation;
  /** The items that each user took in train, `U×I`. */
  readonly taken: Csr;
  /** How many of the candidates each user gets as a list (default: there are no lists). */
  readonly listLength?: number;
}

/** Who hears of a ranking. */
export interface RankingObservers extends ComputeObservers {
  /** Told how many users are ranked, now and then. */
  readonly onUsers?: (done: number) => void;
  /** Told the best items of the next users, in their order, where lists are planned. */
  readonly onLists?: (lists: readonly ScoredItems[]) => void;
}

/** Ranks the held-out items of one split, as often as the scores change. */
export class Ranking {
  /** The users with a held-out item, ascending. */
  readonly users: Uint32Array<ArrayBuffer>;
  readonly #memory: Memory;
  readonly #program: Program;
  readonly #blocks: UserBlocks;
  readonly #heldOut: ItemsOfUsers;
  readonly #ranks: Allocation;
  readonly #read?: (users: number) => Promise<ScoredItems[]>;

  /**
   * Plans a ranking.
   *
   * @param memory Where its buffers are planned.
   * @param source What is ranked, and by what.
   * @param split Whose items are held out.
   * @param mask Whose items are no candidates.
   */
  constructor(memory: Memory, source: RankingSource, split: "valid" | "test", mask: Mask) {
    const { dataset, representation, taken, listLength } = source;
    this.#memory = memory;
    const program = this.#program = new Program(memory, `ranking of ${split}`);
    const users = this.users = usersOfSplit(dataset, split);
    const heldOut = this.#heldOut = itemsOfUsers(dataset[split], users);
    const masked = maskedItems(source, maskedSplits(split, mask));
    const ranks = this.#ranks = program.buffer("ranks", heldOut.items.byteLength);
    const places = placesOfBlock(memory.gpu, users.length, dataset.items);
    const scoring = new ScoreBlocks(program, representation, places, taken);
    const blocks = this.#blocks = new UserBlocks(program, scoring, { users, ...heldOut, masked });
    scoring.append();
    maskScores(program, scoring.scores, blocks.masked);
    countRanks(program, scoring.scores, dataset.items, blocks.heldOut, ranks);
    if (listLength === undefined) return;
    const lists = topK(program, scoring.scores, {
      users: places,
      items: dataset.items,
      k: listLength,
    });
    for (const list of [lists.items, lists.scores]) memory.keep(list);
    this.#read = (count) => readBestItems(memory, lists, count, listLength);
  }

  /** Makes its pipelines, and allocates what is planned. */
  async compile(): Promise<void> {
    await this.#program.compile();
  }

  /**
   * Seconds that it takes, foretold by its first block: the others have as many users.
   *
   * @throws {GpuError} The device has reported an error.
   */
  async foretell(): Promise<number> {
    const { device } = this.#memory.gpu;
    let seconds = 0;
    // A driver compiles in the first run what it has put off.
    for (let run = 0; run < 2; run++) {
      const started = performance.now();
      await this.#blocks.run({}, 1);
      await waitForDevice(device);
      seconds = (performance.now() - started) / 1000;
    }
    this.#memory.gpu.check();
    return seconds * this.#blocks.count;
  }

  /**
   * Ranks by the scores as they are now.
   *
   * @param observers Who hears of it.
   * @throws {GpuError} The device has reported an error.
   * @throws {InterruptedError} The signal is aborted.
   */
  async run(observers: RankingObservers = {}): Promise<RankedSplit> {
    const { signal, onProgress, onUsers, onLists } = observers;
    const memory = this.#memory;
    const { start, items } = this.#heldOut;
    memory.write(this.#ranks, new Uint32Array(items.length));
    const { length } = this.users;
    const tell = progressOf(`Ranking ${grouped(length)} users`, length, onProgress);
    await this.#blocks.run({
      signal,
      onUsers: (done) => {
        onUsers?.(done);
        tell?.(done);
      },
      read: onLists && this.#read,
      onRead: onLists,
    });
    const bytes = items.byteLength;
    const [ranks] = await readBuffers(memory, [{ allocation: this.#ranks, bytes }]);
    tell?.(length);
    return { start, ranks: new Uint32Array(ranks), users: this.users, items };
  }
}

/** The items of some splits that each user took, `U×I`. */
function maskedItems({ dataset, taken }: RankingSource, splits: readonly Split[]): Csr {
  if (splits.length === 1) return taken;
  return interactionMatrix(joinedSplits(dataset, splits), dataset.users, dataset.items);
}

/**
 * The protocol of a ranking in words, as every result states it.
 *
 * @param split Whose items are held out.
 * @param mask Whose items are no candidates.
 * @param dataset What is ranked.
 */
export function protocolText(split: "valid" | "test", mask: Mask, dataset: Dataset): string {
  const made = dataset.splitProtocol === undefined ? "" : `; ${dataset.splitProtocol}`;
  const masked = maskedSplits(split, mask).join("+");
  return `${split}: full ranking of all items, ${masked} items masked, ties by smaller item index, ` +
    `mean over users with an item in the split${untrainedItemsProtocol(dataset)}${made}`;
}
