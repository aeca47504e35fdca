/**
 * The best items of users, by blocks of users; planned once, and run for whoever asks.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { Split } from "../data/dataset.ts";
import type { Allocation, Memory } from "../gpu/memory.ts";
import { OneAhead } from "../gpu/one_ahead.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import type { Tensor } from "../gpu/tensor.ts";
import type { FoldIn } from "../models/fold_in.ts";
import type { Representation, RowRepresentation } from "../models/model.ts";
import { PairList } from "../shaders/rank/pair_list.ts";
import { allowItems, maskScores } from "../shaders/rank/rank.ts";
import { type BestItems, noItem, topK } from "../shaders/top_k/top_k.ts";
import { ScoreBlocks } from "./score_blocks.ts";

/** The best items of a user. */
export interface ScoredItems {
  /** Item indices, best first. */
  readonly items: Uint32Array;
  /** The score of each of them. */
  readonly scores: Float32Array;
}

/** What a user gets. */
export interface ListOptions {
  /** Number of items, fewer where there are no more candidates. */
  readonly k: number;
  /** The splits whose items a user does not get again. */
  readonly seen: readonly Split[];
  /** The items that may be given, ascending (default: all). */
  readonly candidates?: Uint32Array;
  /**
   * What users without a train row get: the most popular items, or, as evaluation ranks them, the items
   * by a row that was never trained (default: popular).
   */
  readonly withoutTrainRow?: "popular" | "scored";
}

/** The best items of one user. */
export interface UserItems extends ScoredItems {
  /** The user's index. */
  readonly user: number;
}

/** The best items of one user, beside those that the user does not get. */
export interface ListedUser extends UserItems {
  /** Item indices. */
  readonly excluded: Uint32Array;
}

/** What lists are made from. */
export interface ListSource {
  /** Where scores come from. */
  readonly representation: Representation;
  /** The most users of a block. */
  readonly places: number;
  /** Number of items. */
  readonly items: number;
  /** The items that each user took in train, `U×I`. */
  readonly taken: Csr;
  /** The {@linkcode BestItemLists.scores} of other lists of as many places, to be used in turns. */
  readonly scores?: Tensor;
}

/**
 * Reads the lists of a block of users.
 *
 * @param memory Where they are.
 * @param best The lists.
 * @param users Of how many users.
 * @param k The most items of a list.
 */
export async function readBestItems(
  memory: Memory,
  best: BestItems,
  users: number,
  k: number,
): Promise<ScoredItems[]> {
  const bytes = users * k * 4;
  const [itemBytes, scoreBytes] = await readBuffers(memory, [
    { allocation: best.items, bytes },
    { allocation: best.scores, bytes },
  ]);
  return Array.from({ length: users }, (_, place) => {
    const items = new Uint32Array(itemBytes, place * k * 4, k);
    const missing = items.indexOf(noItem);
    const length = missing === -1 ? k : missing;
    return {
      items: items.subarray(0, length),
      scores: new Float32Array(scoreBytes, place * k * 4, length),
    };
  });
}

/** The launches that make lists of at most k items for a block of users. */
export class BestItemLists {
  /** The scores of a block, which hold nothing of use between two calls. */
  readonly scores: Tensor;
  readonly #memory: Memory;
  readonly #program: Program;
  readonly #scoring: ScoreBlocks;
  readonly #items: number;
  readonly #excluded: PairList;
  readonly #allowed: Allocation;
  readonly #best: BestItems;

