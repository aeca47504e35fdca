/**
 * The folder of a run: `config.json`, `environment.json`, `metrics.jsonl`, `best.safetensors`,
 * `last.safetensors`, and `diagnostics.jsonl` of models that tell of their inside.
 *
 * @module
 */
import { dirname } from "@std/path";
import { writeFileAtomically } from "../data/atomic_file.ts";
import { excerpt } from "../data/excerpt.ts";
import { readFailure, writeFailure } from "../data/file_failure.ts";
import { readTextFile } from "../data/regular_file.ts";
import {
  SafetensorsReader,
  type SafetensorsStream,
  streamSafetensors,
} from "../data/safetensors.ts";
import { BandpassError, DataError, UsageError } from "../errors.ts";
import { mostConfigBytes } from "./configuration_file.ts";
import {
  type DiagnosticLine,
  type EpochLine,
  isDiagnosticLine,
  isEpochLine,
} from "./epoch_line.ts";
import type { TrainingStore } from "./training_store.ts";

/** Bytes that the lines of all epochs have at most. */
const mostLineBytes = 1 << 28;

/** The files of a run. */
export class RunFolder implements TrainingStore {
  /**
   * A folder that exists, or is about to be made.
   *
   * @param path The folder.
   */
  constructor(readonly path: string) {}

  /**
   * Makes a new folder, with the configuration in it.
   *
   * @param path The folder.
   * @param configuration The text of `config.json`.
   * @param environment What the run runs on.
   * @throws {UsageError} It exists already.
   * @throws {BandpassError} It cannot be written.
   */
  static async create(
    path: string,
    configuration: string,
    environment: Readonly<Record<string, unknown>>,
  ): Promise<RunFolder> {
    try {
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.mkdir(path);
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) {
        throw new UsageError(
          `Cannot make the run: "${path}" exists`,
          ({ command }) =>
            `Give another name, or go on with it by ${command("train", { resume: path })}`,
        );
      }
      throw writeFailure(path, error);
    }
    const folder = new RunFolder(path);
    await folder.writeConfiguration(configuration);
    await writeFileAtomically(
      `${path}/environment.json`,
      `${JSON.stringify(environment, null, 2)}\n`,
    );
    return folder;
  }

  /**
   * Writes `config.json`.
   *
   * @param configuration Its text.
   */
  async writeConfiguration(configuration: string): Promise<void> {
    await writeFileAtomically(`${this.path}/config.json`, configuration);
  }

  /**
   * The text of `config.json`.
   *
   * @throws {DataError} This is no folder of a run.
   */
  async configuration(): Promise<string> {
    const path = `${this.path}/config.json`;
    try {
      await Deno.stat(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw readFailure(path, error);
      throw new DataError(
        `Cannot open the run "${this.path}": there is no config.json in it`,
        `Give the folder of a run; ${await runsThereAre(this.path)}`,
      );
    }
    return await readTextFile(path, mostConfigBytes);
  }

  /**
   * Writes `metrics.jsonl`, whole.
   *
   * @param lines A line an epoch.
   */
  async writeMetrics(lines: readonly EpochLine[]): Promise<void> {
    await this.#writeLines("metrics.jsonl", lines);
  }

  /**
   * The first lines of `metrics.jsonl`.
   *
   * @param epochs How many.
   * @throws {DataError} There are fewer.
   */
  async metrics(epochs: number): Promise<EpochLine[]> {
    return await this.#lines("metrics.jsonl", epochs, isEpochLine);
  }

  /**
   * Writes `diagnostics.jsonl`, whole.
   *
   * @param lines A line an epoch.
   */
  async writeDiagnostics(lines: readonly DiagnosticLine[]): Promise<void> {
    await this.#writeLines("diagnostics.jsonl", lines);
  }

  /**
   * The first lines of `diagnostics.jsonl`.
   *
   * @param epochs How many.
   * @throws {DataError} There are fewer.
   */
  async diagnostics(epochs: number): Promise<DiagnosticLine[]> {
    return await this.#lines("diagnostics.jsonl", epochs, isDiagnosticLine);
  }

  async #writeLines(name: string, lines: readonly unknown[]): Promise<void> {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    await writeFileAtomically(`${this.path}/${name}`, text);
  }

  async #lines<Line extends { readonly epoch: number }>(
    name: string,
    epochs: number,
    isLine: (value: unknown) => value is Line,
  ): Promise<Line[]> {
    if (epochs === 0) return [];
    const path = `${this.path}/${name}`;
    const lines = (await readTextFile(path, mostLineBytes)).split("\n").filter((line) =>
      line !== ""
    );
    if (lines.length < epochs) {
      throw new DataError(
        `Cannot go on with "${this.path}": ${name} has ${lines.length} epochs, ` +
          `last.safetensors has ${epochs}`,
        "Train anew; the files are of different runs",
      );
    }
    return lines.slice(0, epochs).map((line, n) => {
      const found = parsed(line);
      if (isLine(found) && found.epoch === n + 1) return found;
      throw new DataError(
        `Cannot read "${path}": line ${n + 1} is no ${name} of epoch ${n + 1}: ${excerpt(line)}`,
        "The file is damaged; train anew",
      );
    });
  }

  /** The place of `last.safetensors`. */
  get statePath(): string {
    return this.checkpointPath("last");
  }

  /** The place of `best.safetensors` or `last.safetensors`. */
  checkpointPath(which: "best" | "last"): string {
    return `${this.path}/${which}.safetensors`;
  }

  /**
   * Writes a checkpoint.
   *
   * @param which Which one.
   * @param stream What it is to hold.
   */
  async writeCheckpoint(which: "best" | "last", stream: SafetensorsStream): Promise<void> {
    await streamSafetensors(this.checkpointPath(which), stream);
  }

  /**
   * Opens a checkpoint.
   *
   * @param which Which one.
   * @throws {BandpassError} There is none yet.
   */
  async openCheckpoint(which: "best" | "last"): Promise<SafetensorsReader> {
    const path = this.checkpointPath(which);
    try {
      await Deno.stat(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw readFailure(path, error);
      throw new BandpassError(
        `Cannot open "${path}": the run has no ${which} checkpoint yet`,
        "Train it, or give another run",
      );
    }
    return await SafetensorsReader.open(path);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function runsThereAre(path: string): Promise<string> {
  const parent = dirname(path);
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(parent)) {
      const isRun = await Deno.stat(`${parent}/${name}/config.json`).then(() => true, () => false);
      if (isRun) names.push(name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `there is no folder "${parent}"`;
    if (error instanceof Deno.errors.NotADirectory) return `"${parent}" is no folder`;
    // What may not be listed is not told.
    return 'trainings make theirs in "runs"';
  }
  if (names.length === 0) return `"${parent}" has none`;
  const more = names.length > 10 ? `, … (${names.length} in all)` : "";
  return `"${parent}" has ${names.toSorted().slice(0, 10).join(", ")}${more}`;
}
