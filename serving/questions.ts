/**
 * What a recommender service is asked, and what it answers: plain data that goes to its worker and back.
 *
 * @module
 */
import type { Split } from "../data/dataset.ts";
import type { NamedExplanation } from "../explain/named_explanation.ts";
import type { Id } from "../recommender/options.ts";

/** Which items a list may hold, and how many. */
export interface ListWish {
  /** Number of items (default: 20, at most 1000). */
  readonly topK?: number;
  /** The ids of the only items that may be given (default: all). Ids that the dataset lacks are passed over. */
  readonly allowed?: readonly Id[];
  /** The ids of items that are not given (default: none). Ids that the dataset lacks are passed over. */
  readonly excluded?: readonly Id[];
}

/** Asks for the best items of users, and of people who are in no dataset. */
export interface RecommendQuestion extends ListWish {
  /** The ids of users (default: none). */
  readonly users?: readonly Id[];
  /** The items that people who are in no dataset took, by their ids (default: none). */
  readonly histories?: readonly (readonly Id[])[];
  /** The splits whose items a user does not get again (default: all). */
  readonly excludeSeen?: readonly Split[];
  /**
   * What is done with users that the dataset lacks, and with such items of histories: they are refused, or such users
   * get popular items, and such items are passed over (default: error).
   */
  readonly unknown?: "error" | "popular";
}

/** Asks for the items most similar to an item. */
export interface SimilarQuestion extends ListWish {
  /** The item's id. */
  readonly item: Id;
}

/** An item of a list. */
export interface ListedItem {
  /** Its id. */
  readonly item: Id;
  /** Its name, where the dataset has one. */
  readonly name?: string;
  /** Its score; only scores of one list can be compared. */
  readonly score: number;
}

/** A list of a user, or of somebody with a history. */
export interface AnsweredList {
  /** The user's id as it was asked for; nothing for a history. */
  readonly user?: Id;
  /**
   * What the list comes from: the model, or popularity, as the model knows nothing of the user or of the history, or
   * the user is not in the dataset.
   */
  readonly basis: "model" | "popular" | "unknown";
  /** The items, best first. */
  readonly items: readonly ListedItem[];
}

/** The lists of users in the order in which they were asked for, and those of histories after them. */
export interface RecommendAnswer {
  /** The lists. */
  readonly lists: readonly AnsweredList[];
}

/** The items most similar to an item. */
export interface SimilarAnswer {
  /** The item's id. */
  readonly item: Id;
  /** Its name, where the dataset has one. */
  readonly name?: string;
  /** The items, most similar first. */
  readonly items: readonly ListedItem[];
}

/** Asks why somebody's scores are what they are. */
export interface ExplainQuestion {
  /** The id of a user; or `history`. */
  readonly user?: Id;
  /** The ids of the items of somebody who is in no dataset. */
  readonly history?: readonly Id[];
  /** The ids of the items (default: the best ones). */
  readonly items?: readonly Id[];
  /** How many of the best ones (default: 5). */
  readonly topK?: number;
}

/** Why scores are what they are, an item after the other. */
export interface ExplainAnswer {
  /** The explanations. */
  readonly explanations: readonly NamedExplanation[];
}

/** Asks for a file of the page that shows a run. */
export interface FileQuestion {
  /** Its place in the folder of the page. */
  readonly path: string;
}

/** A file. */
export interface FileAnswer {
  /** What is in it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The run that is served. */
export interface ServedRun {
  /** Its name. */
  readonly run: string;
  /** Its model. */
  readonly model: string;
  /** Its dataset. */
  readonly dataset: string;
  /** Number of users. */
  readonly users: number;
  /** Number of items. */
  readonly items: number;
  /** The device. */
  readonly adapter: string;
  /** Whether there are files of a page that shows it. */
  readonly hasPage: boolean;
}
