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
}
