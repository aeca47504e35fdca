/**
 * What a page is made of: the files that the browser reads, where they are, and what is in them.
 *
 * A server makes each when it is asked for; a static page has them all. Numbers are little-endian.
 *
 * @module
 */
import type { RowComposition } from "../models/model.ts";
import type { DiagnosticSummary } from "../training/diagnostics.ts";

/** The version of these files; a browser that finds another one says so. */
export const pageFormat = 1;

/** Users or items that one file of rows or histories has. */
export const rowsOfFile = 256;

/** In a list, the place of an item that it does not have. */
export const noListItem = 0xffffffff;

/** Rows whose products are the scores, and what they are sums of. */
export interface PageRows extends Pick<RowComposition, "by" | "blocks"> {
  /** Numbers of a row. */
  readonly columns: number;
  /** The names of the parts of users' rows; one where they are whole. */
  readonly userParts: readonly string[];
  /** The names of the parts of items' rows; one where they are whole. */
  readonly itemParts: readonly string[];
}

/** A run that a page shows. */
export interface PageRun {
  /** Its name, which no other run of the page has. */
  readonly name: string;
  /** Its model. */
  readonly model: string;
  /** The model in a few words. */
  readonly description: string;
  /** The seed that it was trained with. */
  readonly seed: number;
  /** Metrics on the test split by name; none where they were not looked at. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Rows that a browser ranks with, and takes apart; nothing of a model whose scores are no products of rows. */
  readonly rows?: PageRows;
  /** Whether there are reasons to be fetched, of a run without rows. */
  readonly hasReasons: boolean;
  /** What the model tells of its inside: energies of bands and modalities, gates by users' segments. */
  readonly tables: Readonly<Record<string, DiagnosticSummary>>;
}

/** The spectrum of the graph of the train interactions. */
export interface PageSpectrum {
  /** Eigenvalues λ of Â, descending; the frequency of an eigenvector is 1 − λ. */
  readonly eigenvalues: readonly number[];
  /** Bands of equal width in frequency: the first eigenpair of each, and the one after its last. */
  readonly bands: readonly { readonly first: number; readonly end: number }[];
  /** The share of each modality's energy in each band, and the share that no eigenpair has. */
  readonly modalities: readonly {
    readonly name: string;
    readonly bands: readonly number[];
    readonly remainder: number;
  }[];
}

/** `page.json`. */
export interface PageIndex {
  /** {@linkcode pageFormat}. */
  readonly format: number;
  /** The name of the dataset. */
  readonly dataset: string;
  /** Number of items. */
  readonly items: number;
  /** Number of users; nothing where the page knows nothing of any. */
  readonly users?: number;
  /** Whether a server makes the files when they are asked for. */
  readonly isServed: boolean;
  /** Of which content a server is to make the files: it may serve another run tomorrow (default: there is one only). */
  readonly made?: string;
  /** The most items of a list. */
  readonly listLength: number;
  /** The runs, at least one; all of the same users and items. */
  readonly runs: readonly PageRun[];
  /** The spectrum, where it was computed. */
  readonly spectrum?: PageSpectrum;
}

/** `items.json`. */
export interface PageItems {
  /** The id of each item. */
  readonly ids: readonly (string | number)[];
  /** The name of each item, empty where it has none; nothing where no item has one. */
  readonly names?: readonly string[];
  /** The ending of each item's picture, such as `jpeg`, empty where it has none; nothing where none has one. */
  readonly pictures?: readonly string[];
  /** How many train interactions each has. */
  readonly counts: readonly number[];
}

/** `users.json`. */
export interface PageUsers {
  /** The id of each user. */
  readonly ids: readonly (string | number)[];
  /** Users without a train row, who get the most popular items. */
  readonly untrained: readonly number[];
}

/**
 * The address of a file of a certain content, which a server that has another one by now does not have.
 *
 * @param path Its place.
 * @param made What {@linkcode PageIndex} says of it.
 */
export function contentAddress(path: string, made: string | undefined): string {
  return made === undefined ? path : `${path}?made=${made}`;
}

const file = (index: number, ending: string) => `${Math.floor(index / rowsOfFile)}.${ending}`;

/** Where each file is, from the folder of the page. */
export const pagePaths = {
  /** {@linkcode PageIndex}. */
  index: "page.json",
  /** {@linkcode PageItems}. */
  items: "items.json",
  /** {@linkcode PageUsers}. */
  users: "users.json",
  /** The items that each user of the file took. */
  histories: (user: number): string => `histories/${file(user, "json")}`,
  /** Lists of users: the items of all, u32, and then their scores, f32. */
  lists: (run: number, user: number): string => `runs/${run}/lists/${file(user, "bin")}`,
  /** Items similar to items, as such lists; of runs without rows alone. */
  similar: (run: number, item: number): string => `runs/${run}/similar/${file(item, "bin")}`,
  /** Rows of users, f32. */
  userRows: (run: number, user: number): string => `runs/${run}/user-rows/${file(user, "bin")}`,
  /** Rows of items, f32. */
  itemRows: (run: number, item: number): string => `runs/${run}/item-rows/${file(item, "bin")}`,
  /** The first part of the rows of all users of the file, then the second, and so on; where there are several. */
  userParts: (run: number, user: number): string => `runs/${run}/user-parts/${file(user, "bin")}`,
  /** The same of items. */
  itemParts: (run: number, item: number): string => `runs/${run}/item-parts/${file(item, "bin")}`,
  /** Why a user gets their list: `Explanation` for each item; of runs without rows alone. */
  reasons: (run: number, user: number): string => `runs/${run}/reasons/${user}.json`,
  /** The picture of an item. */
  picture: (item: number, ending: string): string => `images/${item}.${ending}`,
};
