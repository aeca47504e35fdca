/**
 * Files with a line of JSON an epoch, and beside them a file with the SHA-256 of each line.
 *
 * The hashes are not in the lines, for what is compared or plotted is the same as without them.
 *
 * @module
 */
import { writeFileAtomically } from "../data/atomic_file.ts";
import { excerpt } from "../data/excerpt.ts";
import { exists } from "../data/exists.ts";
import { readTextFile } from "../data/regular_file.ts";
import { sha256 } from "../data/sha256.ts";
import { DataError } from "../errors.ts";

/** Bytes that the lines of all epochs have at most. */
const mostBytes = 1 << 28;

/** The file of the hashes. */
const hashesOf = (path: string) => path.replace(/\.jsonl$/, ".sha256");

/**
 * Writes a line for each value, whole, and then the hashes.
 *
 * @param path A file whose name ends in `.jsonl`.
 * @param values What the lines say.
 */
export async function writeLines(path: string, values: readonly unknown[]): Promise<void> {
  const lines = values.map((value) => JSON.stringify(value));
  await writeFileAtomically(path, lines.map((line) => `${line}\n`).join(""));
  await writeFileAtomically(hashesOf(path), lines.map((line) => `${sha256([line])}\n`).join(""));
}

/**
 * Reads the first lines. Those after them may be of an epoch that a killed process did not save.
 *
 * @param path A file of {@linkcode writeLines}.
 * @param count How many.
 * @param isLine Whether a value is what a line says.
 * @param isChecked Whether their hashes are compared; runs of before have none.
 * @throws {DataError} There are fewer, or one is not what was written.
 */
export async function readLines<Line extends { readonly epoch: number }>(
  path: string,
  count: number,
  isLine: (value: unknown) => value is Line,
  isChecked: boolean,
): Promise<Line[]> {
  if (count === 0) return [];
  const lines = (await linesOf(path)).slice(0, count);
  const hashes = isChecked ? await linesOf(hashesOf(path)) : undefined;
  if (lines.length < count) {
    throw new DataError(
      `Cannot resume "${path}": it has ${lines.length} epochs, last.safetensors has ${count}`,
      "Train again; the files belong to different runs",
    );
  }
  return lines.map((line, n) => {
    if (hashes !== undefined && hashes[n] !== sha256([line])) {
      throw damaged(path, n, `its checksum is not the one in "${hashesOf(path)}"`);
    }
    const found = parsed(line);
    if (isLine(found) && found.epoch === n + 1) return found;
    throw damaged(path, n, `it does not belong to epoch ${n + 1}: ${excerpt(line)}`);
  });
}

/**
 * How many lines there are; none where there is no such file.
 *
 * @param path A file of {@linkcode writeLines}.
 */
export async function countLines(path: string): Promise<number> {
  return await exists(path) ? (await linesOf(path)).length : 0;
}

async function linesOf(path: string): Promise<string[]> {
  return (await readTextFile(path, mostBytes)).split("\n").filter((line) => line !== "");
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function damaged(path: string, n: number, what: string): DataError {
  return new DataError(
    `Cannot use "${path}": line ${n + 1} has changed since it was written; ${what}`,
    "Restore both files from intact copies, or train again",
  );
}
