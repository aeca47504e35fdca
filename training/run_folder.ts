/**
 * The folder of a run: `run.json`, `config.json`, `environment.json`, `metrics.jsonl`,
 * `best.safetensors`, `last.safetensors`, `result.json` once it has ended, and `diagnostics.jsonl` of
 * models that tell of their inside.
 *
 * @module
 */
import { openChecked, streamChecked } from "../data/checked_safetensors.ts";
import { writeFolder } from "../data/atomic_folder.ts";
import { exists, isTaken } from "../data/exists.ts";
import { writeFailure } from "../data/file_failure.ts";
import { readTextFile } from "../data/regular_file.ts";
import { removeIfThere } from "../data/remove_if_there.ts";
import type { SafetensorsReader, SafetensorsStream } from "../data/safetensors.ts";
import { BandpassError, DataError, UsageError } from "../errors.ts";
import { configurationText } from "./configuration.ts";
import { mostConfigBytes } from "./configuration_file.ts";
import {
  type DiagnosticLine,
  type EpochLine,
  isDiagnosticLine,
  isEpochLine,
} from "./epoch_line.ts";
import { countLines, readLines, writeLines } from "./line_file.ts";
import { refuseLostState } from "./lost_state.ts";
import { missingRun } from "./missing_run.ts";
import { writeResult } from "./result_file.ts";
import { isLocked, lockRun, type RunLock } from "./run_lock.ts";
import { parseRecord, recordText, runKey, type RunRecord } from "./run_record.ts";
import type { RunResult } from "./run_result.ts";
import type { TrainingStore } from "./training_store.ts";

/** The files of a run. */
export class RunFolder implements TrainingStore {
  /**
   * A folder that exists, or is about to be made.
   *
   * @param path The folder.
   * @param record What it is bound to; nothing for a run of before there were records.
   */
  constructor(readonly path: string, readonly record?: RunRecord) {}

  /**
   * Opens the folder of a run.
   *
   * @param path The folder.
   * @throws {DataError} What it is bound to cannot be read.
   */
  static async open(path: string): Promise<RunFolder> {
    const file = `${path}/run.json`;
    if (!await exists(file)) return new RunFolder(path);
    return new RunFolder(path, parseRecord(await readTextFile(file, mostConfigBytes), file));
  }

  /**
   * Refuses a folder that exists.
   *
   * @param path The folder of a run that is to be made.
   * @throws {UsageError} It exists already.
   */
  static async assertFree(path: string): Promise<void> {
    if (!await isTaken(path)) return;
    // What was computed in one go has no state to go on from.
    const isResumable = await exists(`${path}/last.safetensors`);
    throw new UsageError(
      `Cannot create the run: "${path}" already exists`,
      ({ command }) =>
        "Give another name" +
        (isResumable ? `, or resume it with: ${command("train", { resume: path })}` : ""),
    );
  }

  /**
   * Makes a new folder, with the configuration in it.
   *
   * @param path The folder.
   * @param record What it is bound to.
   * @param environment What the run runs on.
   * @throws {UsageError} It exists already.
   * @throws {BandpassError} It cannot be written.
   */
  static async create(
    path: string,
    record: RunRecord,
    environment: Readonly<Record<string, unknown>>,
  ): Promise<RunFolder> {
    await RunFolder.assertFree(path);
    await writeFolder(path.replace(/(?<=.)\/+$/, ""), {
      "run.json": recordText(record),
      "environment.json": `${JSON.stringify(environment, null, 2)}\n`,
      "config.json": configurationText(record.configuration),
    }).catch(async (error) => {
      // Another process may have made it meanwhile.
      await RunFolder.assertFree(path);
      throw error;
    });
    return new RunFolder(path, record);
  }

