/**
 * Values of Arrow of which some are missing.
 *
 * @module
 */
import type { StoredValues } from "./column_kind.ts";
import { Damage, spreadTexts, type Texts } from "./texts.ts";

/**
 * Whether a bit is set.
 *
 * @param bits The bits; nothing where all are set.
 * @param n Which.
 */
export function isSet(bits: Uint8Array | undefined, n: number): boolean {
  return bits === undefined || ((bits[n >> 3] >> (n & 7)) & 1) === 1;
}

/**
 * The texts of values that are there, at their places.
 *
 * @param values All values; those that are missing have any.
 * @param count How many there are.
 * @param validity A bit for each that says whether it is there; nothing where all are.
 * @param texts Makes texts of values.
 * @throws {Damage} There are fewer bits.
 */
export function presentTexts<Values extends StoredValues>(
  values: Values,
  count: number,
  validity: Uint8Array | undefined,
  texts: (there: Values) => Texts,
): Texts {
  if (validity === undefined) return texts(values);
  if (count > 8 * validity.length) throw new Damage("a buffer ends before its values do");
  const places = new Int32Array(count);
  let found = 0;
  for (let n = 0; n < count; n++) if (isSet(validity, n)) places[found++] = n;
  const there = chosen(values, places.subarray(0, found)) as Values;
  return spreadTexts(texts(there), (n) => isSet(validity, n), count);
}

/** The values at some places. */
function chosen(values: StoredValues, places: Int32Array): StoredValues {
  if (!("numbers" in values)) {
    const { bytes, start, end } = values;
    return { bytes, start: places.map((n) => start[n]), end: places.map((n) => end[n]) };
  }
  const { numbers } = values;
  const picked = numbers.slice(0, places.length);
  places.forEach((from, to) => picked[to] = numbers[from]);
  return { numbers: picked };
}
