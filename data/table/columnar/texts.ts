/**
 * The values of a column as the texts that a CSV would have of them, in bytes.
 *
 * @module
 */

/** Texts behind each other; one is `bytes[start[n]..end[n])`, in UTF-8, and empty where it is missing. */
export interface Texts {
  /** Holds them. */
  readonly bytes: Uint8Array;
  /** Where each begins. */
  readonly start: Int32Array;
  /** Where each ends. */
  readonly end: Int32Array;
  /** The distinct texts that these are chosen from, and which of them each is. */
  readonly codes?: { readonly of: Int32Array; readonly each: ArrayLike<number> };
}

/** None. */
export const noTexts: Texts = {
  bytes: new Uint8Array(0),
  start: new Int32Array(0),
  end: new Int32Array(0),
};

/** What a file claims to hold in one piece at most, unpacked: more would be no page and no batch. */
export const mostBytes = 1 << 30;

/** Values of one page or batch at most. */
export const mostValues = 1 << 24;

/** What a file holds that cannot be; who reads it says where. */
export class Damage extends Error {}

const [zero, minus] = [48, 45];
const encoder = new TextEncoder();

/** Writes texts behind each other. */
export class TextWriter {
  /** What was written, and room for more. */
  bytes: Uint8Array = new Uint8Array(1 << 12);
  /** Bytes that were written. */
  length = 0;

  /**
   * Makes room.
   *
   * @param count So many bytes are to come.
   * @throws {Damage} There are more than such texts have.
   */
  reserve(count: number): void {
    const wanted = this.length + count;
    if (wanted <= this.bytes.length) return;
    if (wanted > mostBytes) throw new Damage(`its texts have more than ${mostBytes} bytes`);
    const larger = new Uint8Array(Math.min(mostBytes, 2 * wanted));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** Writes a byte. */
  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Writes a text. */
  text(text: string): void {
    this.reserve(3 * text.length);
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  /** Writes a part of other bytes. */
  copy(bytes: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    copyBytes(bytes, from, to, this.bytes, this.length);
    this.length += to - from;
  }

  /**
   * Writes an integer in decimal digits.
   *
   * @param value A safe integer.
   * @param width The least number of digits, with zeros in front.
   */
  integer(value: number, width = 1): void {
    this.reserve(17 + width);
    const { bytes } = this;
    let rest = value;
    if (rest < 0) {
      bytes[this.length++] = minus;
      rest = -rest;
    }
    let digits = width;
    for (let bound = 10 ** width; rest >= bound; bound *= 10) digits++;
    const end = this.length + digits;
    for (let at = end - 1; at >= this.length; at--) {
      // Integers of 32 bits divide much faster than others.
      const tenth = rest <= 0x7fffffff ? (rest / 10) | 0 : Math.floor(rest / 10);
      bytes[at] = zero + (rest - 10 * tenth);
      rest = tenth;
    }
    this.length = end;
  }
}

/**
 * Copies bytes; most texts are shorter than what a call of `set()` takes as long for.
 *
 * @param from Holds them.
 * @param start Where they begin.
 * @param end Where they end.
 * @param to What they are copied to.
 * @param at Where they go.
 */
export function copyBytes(
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  at: number,
): void {
  if (end - start > 48) to.set(from.subarray(start, end), at);
  else for (let n = start, into = at; n < end;) to[into++] = from[n++];
}

/**
 * Texts that a function writes one after the other.
 *
 * @param count How many.
 * @param write Writes one.
 */
export function writeTexts(
  count: number,
  write: (writer: TextWriter, n: number) => void,
): Texts {
  const writer = new TextWriter();
  const [start, end] = [new Int32Array(count), new Int32Array(count)];
  for (let n = 0; n < count; n++) {
    start[n] = writer.length;
    write(writer, n);
    end[n] = writer.length;
  }
  return { bytes: writer.bytes, start, end };
}

/**
 * Texts at the places that are filled, and empty ones at the others.
 *
 * @param texts One for each filled place.
 * @param isFilled Whether each place is.
 * @param count How many places there are.
 */
export function spreadTexts(
  { bytes, start, end }: Texts,
  isFilled: (place: number) => boolean,
  count: number,
): Texts {
  const [starts, ends] = [new Int32Array(count), new Int32Array(count)];
  let next = 0;
  for (let place = 0; place < count; place++) {
    if (!isFilled(place)) continue;
    starts[place] = start[next];
    ends[place] = end[next++];
  }
  return { bytes, start: starts, end: ends };
}

/**
 * Texts that are chosen from others.
 *
 * @param texts What they are chosen from.
 * @param indices Which.
 * @throws {Damage} There is no such one.
 */
export function pickTexts({ bytes, start, end }: Texts, indices: ArrayLike<number>): Texts {
  const count = indices.length;
  const [starts, ends] = [new Int32Array(count), new Int32Array(count)];
  for (let n = 0; n < count; n++) {
    const index = indices[n];
    if (!(index < start.length)) {
      throw new Damage(`it refers to value ${index} of a dictionary of ${start.length}`);
    }
    starts[n] = start[index];
    ends[n] = end[index];
  }
  return { bytes, start: starts, end: ends, codes: { of: start, each: indices } };
}

/**
 * Where pieces of one length lie behind each other.
 *
 * @param count How many.
 * @param from Where the first begins.
 * @param length Their length.
 */
export function evenPlaces(
  count: number,
  from: number,
  length: number,
): Pick<Texts, "start" | "end"> {
  const [start, end] = [new Int32Array(count), new Int32Array(count)];
  for (let n = 0; n < count; n++) {
    start[n] = from + n * length;
    end[n] = start[n] + length;
  }
  return { start, end };
}
