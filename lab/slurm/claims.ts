/**
 * Who runs which step: a file for each step that a task has taken, which no second task can make.
 *
 * A file is made by the file system as a whole or not at all (`O_EXCL`, which NFS 3 and later keep too). Whether a
 * task is still alive is for whoever asks Slurm to tell, and only that one takes a claim away.
 *
 * @module
 */
import { writeFailure } from "../../data/file_failure.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { removeIfThere } from "../../data/remove_if_there.ts";
import { stepName } from "../trials/outcome_file.ts";
import type { TrialStep } from "../trials/trial.ts";

/** What a claim has at most. */
const mostBytes = 1 << 12;

/** Who runs a step. */
export interface Worker {
  /** The task of an array job, such as `12_3`. */
  readonly task: string;
  /** The node that it runs on. */
  readonly node: string;
}

/** What stands in a claim. */
export interface Claim extends Worker {
  /** Since when, as ISO 8601. */
  readonly since: string;
}

const claimsFolder = (folder: string) => `${folder}/slurm/claims`;
const claimPath = (folder: string, step: Pick<TrialStep, "number" | "rung">) =>
  `${claimsFolder(folder)}/${stepName(step)}.json`;

/**
 * Takes a step, if no other task has it. A task that Slurm has started again has what it had before.
 *
 * @param folder The folder of all trials.
 * @param step The step.
 * @param worker Who takes it.
 * @returns Whether it is the worker's.
 * @throws {BandpassError} The claim cannot be written.
 */
export async function claimStep(
  folder: string,
  step: TrialStep,
  { task, node }: Worker,
): Promise<boolean> {
  const path = claimPath(folder, step);
  await Deno.mkdir(claimsFolder(folder), { recursive: true });
  const since = new Date().toISOString();
  try {
    await Deno.writeTextFile(path, `${JSON.stringify({ task, node, since })}\n`, {
      createNew: true,
    });
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw writeFailure(path, error);
    return (await readClaim(path))?.task === task;
  }
}

/**
 * Gives a step free, if it still is whose it was.
 *
 * @param folder The folder of all trials.
 * @param step The step.
 * @param task Whose it was; nothing for a claim that does not say so.
 */
export async function releaseStep(
  folder: string,
  step: TrialStep,
  task: string | undefined,
): Promise<void> {
  const path = claimPath(folder, step);
  if ((await readClaim(path))?.task === task) await removeIfThere(path);
}

/**
 * Who has which step.
 *
 * @param folder The folder of all trials.
 * @param steps The steps that are asked for.
 * @returns Claims by the names of steps; `undefined` for one that does not say whose it is, since its task was
 * killed before it had written that, or has just made it.
 */
export async function readClaims(
  folder: string,
  steps: Iterable<TrialStep>,
): Promise<Map<string, Claim | undefined>> {
  const names = new Set<string>();
  await Deno.mkdir(claimsFolder(folder), { recursive: true });
  for await (const { name } of Deno.readDir(claimsFolder(folder))) names.add(name);
  const claims = new Map<string, Claim | undefined>();
  for (const step of steps) {
    const name = stepName(step);
    if (names.has(`${name}.json`)) claims.set(name, await readClaim(claimPath(folder, step)));
  }
  return claims;
}

async function readClaim(path: string): Promise<Claim | undefined> {
  try {
    const { task, node, since } = JSON.parse(await readTextFile(path, mostBytes));
    return [task, node, since].every((part) => typeof part === "string")
      ? { task, node, since }
      : undefined;
  } catch {
    return undefined;
  }
}
