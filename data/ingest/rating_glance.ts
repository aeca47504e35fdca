/**
 * Ratings that nobody asked for: those of 0 and below would count as taken without a word.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { fieldText, type TableRow } from "../table/table.ts";
import type { Column } from "./column_choice.ts";
import { counted } from "../counts.ts";

const [minus, zero, point] = [45, 48, 46];

/** Looks at the ratings of a table whose rows all count. */
export class RatingGlance {
  readonly #column: Column;
  readonly #isRating: boolean;
  #negative = 0;
  #zeros = 0;
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
    const at = row.start[this.#column.index];
    const first = row.bytes[at];
    if (first > zero || at === row.end[this.#column.index]) return;
    if (first === minus) this.#count(row, true);
    else if (first === zero && isZero(row, this.#column.index)) this.#count(row, false);
  }

  /** What was found, in a sentence; nothing where all ratings are above 0. */
  texts(): Message[] {
    const { name } = this.#column;
    const counts = [[this.#negative, "below 0"], [this.#zeros, "of 0"]]
      .filter(([count]) => count !== 0)
      .map(([count, what]) => `${counted(count as number, "row")} ${what}`);
    if (counts.length === 0) return [];
    const [isRating, negative, example] = [this.#isRating, this.#negative, this.#example];
    return [({ setting }) => {
      const column = isRating ? "" : `${setting("rating", name)} `;
      const advice = negative > 0
        ? `${column}${setting("minRating", "0")} leaves out those below 0, a larger number more`
        : `if 0 means that it was not taken or not rated, ${column}${
          setting("minRating")
        } leaves ` +
          "out smaller ones than its number";
      return `The column "${name}" has ${counts.join(" and ")}, such as ${example}; all count as ` +
        `taken: ${advice}`;
    }];
  }

  #count(row: TableRow, isNegative: boolean): void {
    if (isNegative ? this.#negative++ === 0 : this.#negative + this.#zeros++ === 0) {
      this.#example = `"${fieldText(row, this.#column.index).slice(0, 20)}" on line ${row.line}`;
    }
  }
}

function isZero({ bytes, start, end }: TableRow, column: number): boolean {
  for (let at = start[column]; at < end[column]; at++) {
    if (bytes[at] !== zero && bytes[at] !== point) return false;
  }
  return true;
}
