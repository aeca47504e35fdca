/**
 * Lists as texts: their parts with spaces between, as those of NDJSON are read.
 *
 * @module
 */
import type { ColumnKind } from "./column_kind.ts";
import { Damage, type Texts, TextWriter } from "./texts.ts";

const space = 32;

/** Joins the parts of lists, which may go on in the next page. */
export class ListRows {
  readonly #kind: ColumnKind;
  #writer = new TextWriter();
  #starts: number[] = [];
  #isOpen = false;
  #rows = 0;

  /**
   * Makes it.
   *
   * @param kind What the parts are.
   */
  constructor(kind: ColumnKind) {
    this.#kind = kind;
  }

  /** Begins the list of the next row. */
  begin(): void {
    this.#isOpen = true;
    this.#starts.push(this.#writer.length);
    this.#rows++;
  }

  /**
   * Adds a part to it.
   *
   * @param texts The parts.
   * @param n Which of them.
   * @throws {Damage} It belongs to no row.
   */
  add({ bytes, start, end }: Texts, n: number): void {
    if (!this.#isOpen) throw new Damage("a list has values before its first row");
    if (this.#writer.length > this.#starts.at(-1)!) this.#writer.byte(space);
    this.#writer.copy(bytes, start[n], end[n]);
  }

  /**
   * Adds a part that is missing: of words it is left out, but a vector without one of its numbers is
   * another vector.
   *
   * @throws {Damage} It is one of numbers.
   */
  addMissing(): void {
    if (this.#kind.is === "text" || this.#kind.is === "uuid") return;
    throw new Damage(`list ${this.#rows} of it lacks one of its values`);
  }

  /**
   * Takes the rows that are whole.
   *
   * @param isLast Whether no part of the last one is to come.
   */
  take(isLast: boolean): Texts {
    const writer = this.#writer;
    const count = isLast ? this.#starts.length : Math.max(0, this.#starts.length - 1);
    const start = Int32Array.from(this.#starts.slice(0, count));
    const end = Int32Array.from(
      start,
      (_, n) => n + 1 < this.#starts.length ? this.#starts[n + 1] : writer.length,
    );
    const from = count < this.#starts.length ? this.#starts[count] : writer.length;
    this.#writer = new TextWriter();
    this.#writer.copy(writer.bytes, from, writer.length);
    this.#starts = count < this.#starts.length ? [0] : [];
    return { bytes: writer.bytes, start, end };
  }
}
