/**
 * The documents that show commands, and which of these are run.
 *
 * @module
 */
import { repository } from "../repository.ts";
import { logicalLines, type ShellBlock, shellBlocks } from "./shell.ts";

/** A document with commands. */
export interface CommandDocument {
  /** Its path in the project. */
  readonly path: string;
  /** What it says. */
  readonly text: string;
  /** Its commands. */
  readonly blocks: readonly ShellBlock[];
}

/** The files of the project that git knows, by their paths. */
export const files: ReadonlyMap<string, string> = await repository();

/** Documents with commands. */
export const documents: readonly CommandDocument[] = Array.from(files.keys())
  .filter((path) => /^(README|CONTRIBUTING|docs\/[^/]*)\.md$/.test(path))
  .map((path) => ({ path, text: files.get(path)!, blocks: shellBlocks(files.get(path)!) }))
  .filter(({ blocks }) => blocks.length > 0);

/** Commands in documents that are only looked at, and why. */
export const notRun: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\.\/bandpass (test|check|docs|fuzz|bench\S*)( |$)/, "they take minutes, or run this test"],
  [/^\.ci\/run/, "it runs all tests"],
  [
    /^\.\/bandpass (encode |preprocess .*(--encode|image\.safetensors))/,
    "they need an encoder, and 480 MB of packages",
  ],
  [/^\.\/bandpass push /, "they need a database"],
  [/^\.\/bandpass mcp /, "it waits for a client; tests/cli/mcp is one"],
  [/^\.\/bandpass serve /, "it does not end; tests/cli/serve/ starts it and asks"],
  [/^deno run .*\bserve\.ts$/, "it does not end; it is started and asked below"],
];

/** Documents whose commands are only looked at: those that may be run stand in README.md too. */
const onlyLookedAt = ["CONTRIBUTING.md"];

/** The commands of a document that are run, each a line; none where they are only looked at. */
export function runLines({ path, blocks }: CommandDocument): string[] {
  if (onlyLookedAt.includes(path)) return [];
  return blocks.flatMap(({ text }) => logicalLines(text))
    .filter((line) => !notRun.some(([pattern]) => pattern.test(line)));
}
