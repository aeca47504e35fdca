/**
 * The files of the page, each fetched once.
 *
 * @module
 */
import type { Explanation } from "../../explain/explanation.ts";
import {
  contentAddress,
  noListItem,
  pageFormat,
  type PageIndex,
  type PageItems,
  pagePaths,
  type PageRows,
  type PageUsers,
  rowsOfFile,
} from "../page_index.ts";
import { inBatches } from "./in_batches.ts";

/** A list. */
export type RankedItems = readonly { readonly item: number; readonly score: number }[];

/** A row as it was fetched. */
export interface FetchedRow {
  /** The row. */
  readonly whole: Float32Array;
  /** Its parts; none where it is whole. */
  readonly parts: readonly Float32Array[];
}

/** Requests that are under way at once: more, and a browser only queues them. */
const atOnce = 6;

/** What the page knows. */
export class PageData {
  readonly #files = new Map<string, Promise<unknown>>();

  private constructor(
    /** What there is. */
    readonly index: PageIndex,
    /** The items. */
    readonly items: PageItems,
    /** The users; nothing where the page knows none. */
    readonly users?: PageUsers,
  ) {}

  /**
   * Fetches what every view needs.
   *
   * @throws {Error} A file is missing, or of another version.
   */
  static async open(): Promise<PageData> {
    const index = await json<PageIndex>(pagePaths.index);
    if (index.format !== pageFormat) {
      throw new Error(
        `This page has files of version ${index.format}, and code for version ${pageFormat}: export it again.`,
      );
    }
    const [items, users] = await Promise.all([
      json<PageItems>(pagePaths.items, index.made),
      index.users === undefined ? undefined : json<PageUsers>(pagePaths.users, index.made),
    ]);
    return new PageData(index, items, users);
  }

  /**
   * What an item is called: its name, or its id where it has none.
   *
   * @param item Its index.
   */
  nameOf(item: number): string {
    return this.items.names?.[item] || String(this.items.ids[item]);
  }

  /**
   * Where the picture of an item is; nothing where it has none.
   *
   * @param item Its index.
   */
  pictureOf(item: number): string | undefined {
    const ending = this.items.pictures?.[item];
    if (!ending) return undefined;
    return contentAddress(pagePaths.picture(item, ending), this.index.made);
  }

  /**
   * The items that a user took.
   *
   * @param user Their index.
   */
  async history(user: number): Promise<readonly number[]> {
    const path = pagePaths.histories(user);
    return (await this.#once(path, () => json<number[][]>(path, this.index.made)))[
      user % rowsOfFile
    ];
  }

  /**
   * The list of a user as it was ranked elsewhere.
   *
   * @param run The run.
   * @param user Their index.
   */
  list(run: number, user: number): Promise<RankedItems> {
    return this.#list(pagePaths.lists(run, user), user);
  }

  /**
   * The items that are similar to an item, of a run without rows.
   *
   * @param run The run.
   * @param item The item's index.
   */
  similar(run: number, item: number): Promise<RankedItems> {
    return this.#list(pagePaths.similar(run, item), item);
  }

  /**
   * The reasons for the list of a user, of a run without rows.
   *
   * @param run The run.
   * @param user Their index.
   */
  reasons(run: number, user: number): Promise<readonly Explanation[]> {
    const path = pagePaths.reasons(run, user);
    return this.#once(path, () => json<Explanation[]>(path, this.index.made));
  }

  /**
   * What the rows of a run are.
   *
   * @param run A run that has rows.
   */
  rowsOf(run: number): PageRows {
    const { rows, name } = this.index.runs[run];
    if (rows === undefined) throw new Error(`The run "${name}" has no rows`);
    return rows;
  }

  /**
   * The row of a user, and its parts; none where it is whole.
   *
   * @param run The run.
   * @param user Their index.
   */
  async userRow(run: number, user: number): Promise<FetchedRow> {
    const names = this.rowsOf(run).userParts;
    return {
      whole: await this.#row(pagePaths.userRows(run, user), run, user),
      parts: await this.#parts(pagePaths.userParts(run, user), run, names, user),
    };
  }

  /**
   * The row of an item, and its parts; none where it is whole.
   *
   * @param run The run.
   * @param item The item's index.
   */
  async itemRow(run: number, item: number): Promise<FetchedRow> {
    const names = this.rowsOf(run).itemParts;
    return {
      whole: await this.#row(pagePaths.itemRows(run, item), run, item),
      parts: await this.#parts(pagePaths.itemParts(run, item), run, names, item),
    };
  }

  /**
   * The rows of all items.
   *
   * @param run The run.
   */
  itemRows(run: number): Promise<Float32Array<ArrayBuffer>> {
    return this.#once(`rows of ${run}`, async () => {
      const { columns } = this.rowsOf(run);
      const all = new Float32Array(this.index.items * columns);
      const files = Array.from(
        { length: Math.ceil(this.index.items / rowsOfFile) },
        (_, n) => n * rowsOfFile,
      );
      await inBatches(files, atOnce, async (first) => {
        all.set(await this.#floats(pagePaths.itemRows(run, first)), first * columns);
      });
      return all;
    });
  }

  async #row(path: string, run: number, index: number): Promise<Float32Array<ArrayBuffer>> {
    const { columns } = this.rowsOf(run);
    const first = index % rowsOfFile * columns;
    return (await this.#floats(path)).slice(first, first + columns);
  }

  async #parts(
    path: string,
    run: number,
    names: readonly string[],
    index: number,
  ): Promise<Float32Array[]> {
    if (names.length === 1) return [];
    const { columns } = this.rowsOf(run);
    const values = await this.#floats(path);
    const count = values.length / columns / names.length;
    return names.map((_, part) => {
      const first = (part * count + index % rowsOfFile) * columns;
      return values.subarray(first, first + columns);
    });
  }

  async #list(path: string, index: number): Promise<RankedItems> {
    const k = this.index.listLength;
    const bytes = await this.#once(path, () => buffer(path, this.index.made));
    const first = index % rowsOfFile * k * 4;
    const items = new Uint32Array(bytes, first, k);
    const scores = new Float32Array(bytes, bytes.byteLength / 2 + first, k);
    return Array.from(items, (item, n) => ({ item, score: scores[n] }))
      .filter(({ item }) => item !== noListItem);
  }

  #floats(path: string): Promise<Float32Array<ArrayBuffer>> {
    return this.#once(path, async () => new Float32Array(await buffer(path, this.index.made)));
  }

  /** What has failed is tried again the next time. */
  #once<Made>(key: string, make: () => Promise<Made>): Promise<Made> {
    const known = this.#files.get(key) as Promise<Made> | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#files.set(key, made);
    made.catch(() => this.#files.delete(key));
    return made;
  }
}

async function fetched(path: string, made?: string): Promise<Response> {
  const response = await fetch(contentAddress(path, made));
  if (response.ok) return response;
  throw new Error(
    made !== undefined && response.status === 404
      ? "The server has loaded its run again, and this page is of the one before. Reload the page."
      : `Cannot fetch "${path}": the server answered ${response.status}.`,
  );
}

async function json<Made>(path: string, made?: string): Promise<Made> {
  return await (await fetched(path, made)).json();
}

async function buffer(path: string, made?: string): Promise<ArrayBuffer> {
  return await (await fetched(path, made)).arrayBuffer();
}
