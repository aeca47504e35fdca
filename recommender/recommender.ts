/**
 * A model of a dataset that recommends: what a program trains, opens, asks and saves.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import type { Dataset } from "../data/dataset.ts";
import { datasetFolder, readDataset } from "../data/folder.ts";
import { withNewItems } from "../data/new_items.ts";
import type { Identifiers } from "../data/identifiers.ts";
import type { TableRows } from "../models/model.ts";
import { UsageError } from "../errors.ts";
import type { ListOptions, ScoredItems } from "../evaluation/best_items.ts";
import { refuseUnknownItem } from "../evaluation/similar_item.ts";
import { untrainedHistoryNote, untrainedUsersNote } from "../evaluation/untrained_users.ts";
import { type Metrics, metricsFromRanks } from "../evaluation/metrics.ts";
import type { Mask } from "../evaluation/ranking.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { openTestedGpu } from "../gpu/self_test.ts";
import { isTrained, type ModelDefinition } from "../models/define_model.ts";
import { similarRows } from "../models/similar_rows.ts";
import type { Configuration } from "../training/configuration.ts";
import { asRecorded } from "../training/run_record.ts";
import { finishedResult } from "../training/run_result.ts";
import type { TrainingResult } from "../training/training_result.ts";
import { checkpointOf, type LoadedModel, loadModel } from "./loaded_model.ts";
import { newRun } from "./new_run.ts";
import type {
  Embeddings,
  Id,
  OpenOptions,
  RecommendationList,
  Recommended,
  RecommendOptions,
} from "./options.ts";
import type { RecommenderParts } from "./parts.ts";
import { asList, assertRanking, indexOf, listOptions, rowsOf } from "./requests.ts";
import { openRun } from "./run.ts";
import { assertSameData } from "./same_run.ts";

/** A model of a dataset on a device. */
export class Recommender implements AsyncDisposable {
  /** The dataset; ids that are given and taken are its own. */
  readonly dataset: Dataset;
  /** The model. */
  readonly definition: ModelDefinition;
  /**
   * What it was trained with.
   *
   * @internal
   */
  readonly configuration: Configuration;
  /** The device. */
  readonly gpu: Gpu;
  readonly #parts: RecommenderParts;
  #loaded?: Promise<LoadedModel>;
  #isDisposed = false;

  /**
   * Takes over what it is made of; `train()` and {@linkcode Recommender.open} are the ways to get one.
   *
   * @internal
   * @param parts What it is made of.
   */
  constructor(parts: RecommenderParts) {
    this.#parts = parts;
    this.dataset = parts.scoredDataset ?? parts.dataset;
    this.definition = parts.definition;
    this.configuration = parts.configuration;
    this.gpu = parts.gpu;
    if (typeof parts.model !== "function") this.#loaded = Promise.resolve(parts.model);
  }

  /**
   * Opens a run.
   *
   * @param path Its folder, as `train` and {@linkcode Recommender.save} write it.
   * @param options Dataset, model and device.
   * @throws {DataError} It is not the folder of a run, or the dataset cannot be read, or is not the one that
   * the run was trained on.
   * @throws {BandpassError} It has no best epoch yet.
   */
  static async open(path: string, options: OpenOptions = {}): Promise<Recommender> {
    const { configuration, definition, folder } = await openRun(path, options.model);
    // So that a run without a best epoch is refused now, and not by the first question.
    if (isTrained(definition)) await folder.requireBest();
    const isKept = await folder.hasCheckpoint("best");
    const { dataDirectory = configuration.data_dir } = options;
    const dataset = options.dataset ??
      await readDataset(await datasetFolder(dataDirectory, configuration.dataset), options.onNote);
    assertSameData(folder.path, folder.record, dataset, options.onNote);
    const scoredDataset = options.newItems && withNewItems(dataset, options.newItems);
    const opened = options.gpu ?? await openTestedGpu(options.adapter ?? "auto");
    const gpu = asRecorded(opened, folder.record);
    const { seed, settings } = configuration;
    const { cache: cacheFolder, onNote } = options;
    const cache = cacheFolder === undefined
      ? undefined
      : { folder: cacheFolder, note: (text: string) => onNote?.(text) };
    return new Recommender({
      dataset,
      scoredDataset,
      definition,
      configuration,
      gpu,
      ownsGpu: options.gpu === undefined,
      onNote,
      model: () =>
        loadModel(
          { gpu, dataset, scoredDataset, definition, seed, settings, cache, note: onNote },
          isKept ? () => folder.openCheckpoint("best") : undefined,
        ),
    });
  }

