/**
 * What a model is: something that scores all items for users, and mostly has parameters and a loss on
 * a batch that they are trained by.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { Dataset } from "../data/dataset.ts";
import type { StoredTensor, TensorSource } from "../data/safetensors.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import type { ComputeObservers } from "../gpu/compute_observers.ts";
import type { Allocation, Memory } from "../gpu/memory.ts";
import type { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import type { LossTerms } from "../shaders/common/loss_terms/loss_terms.ts";
import type { RowList } from "../shaders/gather/row_lists.ts";
import type { Batch } from "../shaders/negatives/negatives.ts";
import type { Settings, SettingSpecs } from "./settings.ts";
import type { SharedWork } from "./shared_work.ts";

/** What a model is built from. */
export interface ModelContext<Specs extends SettingSpecs = SettingSpecs> extends ComputeObservers {
  /** Where its buffers are planned. */
  readonly memory: Memory;
  /** The dataset; models see its train rows alone. */
  readonly dataset: Dataset;
  /** The settings of the model. */
  readonly settings: Settings<Specs>;
  /** What its initial parameters follow from. */
  readonly seed: number;
  /** Told what a user would want to know of the preparation. */
  readonly note?: (text: string) => void;
  /** Where item graphs are kept between runs (default: nowhere). */
  readonly cache?: GraphCache;
  /** What models of the same dataset share that are computed one after the other (default: nothing). */
  readonly shared?: SharedWork;
  /** What a run has kept of the model, which is not computed again then ({@linkcode Scorer.kept}). */
  readonly kept?: TensorSource;
}

/** Rows of a table. */
export interface TableRows {
  /** The table. */
  readonly table: Tensor;
  /** The first row. */
  readonly firstRow: number;
  /** How many. */
  readonly rows: number;
}

/** Rows that users and items are scored by: the score of a pair is the product of its rows. */
export interface RowRepresentation {
  /** One row a user. */
  readonly users: TableRows;
  /** One row an item, of the same number of columns. */
  readonly items: TableRows;
}

/** Some users on the device: who they are, and what they took. */
export interface UserBlock {
  /** The index of each user; its length is the most users that a block has. */
  readonly users: RowList;
  /** The items of the user at place p are `history[historyStart[p]]` to `history[historyStart[p+1]−1]`. */
  readonly historyStart: Allocation;
  /** Item indices, ascending for each user. */
  readonly history: Allocation;
  /**
   * The rows of the users, `places×columns`, for a model whose scores are products of rows; of a user who is in no
   * dataset those that {@linkcode BlockScorer.rows} ask for, and zeros otherwise.
   *
   * @param program The program.
   * @param representation The rows of all users and items.
   */
  rowsOf(program: Program, representation: RowRepresentation): Tensor;
}

/** What scores a block of users at once, for a model whose scores are not products of rows. */
export interface BlockScorer {
  /**
   * Rows that a part of the scores is products of (default: none). Somebody who is in no dataset gets a row by the
   * items that they took (fold_in.ts).
   */
  readonly rows?: readonly RowRepresentation[];
  /** What its blocks read of what is represented (default: they may read all of it). */
  readonly reads?: readonly Allocation[];
  /**
   * Appends the scores of all items for the users of a block. They follow from the items that the users
   * took, so that somebody who is in no dataset is scored like everybody else.
   *
   * @param program The program.
   * @param block The users.
   * @param scores `users×stride`: a row for each place of the block; columns beyond the items are padding.
   */
  scoreBlock(program: Program, block: UserBlock, scores: Tensor): void;
}

/** What the scores of a block of users are the sum of. */
export interface ScorePart {
  /**
   * Appends scores of all items for the users of a block, from the items that they took.
   *
   * @param program The program.
   * @param block The users.
   * @param scores `users×stride`: a row for each place of the block; columns beyond the items are padding.
   * @param how Their factor, and whether they are added to what is there.
   */
  addScores(
    program: Program,
    block: UserBlock,
    scores: Tensor,
    how: { readonly weight: number; readonly accumulate: boolean },
  ): void;
}

/** Models as weighted sums of the same parts. */
export interface WeightedParts {
  /** The parts. */
  readonly parts: readonly ScorePart[];
  /** What each part is, such as `taken together`. */
  readonly names: readonly string[];
  /** For each model the weight of each part. */
  readonly weights: readonly (readonly number[])[];
  /** What a run of the model keeps, where it is one alone. */
  readonly kept?: KeptState;
}

/** What the scores of a model come from. */
export type Representation = RowRepresentation | BlockScorer;

/** Rows that, with those of the other parts, sum to the rows that scores are products of. */
export interface RowPart {
  /** What it is, such as `image`, or `low`. */
  readonly name: string;
  /** A row for each user, or each item. */
  readonly rows: TableRows;
}

