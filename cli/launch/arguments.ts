/**
 * Arguments as the argument parser will read them.
 *
 * The launcher needs no more of them than what belongs to which option, and starts with every command;
 * so it does without the parser, which would take as long to load as Deno itself.
 *
 * @module
 */

/** What was typed, by what it belongs to. */
export interface Arguments {
  /** The values of each option, in their order; none for one that was not given. */
  readonly values: (option: string) => readonly string[];
  /** What belongs to no option. */
  readonly positional: readonly string[];
}

/**
 * Parts arguments.
 *
 * @param args What was typed after the command.
 * @param options The options that take a value, as help names them: `-o, --out`; with `[]` behind them
 * where the value may be left out.
 * @example
 * ```ts
 * import { parseArguments } from "./arguments.ts";
 * const { values, positional } = parseArguments(["last", "-oa.csv", "--json"], ["-o, --out"]);
 * values("-o, --out"); // ["a.csv"]
 * positional; // ["last"]
 * ```
 */
export function parseArguments(args: readonly string[], options: readonly string[]): Arguments {
  const optionOf = new Map(
    options.flatMap((option) => namesIn(option).map((name) => [name, option] as const)),
  );
  const values = new Map<string, string[]>();
  const positional: string[] = [];
  const waiting = [...args];
  while (waiting.length > 0) {
    const word = waiting.shift()!;
    if (word === "--") {
      positional.push(...waiting);
      break;
    }
    if (!isDashed(word)) {
      positional.push(word);
      continue;
    }
    const [name, attached] = word.startsWith("--") ? atEquals(word) : atValue(word, optionOf);
    const option = optionOf.get(name);
    if (option === undefined) continue;
    const takesNext = waiting.length > 0 && !(option.endsWith("[]") && isDashed(waiting[0]));
    const value = attached ?? (takesNext ? waiting.shift()! : "");
    if (value !== "") values.set(option, [...values.get(option) ?? [], value]);
  }
  return { values: (option) => values.get(option) ?? [], positional };
}

/** The names of an option, such as `-o` and `--out`. */
function namesIn(option: string): string[] {
  return option.split(/,? /).filter((name) => name.startsWith("-"));
}

function isDashed(word: string): boolean {
  return word.length > 1 && word.startsWith("-");
}

/** `--name=value`, parted. */
function atEquals(word: string): [string, string?] {
  const end = word.indexOf("=");
  return end === -1 ? [word] : [word.slice(0, end), word.slice(end + 1)];
}

/** `-abovalue`, parted at the first letter that takes a value; those before it are switches. */
function atValue(word: string, optionOf: ReadonlyMap<string, string>): [string, string?] {
  for (let n = 1; n < word.length; n++) {
    const name = `-${word[n]}`;
    if (optionOf.has(name)) return n + 1 < word.length ? [name, word.slice(n + 1)] : [name];
  }
  return [word];
}
