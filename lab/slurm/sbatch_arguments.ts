/**
 * Arguments for `sbatch` that a user may give: time, memory, GPUs, partition, account and so on.
 *
 * @module
 */
import { UsageError, type Wording } from "../../errors.ts";

/** Options that say how tasks are started and found again, which is not for the user to change. */
const taken = [
  ...["--array", "--chdir", "--clusters", "--error", "--open-mode", "--output", "--parsable"],
  ...["--test-only", "--wait", "--wrap", "-a", "-D", "-e", "-M", "-o", "-W"],
];

/**
 * The arguments in texts, parted by spaces.
 *
 * @param texts What the user gave.
 * @throws {UsageError} One is no option, or one that is not for the user to change.
 * @example
 * ```ts
 * import { sbatchArguments } from "./sbatch_arguments.ts";
 * sbatchArguments(["--time=2:00:00 --gres=gpu:1"]); // ["--time=2:00:00", "--gres=gpu:1"]
 * ```
 */
export function sbatchArguments(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => text.split(/\s+/)).filter((word) => word !== "");
  const name = (setting: Wording["setting"]) => setting("sbatch_args");
  for (const word of words) {
    if (!/^(--[a-z]|-[A-Za-z])/.test(word)) {
      throw new UsageError(
        ({ setting }) => `Cannot use "${word}" in ${name(setting)}: it is no option of sbatch`,
        'Write an option and its value as one word, such as "--partition=gpu"',
      );
    }
    const option = word.startsWith("--") ? word.split("=")[0] : word.slice(0, 2);
    // Slurm takes the beginning of a long option for it.
    const isTaken = taken.some((one) => one === option || isBeginning(option, one));
    if (!isTaken) continue;
    throw new UsageError(
      ({ setting }) =>
        `Cannot use "${option}" in ${
          name(setting)
        }: how tasks are started and found again is not ` +
        "for you to change",
      "Leave it out",
    );
  }
  return words;
}

/** Whether a word may stand for a long option, and is long enough to stand for few others. */
function isBeginning(word: string, option: string): boolean {
  return word.length >= "--ar".length && option.startsWith("--") && option.startsWith(word);
}
