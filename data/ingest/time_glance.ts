/**
 * Times that nobody asked for: a split in random order has no use for them, and one by time would be
 * closer to what a recommender meets.
 *
 * @module
 */
import type { TableRow } from "../table/table.ts";
import { type ParsedTime, parseTime } from "./time.ts";

/** Looks at the first time of a column. */
export class TimeGlance {
  readonly #name: string;
  #isTime: boolean | undefined;

  /**
   * Makes it.
   *
   * @param name The name of the column.
   * @param index Its place.
   */
  constructor(name: string, readonly index: number) {
    this.#name = name;
  }

  /** Looks at a row, where none before has had a field. */
  look({ bytes, start, end }: TableRow): void {
    const [from, to] = [start[this.index], end[this.index]];
    if (this.#isTime !== undefined || from === to) return;
    const time: ParsedTime = { kind: undefined, value: 0, rest: 0 };
    parseTime(bytes, from, to, time);
    this.#isTime = time.kind !== undefined;
  }

  /** The name of the column, where its first field is a time that can be read. */
  get name(): string | undefined {
    return this.#isTime ? this.#name : undefined;
  }
}