  /** What the training gave, of a recommender that is fresh from one. */
  get result(): TrainingResult {
    const { result } = this.#parts;
    if (result !== undefined) return result;
    throw new UsageError(
      "Cannot give a training result: this program opened the recommender, and did not train it",
      "Use evaluate()",
    );
  }

  /** Metrics of the best epoch on the test split, of a recommender that is fresh from a training. */
  get test(): Metrics {
    return this.result.test;
  }

  /** Metrics of the best epoch on the validation split, of one that is fresh from a training. */
  get validation(): Metrics {
    return this.result.validation;
  }

  /**
   * The best items of users. The first call loads the model onto the device; later ones only score. Users
   * without a train row get the most popular items, and a note says how many they are.
   *
   * @param users Their ids.
   * @param options How many items, and which.
   * @returns A list for each of the ids, in their order.
   * @throws {UsageError} The dataset has no such user or item, or the length is out of range.
   */
  async recommend(
    users: readonly Id[],
    options: RecommendOptions = {},
  ): Promise<RecommendationList[]> {
    const { userIds } = this.dataset;
    const indices = Array.from(asList("users", users), (id) => indexOf(userIds, id, "user"));
    const cold = untrainedUsersNote(this.dataset, indices, "popular items are recommended");
    if (cold !== undefined) this.#parts.onNote?.(cold);
    const asked = Uint32Array.from(new Set(indices));
    const lists = new Map<number, RecommendationList>();
    const best = (await this.scored()).bestItems(asked, listOptions(this.dataset, options));
    for await (const { user, ...list } of best) {
      lists.set(user, { user: userIds.idOf(user), items: this.#named(list) });
    }
    return indices.map((user) => lists.get(user)!);
  }

  /**
   * The best items of somebody who is in no dataset, from the items that they took.
   *
   * @param history The ids of these items; without any, the most popular items are recommended.
   * @param options How many items, and which.
   * @throws {UsageError} The dataset has no such item, or the length is out of range.
   */
  async recommendForHistory(
    history: readonly Id[],
    options: RecommendOptions = {},
  ): Promise<Recommended[]> {
    const { dataset } = this;
    const items = Uint32Array.from(
      new Set(Array.from(asList("history", history), (id) => indexOf(dataset.itemIds, id, "item"))),
    );
    return await this.#listOfHistory(items, listOptions(dataset, options));
  }

  /**
   * The items most similar to an item: by the cosine of their rows; by what somebody gets who took that
   * item alone, where a model has no rows.
   *
   * @param item The item's id.
   * @param options How many items, and which.
   * @throws {BandpassError} No such item, no such length, or nothing is known of the item.
   */
  async similarItems(
    item: Id,
    options: Pick<RecommendOptions, "topK" | "items"> = {},
  ): Promise<Recommended[]> {
    const index = indexOf(this.dataset.itemIds, item, "item");
    const { k, candidates } = listOptions(this.dataset, options);
    const scored = await this.scored();
    refuseUnknownItem(scored, index);
    if (!("users" in scored.representation)) {
      return await this.#listOfHistory(Uint32Array.of(index), { k, candidates, seen: ["train"] });
    }
    const rows = await scored.itemRows();
    return this.#named(similarRows(rows.values, rows.columns, index, k, candidates));
  }

  /**
   * The rows whose products are the scores.
   *
   * @throws {UsageError} The model's scores are not products of rows.
   */
  async embeddings(): Promise<Embeddings> {
    const scored = await this.scored();
    const { users, items } = rowsOf(scored.representation, this.definition.name);
    const table = async (identifiers: Identifiers, rows: TableRows) => ({
      ids: Array.from({ length: identifiers.count }, (_, n) => identifiers.idOf(n)),
      columns: rows.table.columns,
      values: await scored.readRows(rows),
    });
    const { userIds, itemIds } = this.dataset;
    return { users: await table(userIds, users), items: await table(itemIds, items) };
  }

  /**
   * Metrics on a split.
   *
   * @param split Whose items are held out (default: test).
   * @param mask Whose items are no candidates (default: those of train).
   */
  async evaluate(split: "valid" | "test" = "test", mask: Mask = "train"): Promise<Metrics> {
    assertRanking(split, mask);
    return metricsFromRanks(await (await this.scored()).rank(split, mask));
  }

  /**
   * The model by indices, which the commands use; the first call loads it onto the device.
   *
   * @internal
   */
  async scored(): Promise<ScoredModel> {
    return (await this.#load()).scored;
  }

  /**
   * Writes the folder of a run, which {@linkcode Recommender.open} and the commands take.
   *
   * @param path A folder that does not exist yet.
   * @throws {UsageError} It exists already.
   * @throws {BandpassError} It cannot be written.
   */
  async save(path: string): Promise<void> {
    const loaded = await this.#load();
    const { gpu, configuration, definition } = this;
    const { dataset } = this.#parts;
    const place = dataset.folder === undefined
      ? {}
      : { data_dir: dirname(dataset.folder), dataset: basename(dataset.folder) };
    const placed = { ...configuration, ...place };
    const { result, notes = [] } = this.#parts;
    const folder = await newRun(path, gpu, dataset, placed, notes);
    if (result !== undefined) await folder.writeMetrics(result.lines);
    if (result?.diagnostics.length) await folder.writeDiagnostics(result.diagnostics);
    const metadata = { model: definition.name, epoch: String(result?.bestEpoch ?? 0) };
    const checkpoint = checkpointOf(loaded, metadata);
    if (checkpoint !== undefined) await folder.writeCheckpoint("best", checkpoint);
    if (result === undefined) return;
    const { seed, eval_users: evalUsers } = configuration;
    const subject = { gpu, dataset, definition, seed, evalUsers };
    await folder.writeResult(finishedResult(subject, result));
  }

  /** Gives back the device's memory, and the device if the recommender has opened it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    // A model that could not be loaded has given its memory back, and whoever asked has been told.
    const loaded = await this.#loaded?.catch(() => undefined);
    loaded?.scored.memory.destroy();
    if (this.#parts.ownsGpu) await this.gpu.close();
  }

  async #load(): Promise<LoadedModel> {
    if (this.#isDisposed) {
      throw new UsageError(
        "Cannot use a recommender that has been disposed of: its memory is free again",
        "Use it before the block of `await using` ends, or open the run again",
      );
    }
    const { model } = this.#parts;
    return await (this.#loaded ??= typeof model === "function" ? model() : Promise.resolve(model));
  }

  async #listOfHistory(history: Uint32Array, options: ListOptions): Promise<Recommended[]> {
    const scored = await this.scored();
    const cold = untrainedHistoryNote(this.dataset, history, "users" in scored.representation);
    if (cold !== undefined) this.#parts.onNote?.(cold);
    return this.#named(await scored.bestItemsOfHistory(history, options));
  }

  #named({ items, scores }: ScoredItems): Recommended[] {
    const { itemIds } = this.dataset;
    return Array.from(items, (item, n) => ({ item: itemIds.idOf(item), score: scores[n] }));
  }
}
