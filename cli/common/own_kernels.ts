/**
 * The variants of kernels that `doctor --tune` has found fastest on this machine, by the adapter's name.
 *
 * @module
 */
import { dirname } from "node:path";
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { exists } from "../../data/exists.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { isObject } from "../../data/is_object.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { removeIfThere } from "../../data/remove_if_there.ts";
import { DataError } from "../../errors.ts";
import { type KernelChoices, parseChoices } from "../../gpu/kernel_choices.ts";
import { cacheFolder } from "./graph_cache.ts";
import { programName } from "./program_name.ts";

/** The file, in the project's folder. */
export const ownKernelsFile = `${cacheFolder}/kernels.json`;

/** Far more than a table of all adapters that a machine may have. */
const mostBytes = 1 << 16;

/** Variants by the names of adapters. */
export type OwnKernels = Readonly<Record<string, KernelChoices>>;

/**
 * Reads the table.
 *
 * @param file The file.
 * @returns The table; an empty one where there is none.
 * @throws {DataError} It is not what `doctor --tune` writes.
 */
export async function readOwnKernels(file: string = ownKernelsFile): Promise<OwnKernels> {
  if (!await exists(file)) return {};
  const table = parsed(await readTextFile(file, mostBytes));
  if (table !== undefined) return table;
  throw new DataError(
    `Cannot use "${file}": expected variants of kernels that this version has, by the names of adapters`,
    `Measure again with ${programName()} doctor --tune, or go back to the shipped kernels with ` +
      `${programName()} doctor --forget`,
  );
}

function parsed(text: string): OwnKernels | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (!isObject(found)) return undefined;
    const entries = Object.entries(found).map(([name, value]) => [name, parseChoices(value)]);
    if (entries.some(([, choices]) => choices === undefined)) return undefined;
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

/**
 * Keeps what was measured on an adapter beside what is known of others.
 *
 * @param adapter The adapter's name.
 * @param kernels The variants.
 * @param file The file.
 * @throws {BandpassError} It cannot be written.
 */
export async function keepOwnKernels(
  adapter: string,
  kernels: KernelChoices,
  file: string = ownKernelsFile,
): Promise<void> {
  // A table that cannot be used is replaced.
  const others = await readOwnKernels(file).catch((error) => {
    if (error instanceof DataError) return {};
    throw error;
  });
  await Deno.mkdir(dirname(file), { recursive: true }).catch((error) => {
    throw writeFailure(file, error);
  });
  await writeFileAtomically(
    file,
    `${JSON.stringify({ ...others, [adapter]: kernels }, null, 2)}\n`,
  );
}

/**
 * Goes back to the shipped kernels, on all adapters.
 *
 * @param file The file.
 * @returns Whether there was a table.
 */
export async function forgetOwnKernels(file: string = ownKernelsFile): Promise<boolean> {
  const isThere = await exists(file);
  await removeIfThere(file);
  return isThere;
}
