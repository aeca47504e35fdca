/**
 * What is worth trying of a setting.
 *
 * @module
 */

/** Numbers between two bounds. */
export interface NumberRange {
  /** The least. */
  readonly from: number;
  /** The greatest. */
  readonly to: number;
  /** `log` where their orders of magnitude are equally likely (default: the numbers are). */
  readonly scale?: "linear" | "log";
}

/** A few values. */
export interface ChoiceRange {
  /** The values. */
  readonly choices: readonly (number | boolean | string)[];
}

/** What is tried of a setting. */
export type SettingRange = NumberRange | ChoiceRange;
