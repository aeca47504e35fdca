/**
 * What an explanation says: plain values, which JSON keeps as they are.
 *
 * @module
 */
import type { Id } from "../recommender/options.ts";

/** What the parts of a breakdown are. */
export type BreakdownKind =
  /** Blocks of columns: ids, and each modality. */
  | "modality"
  /** Bands of the user against bands of the item. */
  | "band"
  /** Bands against bands, in each modality. */
  | "band and modality"
  /** Views of the user against views of the item: behaviour, modalities, their fusion. */
  | "view"
  /** Hops on the interaction graph, of the user against those of the item. */
  | "hop"
  /** Filters that are added up, such as a graph of what was taken together, and one of similar images. */
  | "filter"
  /** The members of a blend, each standardised and weighed. */
  | "member";

/** A part of a score. */
export interface BreakdownPart {
  /** What it is called, such as `image`, or `low × high`. */
  readonly name: string;
  /** The part of the user's row that is in it, where rows are sums of parts. */
  readonly user?: string;
  /** The part of the item's row. */
  readonly item?: string;
  /** The modality, where parts are told apart by it beside bands. */
  readonly modality?: string;
  /** What it adds to the score. */
  readonly value: number;
}

/** A score as a sum of parts: exactly, to rounding. */
export interface Breakdown {
  /** What its parts are. */
  readonly by: BreakdownKind;
  /** The parts, in the model's own order. */
  readonly parts: readonly BreakdownPart[];
}

/** What an item that the user took adds to a score. */
export interface OwnItemPart {
  /** Its id. */
  readonly item: Id;
  /** What it adds. */
  readonly value: number;
}

/** A score as a sum over the items that the user took: `Σ parts + others.value + base + remainder`. */
export interface OwnItems {
  /**
   * Whether the model's score is that sum: otherwise items tell of it by an approximation, and `remainder` is what
   * they don't.
   */
  readonly isExact: boolean;
  /**
   * Where the sum comes from: `history`, the model's score is a sum over what a user took; `first hop`, the user's
   * row is; `fold-in`, the row that these items would give a new user; `members`, the sums of a blend's members.
   */
  readonly rule: "history" | "first hop" | "fold-in" | "members";
  /** The items that add or take most, by magnitude. */
  readonly parts: readonly OwnItemPart[];
  /** Those that are not listed: how many, and what they add together. */
  readonly others: { readonly count: number; readonly value: number };
  /** What does not depend on the items taken: the user's own row, or a score that all users get. */
  readonly base: number;
  /** What the sum leaves over: rounding where it is exact. */
  readonly remainder: number;
}

/** A member of a blend in a score. */
export interface MemberExplanation {
  /** The member's run. */
  readonly member: string;
  /** Its model. */
  readonly model: string;
  /** Its weight in the blend. */
  readonly weight: number;
  /** Its own score. */
  readonly score: number;
  /** The mean of its scores of the items that the user does not have. */
  readonly mean: number;
  /** Their standard deviation: the member adds `weight·(score − mean)/deviation`. */
  readonly deviation: number;
  /** Its own score in parts. */
  readonly breakdowns: readonly Breakdown[];
}

/** Why a score is what it is. */
export interface Explanation {
  /** The user; nothing where a history was given. */
  readonly user?: Id;
  /** The items that stand for the user, where a history was given. */
  readonly history?: readonly Id[];
  /** The item. */
  readonly item: Id;
  /** The score. */
  readonly score: number;
  /**
   * Where it comes from: the model; for a history of a model with rows the row that the items give; popularity where
   * the model knows nothing of the user (the score is the item's number of train rows).
   */
  readonly basis: "model" | "fold-in" | "popular";
  /** The number of train rows of the item. */
  readonly taken: number;
  /** The items that stand for one without train rows, and their scores. */
  readonly nearest?: readonly { readonly item: Id; readonly score: number }[];
  /** The score in parts, one breakdown for each way to part it; none where the model has none. */
  readonly breakdowns: readonly Breakdown[];
  /** The members of a blend (default: it is none). */
  readonly members?: readonly MemberExplanation[];
  /** The score by items that the user took; nothing where it comes from popularity, or the user took none. */
  readonly own?: OwnItems;
}

/** Whose scores of which items are to be explained. */
export interface ExplainRequest {
  /** The index of a user; or `history`. */
  readonly user?: number;
  /** The indices of the items of somebody who is in no dataset. */
  readonly history?: Uint32Array;
  /** The indices of the items. */
  readonly items: Uint32Array;
  /** Own items that are listed at most (default: 5). */
  readonly most?: number;
}

/** How alike two items are, in parts. */
export interface SimilarItem {
  /** The other item. */
  readonly item: Id;
  /** The cosine of their rows; of a model without rows the score for somebody who took the first item alone. */
  readonly score: number;
  /** The score in parts. */
  readonly breakdowns: readonly Breakdown[];
}

/** Items that are most alike an item in one part alone. */
export interface PartList {
  /** What the part is. */
  readonly by: BreakdownKind;
  /** The part. */
  readonly name: string;
  /** The items, best first. */
  readonly items: readonly { readonly item: Id; readonly score: number }[];
}

/** What is similar to an item. */
export interface SimilarItems {
  /** The item. */
  readonly item: Id;
  /** Whether scores are cosines of rows, or those of somebody who took the item alone. */
  readonly measure: "cosine" | "history";
  /** The items, most similar first. */
  readonly items: readonly SimilarItem[];
  /** Those that are most similar in a modality, a band or a view alone. */
  readonly lists: readonly PartList[];
}

/** What is to be similar to what. */
export interface SimilarRequest {
  /** The index of the item. */
  readonly item: number;
  /** How many items (default: 10). */
  readonly k?: number;
}
