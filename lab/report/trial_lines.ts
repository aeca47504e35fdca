/**
 * The trials of a tune or a study, as its folder tells of them.
 *
 * @module
 */
import { from, op } from "arquero";
import { exists } from "../../data/exists.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { DataError } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";

/** What names a step. */
const keys = ["number", "rung"];

/** Bytes that the lines of all trials have at most. */
const mostBytes = 1 << 28;

/** A trial that was taken a step further, as a line of `trials.ndjson` has it; a study adds labels. */
export interface TrialLine {
  /** Its number. */
  readonly number: number;
  /** Its model. */
  readonly model: string;
  /** Its seed. */
  readonly seed: number;
  /** Its settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** How often it was taken further before. */
  readonly rung: number;
  /** Epochs that it had at most. */
  readonly most_epochs: number;
  /** How it ended. */
  readonly status: string;
  /** Epochs that were trained. */
  readonly epochs: number;
  /** Why it ended. */
  readonly reason: string;
  /** The epoch of the best validation score; `null` where it failed. */
  readonly best_epoch: number | null;
  /** Metrics of that epoch on the validation split; `null` where it failed. */
  readonly validation: Metrics | null;
  /** The variant of a study. */
  readonly variant?: string;
  /** Seconds that the step took; nothing where that is not known. */
  readonly seconds?: number;
  /** Bytes of GPU memory that it took; 0 or nothing where that is not known. */
  readonly gpu_bytes?: number;
}

/**
 * Reads them, with what they took.
 *
 * @param folder The folder of the tune or study.
 * @returns A line a step, by number and rung; none where no trial has ended yet.
 * @throws {DataError} A line is not what was written.
 */
export async function readTrialLines(folder: string): Promise<TrialLine[]> {
  const lines = await linesOf(`${folder}/trials.ndjson`, isTrialLine);
  const times = await linesOf(`${folder}/times.ndjson`, isTimeLine);
  if (lines.length === 0 || times.length === 0) return lines as unknown as TrialLine[];
  return from(lines).join_left(from(times), [keys, keys]).objects() as TrialLine[];
}

/**
 * The last step of each trial.
 *
 * @param lines All steps.
 */
export function lastSteps(lines: readonly TrialLine[]): TrialLine[] {
  if (lines.length === 0) return [];
  const last = from([...lines]).groupby("number").rollup({ rung: op.max("rung") })
    .objects() as { number: number; rung: number }[];
  const kept = new Set(last.map(({ number, rung }) => `${number} ${rung}`));
  return lines.filter(({ number, rung }) => kept.has(`${number} ${rung}`));
}

function isTrialLine(line: Record<string, unknown>): boolean {
  const { number, model, settings, rung, status, validation } = line;
  return Number.isInteger(number) && Number.isInteger(rung) && typeof model === "string" &&
    typeof status === "string" && typeof settings === "object" && settings !== null &&
    typeof validation === "object";
}

function isTimeLine({ number, rung, seconds }: Record<string, unknown>): boolean {
  return Number.isInteger(number) && Number.isInteger(rung) && typeof seconds === "number";
}

async function linesOf(
  path: string,
  isLine: (line: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>[]> {
  if (!await exists(path)) return [];
  const texts = (await readTextFile(path, mostBytes)).split("\n").filter((text) => text !== "");
  return texts.map((text, n) => {
    try {
      const line: Record<string, unknown> = Object(JSON.parse(text));
      if (isLine(line)) return line;
    } catch {
      // It is told below.
    }
    throw new DataError(
      `Cannot read "${path}": line ${n + 1} is not what was written`,
      "Restore it from an intact copy, or run the command again that wrote it",
    );
  });
}
