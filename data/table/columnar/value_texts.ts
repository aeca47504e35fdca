/**
 * Stored values as texts.
 *
 * @module
 */
import { isAscii, isUtf8 } from "node:buffer";
import { writeClock, writeDate, writeTimestamp } from "./calendar_text.ts";
import type { ColumnKind, NumberArray, StoredValues } from "./column_kind.ts";
import { Damage, type Texts, type TextWriter, writeTexts } from "./texts.ts";

/** How values are written. */
export interface TextOptions {
  /** Whether they are parts of lists, in which none may be left out. */
  readonly inList?: boolean;
  /** Whether they are ids, which have to be exact. */
  readonly isId?: boolean;
}

/** A number that the column's floating-point type may have rounded, so that it is no id. */
export class InexactId extends Error {}

/**
 * The texts of values.
 *
 * @param values The values.
 * @param kind What they are.
 * @param options How they are written.
 * @throws {Damage} They cannot be such values.
 * @throws {InexactId} A number is too large for its type to hold exactly, and has to be exact.
 */
export function textsOf(values: StoredValues, kind: ColumnKind, options: TextOptions = {}): Texts {
  if (!("numbers" in values)) return textsOfBytes(values, kind);
  const { numbers } = values;
  const write = numberWriter(numbers, kind, options);
  return writeTexts(numbers.length, write);
}

type Write = (writer: TextWriter, n: number) => void;

function numberWriter(numbers: NumberArray, kind: ColumnKind, options: TextOptions): Write {
  switch (kind.is) {
    case "boolean":
      return (writer, n) => writer.text(numbers[n] ? "true" : "false");
    case "half":
    case "float":
    case "double":
      return (writer, n) => writeFloat(writer, Number(numbers[n]), kind.is, options);
    case "date": {
      const { perDay } = kind;
      return (writer, n) => writeDate(writer, Math.floor(Number(numbers[n]) / perDay));
    }
    case "timestamp": {
      const { perSecond, hasZone } = kind;
      const exact = exactNumbers(numbers);
      return (writer, n) => writeTimestamp(writer, exact(n), perSecond, hasZone);
    }
    case "clock": {
      const { perSecond } = kind;
      return (writer, n) => {
        const value = Number(numbers[n]);
        const second = Math.floor(value / perSecond);
        if (!(value >= 0 && second < 86400)) throw new Damage(`it has ${value} as a time of day`);
        writeClock(writer, second, value - second * perSecond, perSecond);
      };
    }
    case "decimal": {
      const { scale } = kind;
      return (writer, n) => writer.text(decimalText(BigInt(numbers[n]), scale));
    }
    default: {
      const exact = exactNumbers(numbers);
      return (writer, n) => {
        const value = exact(n);
        if (typeof value === "number") writer.integer(value);
        else writer.text(String(value));
      };
    }
  }
}

/** Integers of 64 bits by their halves: making a BigInt of each takes ten times as long. */
function exactNumbers(numbers: NumberArray): (n: number) => number | bigint {
  if (!(numbers instanceof BigInt64Array || numbers instanceof BigUint64Array)) {
    return (n) => numbers[n];
  }
  // So few halves that the whole is a safe integer.
  const [most, least] = [1 << 20, numbers instanceof BigInt64Array ? -(1 << 20) : 0];
  const halves = new Int32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  return (n) => {
    const [low, high] = [halves[2 * n] >>> 0, halves[2 * n + 1]];
    return high >= least && high < most ? high * 2 ** 32 + low : numbers[n];
  };
}

/** So large a whole number stands for its neighbours too. */
const inexact = { half: 2 ** 11, float: 2 ** 24, double: 2 ** 53 };

function writeFloat(
  writer: TextWriter,
  value: number,
  is: keyof typeof inexact,
  { inList, isId }: TextOptions,
): void {
  // NaN is what programs without missing values write for one.
  if (Number.isNaN(value) && !inList) return;
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 53 && !Object.is(value, -0)) {
    if (isId && Math.abs(value) > inexact[is]) throw new InexactId(String(value));
    return writer.integer(value);
  }
  if (isId && Number.isInteger(value) && value !== 0) throw new InexactId(String(value));
  if (Object.is(value, -0)) return writer.text("-0");
  // The digits of a list are read as numbers again, however many there are.
  writer.text(is === "double" || inList ? String(value) : shortestText(value));
}

/** The shortest text that is the number in 32 bits: .1 and not .10000000149011612. */
function shortestText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const near = Number(value.toPrecision(digits));
    if (Math.fround(near) === value) return String(near);
  }
  return String(Number(value.toPrecision(9)));
}

function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return String(value * 10n ** BigInt(-scale));
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${value < 0n ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}

type Pieces = Extract<StoredValues, { readonly bytes: Uint8Array }>;

function textsOfBytes(values: Pieces, kind: ColumnKind): Texts {
  const { bytes, start, end } = values;
  switch (kind.is) {
    case "text":
      refuseBadText(values);
      return values;
    case "uuid":
      return writeTexts(start.length, (writer, n) => {
        const hex = bytes.subarray(start[n], end[n]).toHex();
        writer.text(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"));
      });
    case "int96":
      return writeTexts(start.length, (writer, n) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset + start[n], 12);
        const days = BigInt(view.getInt32(8, true) - julianDayOf1970);
        const nanoseconds = days * 86_400_000_000_000n + view.getBigInt64(0, true);
        writeTimestamp(writer, nanoseconds, 1000000000, false);
      });
    case "decimal":
      return writeTexts(start.length, (writer, n) => {
        const digits = bytes.slice(start[n], end[n]);
        if (kind.littleEndian) digits.reverse();
        const value = BigInt.asIntN(8 * digits.length, BigInt(`0x0${digits.toHex()}`));
        writer.text(decimalText(value, kind.scale));
      });
    default:
      throw new Damage(`it holds bytes, and not ${kind.is} values`);
  }
}

const julianDayOf1970 = 2440588;

/** A page at a time, as most are of ASCII; where one is not, each text for itself. */
function refuseBadText({ bytes, start, end }: Pieces): void {
  let [first, last] = [bytes.length, 0];
  for (let n = 0; n < start.length; n++) {
    if (start[n] < first) first = start[n];
    if (end[n] > last) last = end[n];
  }
  if (first >= last || isAscii(bytes.subarray(first, last))) return;
  for (let n = 0; n < start.length; n++) {
    const text = bytes.subarray(start[n], end[n]);
    if (isUtf8(text)) continue;
    const shown = new TextDecoder().decode(text.subarray(0, 40));
    throw new Damage(`it has "${shown}", which is not UTF-8`);
  }
}