  /**
   * Keeps other processes from training the run.
   *
   * @throws {BandpassError} One is training it.
   */
  async lock(): Promise<RunLock> {
    return await lockRun(this.path, this.#lockedFile);
  }

  /** Whether a process is training the run. */
  async isTraining(): Promise<boolean> {
    return await isLocked(this.#lockedFile);
  }

  get #lockedFile(): string {
    return `${this.path}/${this.record === undefined ? "config.json" : "run.json"}`;
  }

  /**
   * The text of `config.json`.
   *
   * @throws {DataError} This is not the folder of a run.
   */
  async configuration(): Promise<string> {
    const path = `${this.path}/config.json`;
    if (!await exists(path)) throw await missingRun(this.path);
    return await readTextFile(path, mostConfigBytes);
  }

  /**
   * Writes `metrics.jsonl`, whole.
   *
   * @param lines A line an epoch.
   */
  async writeMetrics(lines: readonly EpochLine[]): Promise<void> {
    await writeLines(`${this.path}/metrics.jsonl`, lines);
  }

  /**
   * The first lines of `metrics.jsonl`.
   *
   * @param epochs How many.
   * @throws {DataError} There are fewer, or one is not what was written.
   */
  async metrics(epochs: number): Promise<EpochLine[]> {
    return await readLines(`${this.path}/metrics.jsonl`, epochs, isEpochLine, this.#isBound);
  }

  /**
   * Writes `diagnostics.jsonl`, whole.
   *
   * @param lines A line an epoch.
   */
  async writeDiagnostics(lines: readonly DiagnosticLine[]): Promise<void> {
    await writeLines(`${this.path}/diagnostics.jsonl`, lines);
  }

  /**
   * The first lines of `diagnostics.jsonl`.
   *
   * @param epochs How many.
   * @returns None of a run that was begun before its model told of anything.
   * @throws {DataError} There are fewer, or one is not what was written.
   */
  async diagnostics(epochs: number): Promise<DiagnosticLine[]> {
    const path = `${this.path}/diagnostics.jsonl`;
    if (!await exists(path)) return [];
    return await readLines(path, epochs, isDiagnosticLine, this.#isBound);
  }

  /**
   * Writes `result.json`, whole; removes it, where there is no result yet.
   *
   * @param result What came of the run.
   */
  async writeResult(result?: RunResult): Promise<void> {
    await writeResult(this.path, result);
  }

  /** Whether its files have checksums; those of before there were records have none. */
  get #isBound(): boolean {
    return this.record !== undefined;
  }

  /** The place of `best.safetensors` or `last.safetensors`. */
  checkpointPath(which: "best" | "last"): string {
    return `${this.path}/${which}.safetensors`;
  }

  /** The best parameters that `last.safetensors` knows, while there are better ones already. */
  get #formerBest(): string {
    return `${this.path}/best.former.safetensors`;
  }

  /**
   * Writes a checkpoint.
   *
   * A state and the best parameters that belong to it are two files. So the best ones that the state on
   * the disk knows are kept beside better ones, until the next state is there.
   *
   * @param which Which one.
   * @param stream What it is to hold.
   */
  async writeCheckpoint(which: "best" | "last", stream: SafetensorsStream): Promise<void> {
    const { record } = this;
    const path = this.checkpointPath(which);
    if (which === "best" && await exists(path) && !await exists(this.#formerBest)) {
      await Deno.rename(path, this.#formerBest).catch((error) => {
        throw writeFailure(this.#formerBest, error);
      });
    }
    const run: Record<string, string> = record === undefined ? {} : { run: runKey(record) };
    await streamChecked(path, { ...stream, metadata: { ...stream.metadata, ...run } });
    if (which === "last") await removeIfThere(this.#formerBest);
  }

  /**
   * Whether there is a checkpoint.
   *
   * @param which Which one.
   * @throws {DataError} There is no `last.safetensors`, which was written after the first epoch, though the
   * run is beyond it: to begin anew would write over what is left of it.
   */
  async hasCheckpoint(which: "best" | "last"): Promise<boolean> {
    if (await exists(this.checkpointPath(which))) return true;
    if (which === "best") return await exists(this.#formerBest);
    const lines = await countLines(`${this.path}/metrics.jsonl`);
    refuseLostState(this.path, Math.max(lines, await this.#epochOf(this.checkpointPath("best"))));
    return false;
  }

  /**
   * Refuses a run without a best epoch.
   *
   * @throws {BandpassError} It has none yet.
   */
  async requireBest(): Promise<void> {
    if (await this.hasCheckpoint("best")) return;
    throw new BandpassError(
      `Cannot open "${this.checkpointPath("best")}": the run has no best checkpoint yet`,
      "Train it, or give another run",
    );
  }

  /**
   * Opens a checkpoint, once it is known to be what this run wrote.
   *
   * @param which Which one.
   * @throws {BandpassError} There is none yet.
   * @throws {DataError} It is damaged, or of another run.
   */
  async openCheckpoint(which: "best" | "last"): Promise<SafetensorsReader> {
    if (which === "best") await this.requireBest();
    const path = this.checkpointPath(which);
    // A process may have been killed after it had moved the former one aside.
    const isAside = which === "best" && !await exists(path);
    return await this.#open(isAside ? this.#formerBest : path);
  }

  /**
   * Makes the best parameters those of an epoch: where a process was killed before it had saved the state
   * that knows better ones, the former ones are the best again.
   *
   * @param epoch The best epoch that the state knows, counted from 1.
   * @throws {DataError} The parameters of that epoch are not there.
   */
  async returnToBest(epoch: number): Promise<void> {
    const path = this.checkpointPath("best");
    const found = await this.#epochOf(path);
    if (found === epoch) return await removeIfThere(this.#formerBest);
    if (await this.#epochOf(this.#formerBest) === epoch) {
      return await Deno.rename(this.#formerBest, path).catch((error) => {
        throw writeFailure(path, error);
      });
    }
    throw new DataError(
      `Cannot resume "${this.path}": "${path}" holds epoch ${found || "none"}, ` +
        `last.safetensors has its best at epoch ${epoch}`,
      "Restore both from intact copies, or train again",
    );
  }

  /** The epoch of best parameters, counted from 1; 0 where there are none. */
  async #epochOf(path: string): Promise<number> {
    if (!await exists(path)) return 0;
    using file = await this.#open(path);
    return Number(file.metadata.epoch);
  }

  async #open(path: string): Promise<SafetensorsReader> {
    const { record } = this;
    const file = await openChecked(path, { required: record !== undefined });
    if (file.metadata.run === (record && runKey(record))) return file;
    file[Symbol.dispose]();
    throw new DataError(
      `Cannot use "${path}": ` +
        (record === undefined
          ? `it belongs to "${this.path}/run.json", which is missing`
          : `it belongs to another run than "${this.path}/run.json"`),
      "Copy the files of one run together, or train again",
    );
  }
}
