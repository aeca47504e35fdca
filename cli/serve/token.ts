/**
 * The token that requests have to have: from a file or the environment, and never an argument, which everybody on the
 * machine can read.
 *
 * @module
 */
import { readTextFile } from "../../data/regular_file.ts";
import { DataError, UsageError } from "../../errors.ts";
import { isLoopback, type ListenAddress } from "../common/listen_address.ts";
import { programName } from "../common/program_name.ts";
import { tokenVariable } from "../launch/token_variable.ts";

/** A shorter one could be guessed. */
const shortest = 16;

/** A longer file is no token. */
const longest = 4096;

const make = "Make one: head -c 32 /dev/urandom | base64 > token.txt";

/**
 * Reads the token.
 *
 * @param address Where the server listens.
 * @param file The file that has it.
 * @returns Nothing where there is none, and none is needed.
 * @throws {UsageError} None was given, and other machines reach the server.
 * @throws {DataError} It is none.
 */
export async function readToken(
  { host }: ListenAddress,
  file: string | undefined,
): Promise<string | undefined> {
  const variable = Deno.env.get(tokenVariable);
  if (file !== undefined && variable !== undefined) {
    throw new UsageError(
      `Cannot take a token both from "${file}" and from ${tokenVariable}`,
      "Leave one of them out",
    );
  }
  const text = file === undefined ? variable : await readTextFile(file, longest);
  if (text === undefined) {
    if (isLoopback(host)) return undefined;
    throw new UsageError(
      `Cannot serve at ${host} without a token: other machines reach it`,
      `Add --token-file FILE, or serve this machine alone: ${programName()} serve RUN. ${make}`,
    );
  }
  const token = text.trim();
  if (token.length >= shortest && token.length <= longest && /^[\x21-\x7e]+$/.test(token)) {
    return token;
  }
  throw new DataError(
    `Cannot use the token of ${file === undefined ? tokenVariable : `"${file}"`}: expected ` +
      `${shortest} characters or more, printable and without spaces`,
    make,
  );
}
