/**
 * Scores that are computed on the CPU, without parameters to train.
 *
 * @module
 */

/** Something that scores all items for any range of users. */
export interface RowScorer {
  /** Number of users U. */
  readonly users: number;
  /** Number of items I. */
  readonly items: number;
  /**
   * The scores of all items for users `userStart` to `userEnd−1`.
   *
   * @param userStart The first user.
   * @param userEnd The user after the last.
   * @returns `(userEnd−userStart)×I`, row-major; a greater score is a better item.
   */
  scoreUsers(userStart: number, userEnd: number): Float32Array<ArrayBuffer>;
  /**
   * The scores of all items for a user of whom nothing but items is known.
   *
   * @param history The items that they took, each once.
   * @returns I numbers, what {@linkcode scoreUsers} would give a user with these train items.
   */
  scoreHistory(history: Uint32Array): Float32Array<ArrayBuffer>;
}
