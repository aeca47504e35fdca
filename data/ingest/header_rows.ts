/**
 * Rows of column names inside a table of interactions, as joined files have them whose first lines are
 * not written alike: `User,Item` in one of `user,item`. Those that are written alike are left out as the
 * table is read.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { counted } from "../counts.ts";
import { excerptOfNames } from "../excerpt.ts";
import { fieldText, type TableRow } from "../table/table.ts";
import { type Column, plainName } from "./column_choice.ts";

/** No name of a column is longer, in bytes. */
const longestName = 64;
/** The bit by which small letters differ from capital ones. */
const letterCase = 32;
const space = 32;
const recboleTypes = ["token", "float", "token_seq"];

/** Finds them. */
export class HeaderRows {
  readonly #source: string;
  readonly #user: Column;
  readonly #item: Column;
  readonly #names: ReadonlySet<string>;
  /** 1 for each byte that a name may begin or end with: of most rows these tell that they are none. */
  readonly #begins = new Uint8Array(256);
  readonly #ends = new Uint8Array(256);
  #count = 0;
  #line = 0;

  /**
   * Makes it.
   *
   * @param source Where the table comes from, for messages.
   * @param names The table's columns.
   * @param user That of the users.
   * @param item That of the items.
   */
  constructor(source: string, names: readonly string[], user: Column, item: Column) {
    this.#source = source;
    this.#user = user;
    this.#item = item;
    this.#names = new Set(names.map(plainName).filter((name) => name !== ""));
    this.#begins[space] = this.#ends[space] = 1;
    // A name may have a type behind it in one file, and none in another.
    const typed = names.flatMap((name) => [name, name.replace(/:\w+$/, "")]);
    for (const name of [...typed, ...recboleTypes.map((type) => `${names[0]}:${type}`)]) {
      const bytes = new TextEncoder().encode(name);
      const [first, last] = [bytes[0] ?? space, bytes.at(-1) ?? space];
      this.#begins[first] = this.#begins[first ^ letterCase] = 1;
      this.#ends[last] = this.#ends[last ^ letterCase] = 1;
    }
  }

  /**
   * Whether the user and the item of a row are the names of their columns.
   *
   * @param row The row.
   * @throws {DataError} They are the names of other columns: the rows after it would be misread.
   */
  isOne(row: TableRow): boolean {
    const user = this.#nameIn(row, this.#user.index);
    const item = user === undefined ? undefined : this.#nameIn(row, this.#item.index);
    if (item === undefined) return false;
    if (user !== plainName(this.#user.name) || item !== plainName(this.#item.name)) {
      const found = [this.#user, this.#item].map(({ index }) => fieldText(row, index));
      throw new DataError(
        `Cannot read "${this.#source}": line ${row.line} has ${
          excerptOfNames(found)
        } where line 1 ` +
          `has ${excerptOfNames([this.#user.name, this.#item.name])}, as in joined files whose ` +
          "columns are in a different order",
        "Give all files the same columns in the same order, and join them again",
      );
    }
    if (this.#count++ === 0) this.#line = row.line;
    return true;
  }

  /** What was left out, in a sentence. */
  remarks(): string[] {
    if (this.#count === 0) return [];
    return [
      `Left out: ${counted(this.#count, "row")} repeating the column names in another spelling, ` +
      `as in joined files (line ${this.#line})`,
    ];
  }

  /** A field as names are compared, if it is one. */
  #nameIn(row: TableRow, column: number): string | undefined {
    const [from, to] = [row.start[column], row.end[column]];
    const { [from]: first, [to - 1]: last } = row.bytes;
    if (from === to || to - from > longestName) return undefined;
    if (this.#begins[first] === 0 || this.#ends[last] === 0) return undefined;
    const name = plainName(fieldText(row, column).trim());
    return this.#names.has(name) ? name : undefined;
  }
}
