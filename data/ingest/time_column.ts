/**
 * The times of a table's rows, as they are read.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { atPlace, placeOf, type TableRow } from "../table/table.ts";
import { counted } from "../counts.ts";
import { farTimes } from "./far_times.ts";
import { keepOrder, resolveEpochs } from "./epoch_times.ts";
import { type ParsedTime, parseTime, type TimeKind } from "./time.ts";

/** The times of all rows. */
interface FinishedTimes {
  /** Seconds since 1970 of each row, `Infinity` where it is absent. */
  readonly seconds: Float64Array;
  /** How they are written; `undefined` where no row has one. */
  readonly kind: string | undefined;
  /** What is odd about them, a sentence each. */
  readonly remarks: readonly Message[];
}

/** Gathers times. */
export class TimeColumn {
  readonly #time: ParsedTime = { kind: undefined, value: 0, rest: 0 };
  #first: { kind: TimeKind; place: string } | undefined;
  #zoned = 0;
  /** ISO times without a zone, and where the first is. */
  #zoneless = { count: 0, place: "" };
  #values = new Float64Array(1 << 16);
  /** Only where a time has more digits than a number can hold. */
  #rests: Float64Array<ArrayBuffer> | undefined;

  /**
   * Reads the time of a row, which {@linkcode TimeColumn.keep} keeps.
   *
   * @param row The row.
   * @param column Its column of times.
   * @returns What was expected, where it is no time, or is written in another way than the first.
   */
  read(row: TableRow, column: number): string | undefined {
    const time = this.#time;
    parseTime(row.bytes, row.start[column], row.end[column], time);
    if (time.kind === undefined || !Number.isFinite(time.value)) {
      return "seconds since 1970 or an ISO time (2024-05-31T12:00:00)";
    }
    this.#first ??= { kind: time.kind, place: placeOf(row) };
    const { kind, place } = this.#first;
    if (time.kind === "ISO 8601") {
      if (time.hasZone) this.#zoned++;
      else if (this.#zoneless.count++ === 0) this.#zoneless.place = placeOf(row);
    }
    return kind === time.kind ? undefined : `an ${kind} time as ${atPlace(place)}`;
  }

  /** Says that the row has no time. */
  absent(): void {
    this.#time.value = Infinity;
    this.#time.rest = 0;
  }

  /**
   * Keeps what was read last.
   *
   * @param row The number of the row, one more than the one before.
   */
  keep(row: number): void {
    if (row === this.#values.length) {
      this.#values = twice(this.#values);
      this.#rests &&= twice(this.#rests);
    }
    this.#values[row] = this.#time.value;
    if (this.#time.rest !== 0) {
      this.#rests ??= new Float64Array(this.#values.length);
      this.#rests[row] = this.#time.rest;
    }
  }

  /**
   * The times in seconds.
   *
   * @param rows How many rows were kept.
   */
  finish(rows: number): FinishedTimes {
    const seconds = this.#values.subarray(0, rows);
    const rests = this.#rests?.subarray(0, rows);
    const kind = this.#first?.kind;
    if (kind === "epoch") {
      const epochs = resolveEpochs(seconds, rests);
      return { seconds, ...epochs, remarks: [...epochs.remarks, ...farTimes(seconds, true)] };
    }
    if (rests !== undefined) {
      const written = seconds.slice();
      for (let n = 0; n < rows; n++) seconds[n] += rests[n];
      keepOrder(seconds, written, rests);
    }
    return { seconds, kind, remarks: [...this.#zoneRemarks(), ...farTimes(seconds, false)] };
  }

  #zoneRemarks(): string[] {
    const { count, place } = this.#zoneless;
    if (count === 0 || this.#zoned === 0) return [];
    return [
      `Times with a zone and without one: ${counted(count, "row")} without, the first ${
        atPlace(place)
      }, ` +
      `read as UTC`,
    ];
  }
}

function twice(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * values.length);
  longer.set(values);
  return longer;
}
