/**
 * The steps that wait to be run, a line each, in the order in which tasks take them: `slurm/manifest.ndjson`.
 *
 * @module
 */
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { beginAnew, checkedJsonText, parseCheckedJson } from "../../training/checked_json.ts";
import type { TrialStep } from "../trials/trial.ts";

const keys = ["number", "rung", "epochs", "trial"] as const;

/** Bytes that a manifest has at most. */
const mostBytes = 1 << 28;

const manifestPath = (folder: string) => `${folder}/slurm/manifest.ndjson`;

/**
 * Writes the manifest, whole.
 *
 * @param folder The folder of all trials; its `slurm/` must exist.
 * @param steps The steps.
 */
export async function writeManifest(folder: string, steps: readonly TrialStep[]): Promise<void> {
  const lines = steps.map(({ number, rung, epochs, trial }) =>
    JSON.stringify(JSON.parse(checkedJsonText({ number, rung, epochs, trial })))
  );
  await writeFileAtomically(manifestPath(folder), lines.map((line) => `${line}\n`).join(""));
}

/**
 * Reads the manifest.
 *
 * @param folder The folder of all trials.
 * @throws {DataError} There is none, or it is damaged.
 */
export async function readManifest(folder: string): Promise<TrialStep[]> {
  const path = manifestPath(folder);
  const lines = (await readTextFile(path, mostBytes)).split("\n").filter((line) => line !== "");
  return lines.map((line) =>
    parseCheckedJson(line, path, keys, { otherwise: beginAnew }) as unknown as TrialStep
  );
}
