/**
 * The arguments of a program that measures, its help, and its failures told as those of all other commands.
 *
 * @module
 */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { integer } from "../cli/common/integer_option.ts";
import { reportError } from "../cli/common/report_error.ts";
import { UsageError } from "../errors.ts";

/**
 * Reads a program's arguments. With --help it prints the head of the program's file and ends. From then on a failure
 * of the user's is told without a stack trace.
 *
 * @param url The program's own (`import.meta.url`).
 * @param config Its options, as `parseArgs()` of node:util takes them.
 */
export function benchArguments<Config extends ParseArgsConfig>(
  url: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    Deno.exit(reportError(event.reason));
  });
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(headOf(Deno.readTextFileSync(new URL(url))));
    Deno.exit();
  }
  try {
    return parseArgs(config);
  } catch (error) {
    // "Unknown option '--epoch'. To specify a positional argument …"
    const [message] = (error as Error).message.split(". ");
    Deno.exit(reportError(new UsageError(message, "Give --help, which says what there is")));
  }
}

/**
 * The comment at the head of a program, which says what it measures and how it is used.
 *
 * @param source The program's text.
 */
export function headOf(source: string): string {
  const [comment] = source.split("*/");
  return comment.replace("/**", "").replaceAll(/^ \* ?/gm, "").replace("@module", "").trim();
}

/**
 * A count among the options.
 *
 * @param option Its name.
 * @param text What was written.
 * @param most The most that it may be.
 * @throws {UsageError} It is not such a number.
 */
export function count(option: string, text: string, most = 1e9): number {
  return integer(option, text, most, "Give --help, which says what it is");
}
