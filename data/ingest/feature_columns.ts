/**
 * Which columns of a table are features, and which of them look as if they were none.
 *
 * @module
 */
import { excerpt } from "../excerpt.ts";
import { plainName } from "./column_choice.ts";

/** Names that programs give to an index without a name: pandas, Arrow, and readr of R. */
const unnamed = /^(Unnamed: [\d._a-z]+|__index_level_\d+__|\.\.\.\d+|)$/;

/** Names of indices, beside those of ids, in the form of `plainName()`. */
const indexNames = /^(row|rows|rownames?|rownum|rownumber|rowno|idx|level\d+)$/;

/** Fewer rows may rise by chance. */
const fewestRising = 10;

/** A table that is wider has vectors in it, and no columns that count rows. */
const mostWatched = 64;

/** The columns of features. */
export class FeatureColumns {
  /** Their places in the table. */
  readonly places: readonly number[];
  /** The place of a last column without a name, which has to be empty; −1 where there is none. */
  readonly trailing: number;
  readonly #names: readonly string[];
  readonly #left: readonly string[];
  /** Columns that have counted the rows until now. */
  #counting: readonly number[];
  /** Columns of whole numbers that have risen, or fallen, with each row until now. */
  #rising: readonly number[];
  #falling: readonly number[];
  #rows = 0;
  #first: readonly number[] = [];
  #former: readonly number[] = [];

  /**
   * Chooses them: all that have a name, but for that of the ids.
   *
   * @param names The table's columns.
   * @param ids The place of the ids.
   */
  constructor(names: readonly string[], ids: number) {
    const others = Array.from(names.keys()).filter((column) => column !== ids);
    this.places = others.filter((column) => !unnamed.test(names[column]));
    // Row numbers come first. What comes last is the rest of numbers with a decimal comma.
    this.trailing = names.at(-1) === "" ? names.length - 1 : -1;
    this.#names = this.places.map((column) => names[column]);
    this.#left = others.filter((column) => unnamed.test(names[column]))
      .map((column) => names[column] === "" ? `column ${column + 1}` : `"${names[column]}"`);
    this.#counting = Array.from(this.places.slice(0, mostWatched).keys());
    this.#rising = this.#falling = this.#counting;
  }

  /**
   * Looks at the numbers of a row.
   *
   * @param values One for each column.
   */
  look(values: readonly number[]): void {
    const former = this.#former;
    this.#former = values;
    const rows = this.#rows++;
    if (rows === 0) {
      this.#first = values;
      return;
    }
    const stays = (n: number) => Number.isInteger(values[n]);
    this.#counting = this.#counting.filter((n) => values[n] === this.#first[n] + rows);
    this.#rising = this.#rising.filter((n) => stays(n) && values[n] > former[n]);
    this.#falling = this.#falling.filter((n) => stays(n) && values[n] < former[n]);
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
        `Left out: ${this.#left.join(", ")} without a name, as to_csv() and write.csv() write ` +
          "row numbers; a feature column needs a name",
      );
    }
    const counting = this.#rows > 2 ? this.#counting : [];
    const monotone = (this.#rows >= fewestRising ? [...this.#rising, ...this.#falling] : [])
      .filter((n) => !counting.includes(n));
    const numbering = [...counting, ...monotone];
    const ids = Array.from(this.#names.keys()).filter((n) => {
      const name = plainName(this.#names[n]);
      return (/(id|index|key)$/.test(name) || indexNames.test(name)) && !numbering.includes(n);
    });
    const say = (n: number, what: string) =>
      notes.push(`The column "${excerpt(this.#names[n])}" ${what}, and is used as a feature`);
    for (const n of counting) say(n, "counts the rows");
    for (const n of monotone) say(n, "rises or falls with each row, as row numbers do");
    for (const n of ids.slice(0, 3)) say(n, "has the name of an id or of row numbers");
    if (numbering.length + ids.length > 0) {
      notes.push("Remove columns that are not features from the file");
    }
    return notes;
  }
}
