/**
 * Slurm, by its own programs: `sbatch` submits, `squeue` tells what became of it, `scancel` ends it.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import { BandpassError, type Message, type Wording } from "../../errors.ts";

/** A task of an array job that waits or runs. */
export interface SlurmTask {
  /** Its name, such as `12_3`: the job, and its index in it. */
  readonly name: string;
  /** The job. */
  readonly job: string;
  /** Whether it runs, or did a moment ago; else it waits, for the first time or again. */
  readonly isRunning: boolean;
  /** Why it waits, in Slurm's word. */
  readonly reason: string;
  /** The folder that it was submitted to work in. */
  readonly folder: string;
}

/** An array job. */
export interface SlurmJob {
  /** The absolute folder that its tasks work in, by which they are found again. */
  readonly folder: string;
  /** What lists of jobs call it. */
  readonly name: string;
  /** How many tasks it has. */
  readonly tasks: number;
  /** Where the output of a task goes, `%A` and `%a` standing for its job and its index. */
  readonly output: string;
  /** The shell script that each task runs. */
  readonly script: string;
  /** Further arguments of `sbatch`. */
  readonly arguments: readonly string[];
}

/** What the engine asks of Slurm. */
export interface Slurm {
  /** Submits a job, and gives its number. */
  readonly submit: (job: SlurmJob) => Promise<string>;
  /** All tasks of this user that wait or run. */
  readonly tasks: () => Promise<SlurmTask[]>;
  /** Cancels jobs; those that have ended are none of it. */
  readonly cancel: (jobs: readonly string[]) => Promise<void>;
}

/** Seconds after which a program that does not end has failed: it waits for Slurm that long itself. */
const mostSeconds = 120;

/** The parts of a line of `squeue`; what may hold the mark itself stands last. */
const format = "%F|%K|%T|%r|%Z";

/** States of tasks that wait, for the first time or because they are to run once more. */
const waits = /^(PENDING|REQUEUE|SPECIAL_EXIT)/;

const toCluster = ({ setting }: Wording) =>
  `Run it on a machine that submits jobs to your cluster, or run the trials on this one, with ${
    setting("engine", "local")
  }`;

/** Slurm as this machine reaches it. Each of them throws a {@linkcode BandpassError} that says what Slurm says. */
export const slurmPrograms: Slurm = {
  async submit(job) {
    const options = [
      "--parsable",
      `--array=0-${job.tasks - 1}`,
      `--job-name=${job.name}`,
      `--chdir=${job.folder}`,
      `--output=${job.output}`,
      "--open-mode=append",
      "--requeue",
    ];
    const refused = "Correct what it refuses, and run the same command again";
    const said = await answer("sbatch", [...options, ...job.arguments], refused, job.script);
    const number = /^(\d+)(;.*)?$/m.exec(said)?.[1];
    if (number !== undefined) return number;
    throw new BandpassError(
      `Cannot follow a job: sbatch gave no number, but "${excerpt(said.trim())}"`,
      "Look for it with squeue, and end it with scancel",
    );
  },
  async tasks() {
    const options = ["--noheader", "--array", "--me", `--format=${format}`];
    const lines = (await answer("squeue", options, toCluster)).split("\n");
    return lines.filter((line) => line !== "").map((line) => {
      const [job, index, state, reason, ...folder] = line.split("|");
      return {
        ...{ name: `${job}_${index}`, job, reason, folder: folder.join("|") },
        isRunning: !waits.test(state),
      };
    });
  },
  async cancel(jobs) {
    await answer("scancel", jobs, `End them yourself: scancel ${jobs.join(" ")}`);
  },
};

/** What a program prints. */
async function answer(
  program: string,
  args: readonly string[],
  nextStep: Message,
  input = "",
): Promise<string> {
  const { code, signal, stdout, stderr } = await ended(program, args, input);
  const text = new TextDecoder();
  if (code === 0) return text.decode(stdout);
  const said = text.decode(stderr).trim().split("\n").filter((line) => line !== "").join("; ");
  const reason = said === ""
    ? signal === "SIGTERM"
      ? `it did not answer within ${mostSeconds} s`
      : `it ended with exit code ${code} and said nothing`
    : excerpt(said, 600);
  throw new BandpassError(`${program} failed: ${reason}`, nextStep);
}

async function ended(program: string, args: readonly string[], input: string) {
  try {
    const process = new Deno.Command(program, {
      args: [...args],
      ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
      // Deno starts no program with libraries of the user's choice, unless it may start any.
      env: { LD_LIBRARY_PATH: "", LD_PRELOAD: "" },
      signal: AbortSignal.timeout(mostSeconds * 1000),
    }).spawn();
    const writer = process.stdin.getWriter();
    // Who refuses its arguments does not read what comes after them.
    await writer.write(new TextEncoder().encode(input)).then(() => writer.close()).catch(() => {});
    return await process.output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BandpassError(
      `Cannot run trials on Slurm: "${program}" is not installed here, or not on the PATH`,
      toCluster,
    );
  }
}
