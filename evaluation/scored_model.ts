/**
 * A model on the device that ranks and recommends: its graphs are built, its kernels compiled and its
 * rows computed once, however often it is asked.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { allSplits, type Dataset, type Split } from "../data/dataset.ts";
import type { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import type { Diagnostic, Model, Representation, Scorer, TableRows } from "../models/model.ts";
import { greatestK } from "../shaders/top_k/top_k.ts";
import { FoldIns } from "./fold_ins.ts";
import { BestItemLists, type ListOptions, type ScoredItems, type UserItems } from "./best_items.ts";
import { type ItemRows, readTableRows, streamTableRows } from "./table_rows.ts";
import { type UntrainedItems, withUntrainedItems } from "./untrained_items.ts";
import { itemsWithoutTrainRow, usersWithoutTrainRow } from "./untrained_users.ts";
import { bestOf, popularItems, withoutItems } from "./popular_items.ts";
import { type Mask, type RankedSplit, Ranking, type RankingSource } from "./ranking.ts";
import { mostEntries } from "./score_blocks.ts";
import { placesOfBlock } from "../shaders/rank/block_places.ts";

/** Users and items that lists are planned for, so that few plans serve all requests. */
const userSteps = [16, 64, 256, 1024];
const fewItems = 16;

/** A ranking, and what it was planned for. */
interface PlannedRanking {
  readonly split: "valid" | "test";
  readonly mask: Mask;
  readonly source: RankingSource;
  readonly ranking: Ranking;
}

/** A model that ranks and recommends. */
export class ScoredModel {
  /** Where scores come from. */
  readonly representation: Representation;
  /** Where they come from without {@linkcode ScoredModel.untrained} items, which training knows nothing of. */
  readonly own: Representation;
  /** What a training keeps of each evaluation. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #program: Program;
  readonly #rankings: PlannedRanking[] = [];
  readonly #compiled = new Map<Ranking, Promise<void>>();
  readonly #lists = new Map<string, Promise<BestItemLists>>();
  /** By places of a block: lists of all lengths take turns in the same scores. */
  readonly #scores = new Map<number, Tensor>();
  readonly #interactions = new Map<Split, Csr>();
  #itemRows?: ItemRows;
  /** What finds rows for people who are in no dataset. */
  readonly foldIns: FoldIns = new FoldIns((rows) => this.readRows(rows));

  /**
   * Plans it.
   *
   * @param memory Where its buffers are planned.
   * @param dataset The dataset; it may have more items than the model knows, without train rows.
   * @param model The model.
   * @param untrained The items that are scored as those nearest to them (default: none).
   */
  constructor(
    readonly memory: Memory,
    readonly dataset: Dataset,
    readonly model: Scorer | Model,
    readonly untrained?: UntrainedItems,
  ) {
    const program = this.#program = new Program(memory, "representation");
    const own = this.own = model.represent(program);
    this.representation = untrained === undefined
      ? own
      : withUntrainedItems(program, own, untrained, dataset.items);
    this.diagnostics = "diagnose" in model ? model.diagnose?.(program) ?? [] : [];
    for (const { table } of this.diagnostics) memory.keep(table.allocation);
    // Lists that are planned later read them, and so does the CPU.
    if ("users" in this.representation) {
      const { users, items } = this.representation;
      for (const { table } of [users, items]) memory.keep(table.allocation);
      if ("users" in own) memory.keep(own.items.table.allocation);
    } else {
      // Which of what is represented a block of scores reads is the model's own affair.
      const read = this.representation.reads ?? program.uses.flat().map(({ buffer }) => buffer);
      for (const allocation of read) memory.keep(allocation);
    }
  }

