/**
 * The dictionary of Python in front of a `.npy` file's values:
 * `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { excerpt } from "./excerpt.ts";

/**
 * What a key of the dictionary has: of the first place alone and from its beginning on, for a search of
 * all places takes the square of the time where a header is one key over and over.
 *
 * @param text The dictionary.
 * @param key The key.
 * @param value What its value looks like, from its beginning; the first group is what is wanted.
 * @example
 * ```ts
 * import { entryIn } from "./npy_header.ts";
 * entryIn("{'descr': '<f4', }", "descr", /^('[^']*')/); // "'<f4'"
 * ```
 */
export function entryIn(text: string, key: string, value: RegExp): string | undefined {
  const place = text.indexOf(`'${key}':`);
  return place < 0 ? undefined : value.exec(text.slice(place + key.length + 3).trimStart())?.[1];
}

/**
 * Refuses a dictionary that is none, or has another set of keys than a `.npy` file's: what NumPy reads
 * of it is another array than what the first of two keys says.
 *
 * @param text The dictionary.
 * @param path The file, for messages.
 * @throws {DataError} A key is missing or there twice, or something is around the dictionary.
 * @example
 * ```ts
 * import { assertDictionary } from "./npy_header.ts";
 * assertDictionary("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }", "a.npy");
 * ```
 */
export function assertDictionary(text: string, path: string): void {
  const bare = text.trim();
  const isWhole = bare.startsWith("{") && bare.endsWith("}") &&
    ["descr", "fortran_order", "shape"].every((key) => {
      const place = bare.indexOf(`'${key}':`);
      return place >= 0 && place === bare.lastIndexOf(`'${key}':`);
    });
  if (isWhole) return;
  throw new DataError(
    `Cannot read "${path}": found the header "${
      excerpt(bare)
    }", expected one dictionary with descr, ` +
      "fortran_order and shape once each",
    "Write the file again with numpy.save",
  );
}

/**
 * The shape of a dictionary.
 *
 * @param text The dictionary.
 * @param path The file, for messages.
 * @throws {DataError} It is no tuple of sizes whose product is exact.
 * @example
 * ```ts
 * import { shapeIn } from "./npy_header.ts";
 * shapeIn("{'shape': (3, 4), }", "a.npy"); // [3, 4]
 * ```
 */
export function shapeIn(text: string, path: string): number[] {
  const tuple = entryIn(text, "shape", /^\(([^)]*)\)/);
  const lengths = tuple?.trim() === "" ? [] : tuple?.replace(/,\s*$/, "").split(",");
  // Python 2 wrote 3L.
  const shape = lengths?.map((length) => /^\s*\d+L?\s*$/.test(length) ? parseInt(length) : NaN);
  let size = 1;
  if (shape?.every((length) => Number.isSafeInteger(size *= length))) return shape;
  const found = excerpt(tuple ?? text.trim());
  throw new DataError(
    `Cannot read "${path}": found the shape "${found}", expected sizes as in (3, 4)`,
    "Write the file again with numpy.save",
  );
}
