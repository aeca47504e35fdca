/**
 * What a program asks a recommender, and what it is told.
 *
 * @module
 */
import type { NewItems } from "../data/new_items.ts";
import type { Dataset, Split } from "../data/dataset.ts";
import type { AdapterChoice } from "../gpu/device.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { ModelDefinition } from "../models/define_model.ts";

/** An own id of a user or an item; an integer where the dataset has no own ids. */
export type Id = string | number;

/** An item and its score. */
export interface Recommended {
  /** The item's id. */
  readonly item: Id;
  /** Its score; only scores of one user can be compared. */
  readonly score: number;
}

/** The best items of a user. */
export interface RecommendationList {
  /** The user's id. */
  readonly user: Id;
  /** The items, best first. */
  readonly items: readonly Recommended[];
}

/** What is wanted of a list. */
export interface RecommendOptions {
  /** Number of items (default: 20, at most 1000). */
  readonly topK?: number;
  /**
   * The splits whose items a user does not get again (default: all, so that nobody gets what they
   * have). With `["train"]` held-out items can be found, as an evaluation has to.
   */
  readonly excludeSeen?: readonly Split[];
  /** The ids of the items that may be given (default: all). */
  readonly items?: readonly Id[];
}

/** Where a recommender computes, and where it keeps what it would compute anew. */
export interface DeviceOptions {
  /** An open device, which stays open; a device is opened, and closed with the recommender, without it. */
  readonly gpu?: Gpu;
  /** Which adapter to open (default: the best one). */
  readonly adapter?: AdapterChoice;
  /** A folder that keeps item graphs and eigenpairs between programs (default: they are not kept). */
  readonly cache?: string;
  /** Told what a user would want to know of the preparation. */
  readonly onNote?: (text: string) => void;
}

/** How a run is opened. */
export interface OpenOptions extends DeviceOptions {
  /** The dataset that it was trained on (default: read from where it was then). */
  readonly dataset?: Dataset;
  /** Items that came after training, which are recommended too (default: there are none). */
  readonly newItems?: NewItems;
  /** The folder that holds the dataset's folder, where that has moved. */
  readonly dataDirectory?: string;
  /** The model that it was trained with, where that is no built-in one. */
  readonly model?: ModelDefinition;
}

/** Rows of numbers, and whose they are. */
export interface EmbeddingRows {
  /** The id of each row. */
  readonly ids: readonly Id[];
  /** Numbers a row. */
  readonly columns: number;
  /** `ids.length×columns`, row-major. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Users and items as rows whose products are the scores. */
export interface Embeddings {
  /** One row a user. */
  readonly users: EmbeddingRows;
  /** One row an item. */
  readonly items: EmbeddingRows;
}
