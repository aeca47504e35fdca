/**
 * A training's results in the memory of the program, for one that no run is to be kept of.
 *
 * @module
 */
import type { SafetensorsFile } from "../data/safetensors.ts";
import type { DiagnosticLine, EpochLine } from "./epoch_line.ts";
import type { TrainingStore } from "./training_store.ts";

/** Keeps the parameters of the best epoch and the lines; a state to go on from is not kept. */
export class MemoryStore implements TrainingStore {
  #best?: SafetensorsFile;
  #metrics: readonly EpochLine[] = [];
  #diagnostics: readonly DiagnosticLine[] = [];

  /** A name for messages. */
  checkpointPath(which: "best" | "last"): string {
    return `${which} epoch`;
  }

  /** Keeps the best parameters; there is no use for a state here. */
  writeCheckpoint(which: "best" | "last", file: SafetensorsFile): Promise<void> {
    if (which === "best") this.#best = file;
    return Promise.resolve();
  }

  /** The best parameters. */
  checkpoint(which: "best" | "last"): Promise<SafetensorsFile> {
    if (which === "best" && this.#best !== undefined) return Promise.resolve(this.#best);
    throw new Error(`No ${which} checkpoint is kept in memory`);
  }

  /** Keeps the lines. */
  writeMetrics(lines: readonly EpochLine[]): Promise<void> {
    this.#metrics = [...lines];
    return Promise.resolve();
  }

  /** The first lines. */
  metrics(epochs: number): Promise<EpochLine[]> {
    return Promise.resolve(this.#metrics.slice(0, epochs));
  }

  /** Keeps the lines. */
  writeDiagnostics(lines: readonly DiagnosticLine[]): Promise<void> {
    this.#diagnostics = [...lines];
    return Promise.resolve();
  }

  /** The first lines. */
  diagnostics(epochs: number): Promise<DiagnosticLine[]> {
    return Promise.resolve(this.#diagnostics.slice(0, epochs));
  }
}
