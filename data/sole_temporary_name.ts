/**
 * The temporary name of a process that may write one file, and no other beside it.
 *
 * Deno's permissions know names and no patterns. So whoever gives a program the permission to write a
 * file gives it this name too; this module imports nothing, so that the launcher of the command line
 * starts in no time.
 *
 * @module
 */

/**
 * The temporary name of a file that is written where no random name is allowed.
 *
 * @param path The file.
 * @example
 * ```ts
 * import { soleTemporaryName } from "./sole_temporary_name.ts";
 * soleTemporaryName("a.csv"); // "a.csv.0000000000000000.tmp"
 * ```
 */
export function soleTemporaryName(path: string): string {
  return `${path}.${"0".repeat(16)}.tmp`;
}