/** Some columns of all rows. */
export interface ColumnBlock {
  /** The modality that they are of; several blocks may be of the same. */
  readonly name: string;
  /** How many. */
  readonly columns: number;
}

/** Rows of users as sums over what they took: `own_u + Σ_i weights_ui·messages_i`. */
export interface FirstHop {
  /** What is the user's own. */
  readonly own: TableRows;
  /** What each item gives. */
  readonly messages: TableRows;
  /** How much of it each user takes, `U×I`. */
  readonly weights: Csr;
}

/** Scores that are products of rows. */
export interface RowComposition {
  /** The rows. */
  readonly representation: RowRepresentation;
  /** What the parts of rows are. */
  readonly by: "band" | "view" | "hop" | "modality";
  /** The parts of the users' rows; one where they are whole. */
  readonly users: readonly RowPart[];
  /** The parts of the items' rows; one where they are whole. */
  readonly items: readonly RowPart[];
  /** All columns, a block a modality (default: columns have no meaning of their own). */
  readonly blocks?: readonly ColumnBlock[];
  /** The users' rows by items (default: they are no such sum). */
  readonly hop?: FirstHop;
}

/** A part of the scores of blocks of users. */
export interface NamedPart {
  /** What it is. */
  readonly name: string;
  /** Its weight. */
  readonly weight: number;
  /** What appends it. */
  readonly part: ScorePart;
}

/** A member of a blend. */
export interface MemberComposition extends NamedPart {
  /** Its model. */
  readonly model: string;
  /** What its own scores are made of. */
  readonly composition: Composition;
}

/** Scores of blocks of users. */
export interface BlockComposition {
  /** What scores them. */
  readonly representation: BlockScorer;
  /** What the parts are. */
  readonly by: "filter" | "member";
  /** The parts; none where the score is whole. */
  readonly parts: readonly NamedPart[];
  /**
   * Whether a score is the one of somebody who took nothing, and what each item that a user took adds to it, whatever
   * else they took.
   */
  readonly isAdditive: boolean;
  /** The members, of a blend. */
  readonly members?: readonly MemberComposition[];
}

/** What scores are sums of. */
export type Composition = RowComposition | BlockComposition;

/** A table that tells of a model's inside. */
export interface Diagnostic {
  /** What it tells, such as `"gate weights of users"`. */
  readonly name: string;
  /** The table. */
  readonly table: Tensor;
  /** The names of its columns. */
  readonly columns: readonly string[];
  /**
   * The names of its rows, which are kept as they are; or of what there is a row each, of which means and
   * deviations are kept: all users, all items, or the rows of the last batch of a training (those that a
   * short batch lacks are zeros).
   */
  readonly rows: readonly string[] | "users" | "items" | "batch";
  /** Factor of its numbers (default: 1). */
  readonly scale?: number;
}

/** What took long to compute of a model without parameters: its run keeps it. */
export interface KeptState {
  /** Tables on the device, by their labels; they are put back before anything is represented. */
  readonly tables?: readonly Tensor[];
  /** Arrays by their names, which `compute()` reads itself from {@linkcode ModelContext.kept}. */
  readonly arrays?: ReadonlyMap<string, StoredTensor>;
}

/** Something in the memory of a device that scores all items for users. */
export interface Scorer {
  /** What a run of the model keeps, so that it is opened quickly (default: nothing). */
  readonly kept?: KeptState;
  /**
   * Appends the forward pass of an evaluation.
   *
   * @param program The program.
   */
  represent(program: Program): Representation;
  /**
   * Appends the forward pass of an evaluation too, and says what the scores are sums of (default: nothing is known of
   * that).
   *
   * @param program The program.
   */
  composition?(program: Program): Composition;
}

/** A model in the memory of a device. */
export interface Model extends Scorer {
  /** Its trainable parameters. */
  readonly parameters: readonly Tensor[];
  /**
   * Appends the forward pass of a training step; it ends in terms of the loss.
   *
   * @param program The program.
   * @param batch The rows of the step.
   * @param losses Where the terms go.
   */
  loss(program: Program, batch: Batch, losses: LossTerms): void;
  /**
   * Appends what a training keeps of each evaluation beside its metrics.
   *
   * @param program A program that {@linkcode represent} has been called with.
   */
  diagnose?(program: Program): readonly Diagnostic[];
  /**
   * Prepares an epoch, for a model whose graph or masks change with it. It follows from the seed and
   * the epoch alone, so that a training can be taken up anywhere.
   *
   * @param epoch The epoch, counted from 0.
   */
  onEpoch?(epoch: number): void;
}
