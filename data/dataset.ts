/**
 * What a dataset is once it is read: the contract between `data/` and every floor above it.
 *
 * @module
 */
import type { Identifiers } from "./identifiers.ts";

/** Rows of one split, in file order: `users[n]` interacted with `items[n]`. */
export interface Interactions {
  /** 0-based user index of each row. */
  readonly users: Uint32Array;
  /** 0-based item index of each row. */
  readonly items: Uint32Array;
}

/** The features of one modality, one row an item (`items×columns`, row-major). */
export interface Modality {
  /** The `<name>` of `<name>_feat.npy`. */
  readonly name: string;
  /** Number of items. */
  readonly rows: number;
  /** Number of features an item. */
  readonly columns: number;
  /** `rows×columns` values, row-major. */
  readonly values: Float32Array;
}

/** A split of the interactions. */
export type Split = "train" | "valid" | "test";

/** All splits, in their order. */
export const allSplits: readonly Split[] = ["train", "valid", "test"];

/** A dataset as the models see it. */
export interface Dataset {
  /** Its name, which is the name of its folder. */
  readonly name: string;
  /** The folder that it was read from; nothing for one that was made in memory. */
  readonly folder?: string;
  /** Number of users; user indices are below it. */
  readonly users: number;
  /** Number of items; item indices are below it. */
  readonly items: number;
  /** What users are known by: the ids of `users.csv` where there is one, else their indices. */
  readonly userIds: Identifiers;
  /** What items are known by: the ids of `items.csv` where there is one, else their indices. */
  readonly itemIds: Identifiers;
  /** Training rows. */
  readonly train: Interactions;
  /** Validation rows. */
  readonly valid: Interactions;
  /** Test rows. */
  readonly test: Interactions;
  /** Modalities in alphabetical order of their names; none for an id-only dataset. */
  readonly modalities: readonly Modality[];
  /** Given embeddings of users, one row a user, where `user_feat.npy` is beside the others. */
  readonly userFeatures?: Modality;
  /** How its interactions were split, in words, where `preprocess` has written it down. */
  readonly splitProtocol?: string;
}
