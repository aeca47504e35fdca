/**
 * Where a training keeps what it has: a folder, or the memory of the program.
 *
 * @module
 */
import type { SafetensorsStream, TensorSource } from "../data/safetensors.ts";
import type { DiagnosticLine, EpochLine } from "./epoch_line.ts";
import type { RunResult } from "./run_result.ts";

/** What a training writes, and reads when it goes on or ends. */
export interface TrainingStore {
  /** The folder that keeps the state to go on from; nothing where none is kept. */
  readonly path?: string;
  /** Keeps the parameters of the best epoch, or the whole state. */
  writeCheckpoint(which: "best" | "last", stream: SafetensorsStream): Promise<void>;
  /** Whether there is a state to go on from, or parameters. */
  hasCheckpoint(which: "best" | "last"): Promise<boolean>;
  /** Makes the parameters of this epoch the best ones again, if better ones came after the last state. */
  returnToBest(epoch: number): Promise<void>;
  /** What was kept last. */
  openCheckpoint(which: "best" | "last"): Promise<TensorSource>;
  /** Keeps a line an epoch. */
  writeMetrics(lines: readonly EpochLine[]): Promise<void>;
  /** The first lines of those that were kept. */
  metrics(epochs: number): Promise<EpochLine[]>;
  /** Keeps what a model tells of its inside, a line an epoch. */
  writeDiagnostics(lines: readonly DiagnosticLine[]): Promise<void>;
  /** The first lines of those that were kept. */
  diagnostics(epochs: number): Promise<DiagnosticLine[]>;
  /** Keeps what came of the training; without it, forgets what came of a former session. */
  writeResult(result?: RunResult): Promise<void>;
}
