/**
 * Ratings that nobody asked for: those of 0 and below would count as taken without a word.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { atPlace, fieldText, placeOf, type TableRow } from "../table/table.ts";
import type { Column } from "./column_choice.ts";
import { counted } from "../counts.ts";

const [zero, nine] = [48, 57];

/** What programs write where somebody did not like or take something, in small letters. */
const refusals: ReadonlySet<string> = new Set([
  ...["false", "f", "no", "n", "dislike", "disliked", "unlike", "unliked", "hate", "hated", "skip"],
  ...["down", "thumbsdown", "thumbs_down", "thumbs down", "negative", "neg", "bad", "-", "−"],
]);
const longestRefusal = 16;

/** What a rating says that should hardly count as taken. */
type Doubt = "below 0" | "of 0" | "that say no";

/** Looks at the ratings of a table whose rows all count. */
export class RatingGlance {
  readonly #column: Column;
  readonly #isRating: boolean;
  readonly #counts: Record<Doubt, number> = { "below 0": 0, "of 0": 0, "that say no": 0 };
  #example = "";

  /**
   * Makes it.
   *
   * @param column The column of ratings.
   * @param isRating Whether a least rating finds it by itself.
   */
  constructor(column: Column, isRating: boolean) {
    this.#column = column;
    this.#isRating = isRating;
  }

  /** Looks at a row. */
  look(row: TableRow): void {
    const { index } = this.#column;
    const [from, to] = [row.start[index], row.end[index]];
    const first = row.bytes[from];
    // Of most rows the first byte says that the rating is above 0.
    if (from === to || to - from > longestRefusal || (first > zero && first <= nine)) return;
    const text = fieldText(row, index);
    const doubt = doubtIn(text);
    if (doubt === undefined) return;
    // One below 0 says more than one of 0.
    if (this.#example === "" || (doubt === "below 0" && this.#counts[doubt] === 0)) {
      this.#example = `"${text}" ${atPlace(placeOf(row))}`;
    }
    this.#counts[doubt]++;
  }

  /** What was found, in a sentence; nothing where all ratings are above 0. */
  texts(): Message[] {
    const { name } = this.#column;
    const counts = (Object.entries(this.#counts) as [Doubt, number][])
      .filter(([, count]) => count > 0)
      .map(([doubt, count]) => `${counted(count, "row")} ${doubt}`);
    if (counts.length === 0) return [];
    const [isRating, example, found] = [this.#isRating, this.#example, { ...this.#counts }];
    return [({ setting }) => {
      const column = isRating ? "" : `${setting("rating", name)} `;
      const advice = found["that say no"] > 0
        ? "if they mean that an item was not chosen or not liked, remove them from the file"
        : found["below 0"] > 0
        ? `${column}${setting("minRating", "0")} leaves out those below 0, and a larger number more`
        : `if 0 means that an item was not chosen or not rated, ${column}${
          setting("minRating")
        } leaves ` +
          "out those below its number";
      return `The column "${name}" has ${counts.join(" and ")}, such as ${example}; all count as ` +
        `interactions: ${advice}`;
    }];
  }
}

function doubtIn(field: string): Doubt | undefined {
  const text = field.trim().toLowerCase();
  if (refusals.has(text)) return "that say no";
  // A sign of Unicode and a decimal comma are how people write numbers.
  const [, sign, digits] = /^([-−+]?)(\d*[.,]?\d*)(?:e[+-]?\d+)?$/.exec(text) ?? [];
  if (digits === undefined || !/\d/.test(digits)) return undefined;
  if (sign === "-" || sign === "−") return "below 0";
  return /^[0.,]*$/.test(digits) ? "of 0" : undefined;
}
