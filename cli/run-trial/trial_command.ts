/**
 * `run-trial`: its arguments.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { Worker } from "../../lab/slurm/claims.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";

/** What `run-trial` is asked for. */
export interface TrialRequest {
  /** The folder of the trials. */
  readonly folder: string;
  /** The task that runs one. */
  readonly worker: Worker;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function trialCommand(run: (request: TrialRequest) => Promise<void>): AnyCommand {
  return createCommand("run-trial", "Run one waiting trial, as the tasks of a Slurm job do", [
    {
      purpose: "Run one, as task 3 of job 12 on the node node1",
      line: "run-trial runs/NAME --task 12_3@node1",
    },
  ])
    .argument("<folder>", "Folder of trials")
    .requiredOption("--task <task@node>", "The task, and the node that it runs on")
    .action((folder, { task: text }) => run({ folder, worker: workerOf(text) }));
}

function workerOf(text: string): Worker {
  const [, task, node] = /^(\d+_\d+)@(.+)$/.exec(text) ?? [];
  if (task !== undefined) return { task, node };
  throw new UsageError(
    `Cannot use --task "${text}": expected a job and an index in it, and a node, such as 12_3@node1`,
    "Leave it to Slurm's jobs to start this command",
  );
}