  /** Makes all pipelines of what is planned, and allocates it. */
  async compile(): Promise<void> {
    await this.#program.compile();
    for (const { ranking } of this.#rankings) await this.#compileOnce(ranking);
  }

  /** Computes the rows that scores are made of, from the parameters as they are now. */
  represent(): void {
    this.#program.submit();
    this.#itemRows = undefined;
    this.foldIns.clear();
  }

  /**
   * Plans the ranking of a split, to be compiled with the rest.
   *
   * @param split Whose items are held out.
   * @param mask Whose items are no candidates.
   * @param of One of the model's two representations (default: that of all items), a dataset with some of the
   * split's rows (default: all), and the length of lists (default: there are none).
   */
  planRanking(split: "valid" | "test", mask: Mask, of: Partial<RankingSource> = {}): Ranking {
    const { representation = this.representation, dataset = this.dataset, listLength } = of;
    const known = this.#rankings.find((one) =>
      one.split === split && one.mask === mask && one.source.dataset === dataset &&
      one.source.representation === representation && one.source.listLength === listLength
    );
    if (known !== undefined) return known.ranking;
    const source = { dataset, representation, taken: this.#taken("train"), listLength };
    const ranking = new Ranking(this.memory, source, split, mask);
    this.#rankings.push({ split, mask, source, ranking });
    return ranking;
  }

  /**
   * Ranks the held-out items of a split.
   *
   * @param split Whose items are held out.
   * @param mask Whose items are no candidates.
   * @param signal Ends it early.
   * @throws {InterruptedError} The signal is aborted.
   */
  async rank(split: "valid" | "test", mask: Mask, signal?: AbortSignal): Promise<RankedSplit> {
    const ranking = this.planRanking(split, mask);
    await this.#compileOnce(ranking);
    return await ranking.run({ signal });
  }

  /**
   * The k best items of each user: by score descending, then by item index ascending. A user without a
   * train row gets the most popular items.
   *
   * @param users Their indices, each once.
   * @param options What they get.
   */
  async *bestItems(users: Uint32Array, options: ListOptions): AsyncGenerator<UserItems> {
    const { k, seen, candidates, withoutTrainRow = "popular" } = options;
    const lists = await this.#planned(users.length, k);
    const taken = seen.map((split) => this.#taken(split));
    const cold = new Set(
      withoutTrainRow === "popular" ? usersWithoutTrainRow(this.dataset, users) : [],
    );
    const popular = cold.size === 0
      ? undefined
      : popularItems(this.dataset, this.dataset.items, candidates);
    const excludedOf = (user: number) =>
      Uint32Array.from(
        taken.flatMap(({ rowStart, column }) => [
          ...column.subarray(rowStart[user], rowStart[user + 1]),
        ]),
      );
    for await (const found of lists.ofManyUsers(users, excludedOf, candidates)) {
      const { user, excluded } = found;
      const { items, scores } = popular !== undefined && cold.has(user)
        ? withoutItems(popular, excluded)
        : found;
      yield { user, items: items.subarray(0, k), scores: scores.subarray(0, k) };
    }
  }

  /**
   * The k best items of somebody who is in no dataset: by the {@linkcode FoldIn} of a model whose scores
   * are products of rows, and by the model's own rule where it scores what a user took.
   *
   * @param history The items that they took, each once; without any, and of a model without rows without any that has
   * a train row, the most popular items are recommended.
   * @param options What they get; they do not get the items of the history again if `seen` names a split.
   */
  async bestItemsOfHistory(history: Uint32Array, options: ListOptions): Promise<ScoredItems> {
    const { k, seen, candidates } = options;
    const { dataset } = this;
    if (history.length === 0) return popularItems(dataset, k, candidates);
    const excluded = seen.length > 0 ? history : new Uint32Array();
    if (!("users" in this.representation)) {
      // All scores would be 0, and the items in order of their index.
      if (itemsWithoutTrainRow(dataset, history).length === history.length) {
        const { items, scores } = popularItems(dataset, k + excluded.length, candidates);
        const list = withoutItems({ items, scores }, excluded);
        return { items: list.items.subarray(0, k), scores: list.scores.subarray(0, k) };
      }
      return (await this.listsOfHistories([history], k, candidates, [excluded]))[0];
    }
    const scores = (await this.foldIns.of(this.representation)).scores(history);
    for (const item of excluded) scores[item] = -Infinity;
    return bestOf(scores, k, candidates);
  }

  /**
   * The best items of people who are in no dataset, of a model whose scores are not products of rows.
   *
   * @param histories The items that each of them took, each once; no more in a list than the dataset has.
   * @param k How many each of them gets.
   * @param candidates The items that may be given, ascending (default: all).
   * @param excluded The items that each of them does not get (default: none).
   */
  async listsOfHistories(
    histories: readonly Uint32Array[],
    k: number,
    candidates?: Uint32Array,
    excluded: readonly Uint32Array[] = [],
  ): Promise<ScoredItems[]> {
    const foldIns = await this.foldIns.within(this.representation);
    const lists = await this.#planned(histories.length, k);
    const { known } = this.untrained ?? { known: this.dataset.items };
    const found: ScoredItems[] = [];
    for (let first = 0; first < histories.length; first += lists.places) {
      const block = histories.slice(first, first + lists.places)
        .map((items) => items.filter((item) => item < known).sort());
      const left = block.map((_, n) => excluded[first + n] ?? new Uint32Array());
      found.push(...await lists.ofHistories(block, left, candidates, foldIns));
    }
    return found.map(({ items, scores }) => ({
      items: items.subarray(0, k),
      scores: scores.subarray(0, k),
    }));
  }

  /**
   * The rows of all items, read once.
   *
   * @throws {Error} The scores are not products of rows: a defect of the caller.
   */
  async itemRows(): Promise<ItemRows> {
    if (!("users" in this.representation)) throw new Error("Scores are not products of rows");
    const { items } = this.representation;
    this.#itemRows ??= { values: await this.readRows(items), columns: items.table.columns };
    return this.#itemRows;
  }

  /**
   * Reads rows of a table.
   *
   * @param rows Which rows.
   * @returns `rows×columns`, row-major.
   */
  readRows(rows: TableRows): Promise<Float32Array<ArrayBuffer>> {
    return readTableRows(this.memory, rows);
  }

  /**
   * Reads rows of a table block by block.
   *
   * @param rows Which rows.
   * @returns Their bytes, row-major, cut anywhere; a block is valid until the next one is asked for.
   */
  streamRows(rows: TableRows): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    return streamTableRows(this.memory, rows);
  }

  /** The items that each user took in a split, `U×I`. */
  #taken(split: Split): Csr {
    const { dataset } = this;
    const known = this.#interactions.get(split) ??
      interactionMatrix(dataset[split], dataset.users, dataset.items);
    this.#interactions.set(split, known);
    return known;
  }

