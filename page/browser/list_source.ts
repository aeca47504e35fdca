/**
 * Where the lists of users come from: the visitor's own GPU where there is one and the run has rows, and what the
 * server or the export has ranked elsewhere.
 *
 * @module
 */
import type { Gpu } from "../../gpu/gpu.ts";
import { openTestedGpu } from "../../gpu/self_test.ts";
import { similarRows } from "../../models/similar_rows.ts";
import { DeviceLists } from "./device_lists.ts";
import type { PageData, RankedItems } from "./page_data.ts";

/** A list, and where it was ranked. */
export interface RankedList {
  /** The items, best first. */
  readonly items: RankedItems;
  /** The device of the visitor that ranked it; nothing where it came ranked. */
  readonly device?: string;
}

/** Ranks. */
export class ListSource {
  /** Whether lists are ranked here where that can be done. */
  isRankingHere = true;
  /** Why nothing can be ranked here; nothing where it can, or nobody has tried. */
  failure?: string;
  readonly #data: PageData;
  #gpu?: Promise<Gpu>;
  readonly #lists = new Map<number, Promise<DeviceLists>>();

  /**
   * Opens no device yet.
   *
   * @param data What the page knows.
   */
  constructor(data: PageData) {
    this.#data = data;
  }

  /** Whether the browser has WebGPU at all. */
  get hasDevice(): boolean {
    return "gpu" in navigator;
  }

  /**
   * The list of a user.
   *
   * @param run The run.
   * @param user Their index.
   */
  async list(run: number, user: number): Promise<RankedList> {
    const { index, users } = this.#data;
    // The most popular items, which no row tells of.
    const isPopular = users?.untrained.includes(user) ?? false;
    const { rows } = index.runs[run];
    const canRank = this.isRankingHere && this.hasDevice && this.failure === undefined;
    if (canRank && rows !== undefined && !isPopular) {
      // What cannot be fetched is no fault of the device.
      const [items, { whole: row }, history] = await Promise.all([
        this.#data.itemRows(run),
        this.#data.userRow(run, user),
        this.#data.history(user),
      ]);
      try {
        return await this.#rank(run, { items, columns: rows.columns }, row, history);
      } catch (error) {
        this.failure = error instanceof Error ? error.message : String(error);
      }
    }
    return { items: await this.#data.list(run, user) };
  }

  /**
   * The items that are most similar to an item: by the cosine of their rows, or as they were ranked elsewhere where the
   * run has none.
   *
   * @param run The run.
   * @param item The item.
   */
  async similar(run: number, item: number): Promise<RankedItems> {
    const { runs, listLength } = this.#data.index;
    const { rows } = runs[run];
    if (rows === undefined) return await this.#data.similar(run, item);
    const all = await this.#data.itemRows(run);
    const { items, scores } = similarRows(all, rows.columns, item, listLength);
    return Array.from(items, (other, n) => ({ item: other, score: scores[n] }));
  }

  async #rank(
    run: number,
    rows: { readonly items: Float32Array<ArrayBuffer>; readonly columns: number },
    row: Float32Array,
    history: Iterable<number>,
  ): Promise<RankedList> {
    const gpu = await (this.#gpu ??= openTestedGpu("auto"));
    const { listLength } = this.#data.index;
    const opened = this.#lists.get(run) ?? DeviceLists.open(gpu, { ...rows, listLength });
    this.#lists.set(run, opened);
    const { items, scores } = await (await opened).best(row, Uint32Array.from(history));
    return {
      items: Array.from(items, (item, n) => ({ item, score: scores[n] })),
      device: gpu.name,
    };
  }
}
