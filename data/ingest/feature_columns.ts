/**
 * Which columns of a table are features, and which of them look as if they were none.
 *
 * @module
 */
import { excerpt } from "../excerpt.ts";
import { plainName } from "./column_choice.ts";

/** Names that programs give to an index without a name. */
const unnamed = /^(Unnamed: \d+|__index_level_\d+__|)$/;

/** A table that is wider has vectors in it, and no columns that count rows. */
const mostWatched = 64;

/** The columns of features. */
export class FeatureColumns {
  /** Their places in the table. */
  readonly places: readonly number[];
  readonly #names: readonly string[];
  readonly #left: readonly string[];
  /** Columns that have counted the rows until now. */
  #counting: readonly number[];
  #rows = 0;
  #first: readonly number[] = [];

  /**
   * Chooses them: all that have a name, but for that of the ids.
   *
   * @param names The table's columns.
   * @param ids The place of the ids.
   */
  constructor(names: readonly string[], ids: number) {
    const others = Array.from(names.keys()).filter((column) => column !== ids);
    this.places = others.filter((column) => !unnamed.test(names[column]));
    this.#names = this.places.map((column) => names[column]);
    this.#left = others.filter((column) => unnamed.test(names[column]))
      .map((column) => names[column] === "" ? `column ${column + 1}` : `"${names[column]}"`);
    this.#counting = Array.from(this.places.slice(0, mostWatched).keys());
  }

  /**
   * Looks at the numbers of a row.
   *
   * @param values One for each column.
   */
  look(values: readonly number[]): void {
    if (this.#rows === 0) this.#first = values;
    const rows = this.#rows++;
    if (this.#counting.length === 0) return;
    this.#counting = this.#counting.filter((n) => values[n] === this.#first[n] + rows);
  }

  /** Their names, in a few words. */
  get text(): string {
    const shown = this.#names.slice(0, 8).map((name) => `"${excerpt(name)}"`).join(", ");
    return this.#names.length > 8 ? `${shown} and ${this.#names.length - 8} more` : shown;
  }

  /** What is odd about them, a sentence each. */
  remarks(): string[] {
    const notes: string[] = [];
    if (this.#left.length > 0) {
      notes.push(
        `Left out: ${
          this.#left.join(", ")
        } without a name, which to_csv() and write.csv() make of ` +
          "row numbers; a column that is a feature needs a name",
      );
    }
    const counting = this.#rows > 2 ? this.#counting : [];
    const ids = Array.from(this.#names.keys())
      .filter((n) => /(id|index|key)$/.test(plainName(this.#names[n])) && !counting.includes(n));
    for (const n of counting) {
      notes.push(`The column "${this.#names[n]}" counts the rows, and is taken as a feature`);
    }
    for (const n of ids.slice(0, 3)) {
      notes.push(`The column "${this.#names[n]}" has the name of an id, and is taken as a feature`);
    }
    if (counting.length + ids.length > 0) {
      notes.push("Take columns that are no features out of the file");
    }
    return notes;
  }
}
