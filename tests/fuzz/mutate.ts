/**
 * Damage to files: the kinds that disks, editors and enemies do.
 *
 * @module
 */

/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** Bytes that a damaged part has at most. */
const mostBytes = 1 << 18;

/** Numbers that readers trip over, as text. */
const numbers = [
  ...["0", "-0", "-1", "1.5", "1e400", "1e-400", "NaN", "Infinity", "null", "true", ""],
  ...["9007199254740993", "99999999999999999999999999", "2147483648", "4294967295", "0x10", "٣"],
];

/** Text that readers of any format trip over. */
const anyTokens = [
  ...["\n", "\r", "\r\n", "\t", ",", ";", "|", '"', '""', "'", "\\", "\0", "\ufeff", "\u2028"],
  ...["[", "]", "{", "}", "(", ")", ":", " ", "é", "😀", "\\u0000", "\\ud800", "__proto__"],
  ...["toString", "constructor", "[[[[[[[[", '{"a":{"a":{"a":', "null", "undefined", "#", "-"],
];

const encoder = new TextEncoder();
const below = (random: Random, n: number) => Math.floor(n * random());
const oneOf = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function repeated(part: Uint8Array, random: Random): Uint8Array {
  // Mostly a few, at times so many that whatever takes the square of them shows.
  const most = random() < 0.02 ? mostBytes / 4 : 64;
  const count = Math.min(1 + below(random, most), Math.floor(mostBytes / 4 / (part.length || 1)));
  return joined(...Array.from({ length: count }, () => part));
}

/** A range of bytes; short ones mostly. */
function range(bytes: Uint8Array, random: Random): [number, number] {
  const from = below(random, bytes.length + 1);
  const most = random() < 0.7 ? 8 : bytes.length;
  return [from, Math.min(bytes.length, from + below(random, most + 1))];
}

/** A run of digits, with a sign and a point where it has them. */
function numberRange(bytes: Uint8Array, random: Random): [number, number] | undefined {
  const isPart = (at: number) => bytes[at] >= 45 && bytes[at] <= 57 && bytes[at] !== 47;
  const start = below(random, bytes.length);
  for (let n = 0; n < bytes.length; n++) {
    let from = (start + n) % bytes.length;
    if (!isPart(from)) continue;
    let to = from;
    while (from > 0 && isPart(from - 1)) from--;
    while (to < bytes.length && isPart(to)) to++;
    return [from, to];
  }
  return undefined;
}

/**
 * Bytes with one damage.
 *
 * @param bytes What is damaged; it stays as it is.
 * @param random Decides on the damage.
 * @param tokens Pieces of text of its format.
 */
export function damaged(
  bytes: Uint8Array,
  random: Random,
  tokens: readonly string[],
): Uint8Array {
  const [from, to] = range(bytes, random);
  const replace = (part: Uint8Array, end = to, start = from) =>
    joined(bytes.subarray(0, start), part, bytes.subarray(end));
  const token = () => encoder.encode(oneOf(random, random() < 0.6 ? tokens : anyTokens));
  switch (below(random, 10)) {
    case 0: { // A bit.
      const copy = bytes.slice();
      if (copy.length > 0) copy[below(random, copy.length)] ^= 1 << below(random, 8);
      return copy;
    }
    case 1: // Bytes of any kind.
      return replace(Uint8Array.from({ length: to - from }, () => below(random, 256)));
    case 2: // The end is lost.
      return bytes.slice(0, from);
    case 3: // A piece is lost.
      return replace(new Uint8Array(0));
    case 4: // A piece comes twice, or many times.
      return replace(repeated(bytes.slice(from, to), random));
    case 5: { // A piece from elsewhere in the file.
      const [first, last] = range(bytes, random);
      return replace(bytes.slice(first, last));
    }
    case 6: { // Another number.
      const [start, end] = numberRange(bytes, random) ?? [from, to];
      return replace(encoder.encode(oneOf(random, numbers)), end, start);
    }
    case 7: // A token in between.
      return replace(token(), from);
    case 8: // A token in the place of something.
      return replace(token());
    default: // A token over and over.
      return replace(random() < 0.3 ? repeated(token(), random) : token(), from);
  }
}

/**
 * The file of a case: the parts of a sound one, damaged before they are joined, after it, or both, so
 * that lengths in front of parts are right mostly; at times no file at all but noise.
 *
 * @param parts The parts of a sound file.
 * @param join Makes a file of them.
 * @param random Decides on everything.
 * @param tokens Pieces of text of its format.
 */
export function mutated(
  parts: readonly Uint8Array[],
  join: (parts: readonly Uint8Array[]) => Uint8Array,
  random: Random,
  tokens: readonly string[],
): Uint8Array {
  if (random() < 0.02) {
    return Uint8Array.from({ length: below(random, 300) }, () => below(random, 256));
  }
  const others = [...parts];
  const isWhole = random() < 0.25;
  // One damage mostly: several hide behind the first that is found.
  for (let n = random() < 0.7 ? 1 : 1 + below(random, 5); n > 0; n--) {
    const part = below(random, others.length);
    others[part] = damaged(others[part], random, tokens).subarray(0, mostBytes);
  }
  const file = join(others);
  return isWhole ? damaged(file, random, tokens) : file;
}
