/**
 * Files with a line of JSON an epoch, and beside them a file with the SHA-256 of each line.
 *
 * The hashes are not in the lines, for what is compared or plotted is the same as without them.
 *
 * @module
 */
import { writeFileAtomically } from "../data/atomic_file.ts";
import { readFailure } from "../data/file_failure.ts";
import { sha256 } from "../data/sha256.ts";
import { DataError } from "../errors.ts";

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
 * @param isChecked Whether their hashes are compared; runs of before have none.
 * @throws {DataError} There are fewer, or one is not what was written.
 */
export async function readLines<Line>(
  path: string,
  count: number,
  isChecked: boolean,
): Promise<Line[]> {
  if (count === 0) return [];
  const lines = (await linesOf(path)).slice(0, count);
  const hashes = isChecked ? await linesOf(hashesOf(path)) : undefined;
  if (lines.length < count) {
    throw new DataError(
      `Cannot go on with "${path}": it has ${lines.length} epochs, last.safetensors has ${count}`,
      "Train anew; the files are of different runs",
    );
  }
  return lines.map((line, n) => {
    if (hashes === undefined || hashes[n] === sha256([line])) {
      try {
        return JSON.parse(line);
      } catch (error) {
        throw damaged(path, n, (error as Error).message);
      }
    }
    throw damaged(path, n, `it has another checksum than "${hashesOf(path)}" says`);
  });
}

async function linesOf(path: string): Promise<string[]> {
  try {
    return (await Deno.readTextFile(path)).split("\n").slice(0, -1);
  } catch (error) {
    throw readFailure(path, error);
  }
}

function damaged(path: string, n: number, what: string): DataError {
  return new DataError(
    `Cannot use "${path}": line ${n + 1} is not what was written; ${what}`,
    "Copy both files again from where they were whole, or train anew",
  );
}