  /** Compiles a ranking that may have been compiled, or be in the middle of it for another call. */
  #compileOnce(ranking: Ranking): Promise<void> {
    const known = this.#compiled.get(ranking) ?? ranking.compile();
    this.#compiled.set(ranking, known);
    return known;
  }

  /** Compiled lists for so many users and items, or for more; calls at once share them. */
  #planned(users: number, k: number): Promise<BestItemLists> {
    const { items, users: allUsers } = this.dataset;
    const most = placesOfBlock(this.memory.gpu, allUsers, items);
    const places = Math.min(most, userSteps.find((step) => users <= step) ?? most);
    const length = Math.min(greatestK, Math.max(fewItems, 2 ** Math.ceil(Math.log2(k))));
    const key = `${places}×${length}`;
    const known = this.#lists.get(key) ?? this.#compiledLists(places, length);
    this.#lists.set(key, known);
    return known;
  }

  async #compiledLists(places: number, length: number): Promise<BestItemLists> {
    const { representation, dataset: { items } } = this;
    const source = { representation, places, items, taken: this.#taken("train") };
    // A user who is in no dataset may have taken any of the items.
    const capacity = allSplits.reduce(
      (sum, split) => sum + mostEntries(this.#taken(split), places),
      items,
    );
    const scores = this.#scores.get(places);
    const lists = new BestItemLists(this.memory, { ...source, scores }, length, capacity);
    this.#scores.set(places, lists.scores);
    await lists.compile();
    return lists;
  }
}