  /**
   * Plans the lists.
   *
   * @param memory Where their buffers are planned.
   * @param source What they are made from.
   * @param k The most items of a list.
   * @param capacity The most pairs of a user of a block and an item that are excluded together.
   */
  constructor(memory: Memory, source: ListSource, readonly k: number, capacity: number) {
    const { representation, places, items, taken } = source;
    this.#memory = memory;
    this.#items = items;
    const program = this.#program = new Program(memory, `lists of ${k}`);
    const scoring = this.#scoring = new ScoreBlocks(
      ...[program, representation, places, taken, source.scores] as const,
    );
    const scores = this.scores = scoring.scores;
    memory.keep(scores.allocation);
    this.#excluded = new PairList(program, "excluded pairs", capacity);
    this.#allowed = program.buffer("allowed items", Math.ceil(items / 32) * 4);
    scoring.append();
    allowItems(program, scores, items, this.#allowed);
    maskScores(program, scores, this.#excluded);
    const list = (label: string) => program.buffer(label, places * k * 4);
    const best = this.#best = { items: list("best items"), scores: list("best scores") };
    memory.keep(best.items);
    memory.keep(best.scores);
    topK(program, scores, { users: places, items, k }, best);
  }

  /** The most users of a block. */
  get places(): number {
    return this.#scoring.places;
  }

  /** Makes its pipelines, and allocates what is planned. */
  async compile(): Promise<void> {
    await this.#program.compile();
  }

  /**
   * The best items of some users.
   *
   * @param users Their indices, at most {@linkcode places}.
   * @param excluded The items that each of them does not get.
   * @param candidates The items that may be given (default: all).
   */
  async ofUsers(
    users: Uint32Array,
    excluded: readonly Uint32Array[],
    candidates?: Uint32Array,
  ): Promise<ScoredItems[]> {
    this.#scoring.load(users);
    return await this.#run(users.length, excluded, candidates);
  }

  /**
   * The best items of users, however many: while one block of them is read, the device has the next.
   *
   * @param users Their indices.
   * @param excludedOf The items that a user does not get.
   * @param candidates The items that may be given (default: all).
   */
  async *ofManyUsers(
    users: Uint32Array,
    excludedOf: (user: number) => Uint32Array,
    candidates?: Uint32Array,
  ): AsyncGenerator<ListedUser> {
    const ahead = new OneAhead<ListedUser[]>(this.#memory.gpu.device);
    const listed = async (block: Uint32Array) => {
      const excluded = Array.from(block, excludedOf);
      const found = await this.ofUsers(block, excluded, candidates);
      return found.map((list, n) => ({ user: block[n], excluded: excluded[n], ...list }));
    };
    for (let first = 0; first < users.length; first += this.places) {
      const block = users.subarray(first, first + this.places);
      yield* await ahead.submit(() => listed(block)) ?? [];
    }
    yield* await ahead.finish() ?? [];
  }

  /**
   * The best items of people who are in no dataset, for a model that scores histories.
   *
   * @param histories The items that each of them took, ascending, each once; at most
   * {@linkcode places}, with no more items in all than the dataset has.
   * @param excluded The items that each of them does not get.
   * @param candidates The items that may be given (default: all).
   * @param foldIns What finds their rows, for each of the rows that a part of the scores is products of.
   */
  async ofHistories(
    histories: readonly Uint32Array[],
    excluded: readonly Uint32Array[],
    candidates?: Uint32Array,
    foldIns?: ReadonlyMap<RowRepresentation, FoldIn>,
  ): Promise<ScoredItems[]> {
    this.#scoring.loadHistories(histories, foldIns);
    return await this.#run(histories.length, excluded, candidates);
  }

  async #run(
    users: number,
    excluded: readonly Uint32Array[],
    candidates?: Uint32Array,
  ): Promise<ScoredItems[]> {
    this.#excluded.write(excluded);
    this.#memory.write(this.#allowed, this.#bits(candidates));
    this.#program.submit();
    return await readBestItems(this.#memory, this.#best, users, this.k);
  }

  /** A bit an item: 1 for the candidates. */
  #bits(candidates: Uint32Array | undefined): Uint32Array {
    const words = new Uint32Array(Math.ceil(this.#items / 32));
    if (candidates === undefined) return words.fill(0xffffffff);
    for (const item of candidates) words[item >>> 5] |= 1 << (item & 31);
    return words;
  }
}
