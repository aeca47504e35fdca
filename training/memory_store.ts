/**
 * A training's results in the memory of the program, for one that no run is to be kept of.
 *
 * @module
 */
import type { SafetensorsStream, TensorSource } from "../data/safetensors.ts";
import { tensorBytes, type TensorLayout } from "../data/safetensors_header.ts";
import type { DiagnosticLine, EpochLine } from "./epoch_line.ts";
import type { TrainingStore } from "./training_store.ts";

/** Keeps the parameters of the best epoch and the lines; a state to go on from is not kept. */
export class MemoryStore implements TrainingStore {
  #best?: KeptTensors;
  #metrics: readonly EpochLine[] = [];
  #diagnostics: readonly DiagnosticLine[] = [];

  /** Keeps the best parameters; there is no use for a state here. */
  async writeCheckpoint(which: "best" | "last", stream: SafetensorsStream): Promise<void> {
    if (which === "best") this.#best = await KeptTensors.of(stream);
  }

  /** Whether there are best parameters. */
  hasCheckpoint(which: "best" | "last"): Promise<boolean> {
    return Promise.resolve(which === "best" && this.#best !== undefined);
  }

  /** Nothing is gone on with from memory. */
  returnToBest(): Promise<void> {
    return Promise.resolve();
  }

  /** The best parameters. */
  openCheckpoint(which: "best" | "last"): Promise<TensorSource> {
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

  /** The program has what came of the training, or the error that ended it. */
  writeResult(): Promise<void> {
    return Promise.resolve();
  }
}

/** The bytes of a stream in memory, one array a tensor. */
class KeptTensors implements TensorSource {
  readonly path = "the best epoch";

  constructor(
    readonly metadata: Readonly<Record<string, string>>,
    readonly tensors: ReadonlyMap<string, TensorLayout>,
    readonly bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  ) {}

  static async of({ metadata, tensors, blocks }: SafetensorsStream): Promise<KeptTensors> {
    const parts = [...tensors].map(([name, layout]) =>
      [name, new Uint8Array(tensorBytes(layout))] as const
    );
    let part = 0;
    let filled = 0;
    for await (const block of blocks) {
      for (let taken = 0; taken < block.length;) {
        const room = parts[part][1].length - filled;
        const piece = block.subarray(taken, taken + room);
        parts[part][1].set(piece, filled);
        taken += piece.length;
        filled += piece.length;
        if (filled < parts[part][1].length) continue;
        part++;
        filled = 0;
      }
    }
    return new KeptTensors(metadata, tensors, new Map(parts));
  }

  async *blocks(name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const bytes = this.bytes.get(name);
    if (bytes !== undefined) yield await Promise.resolve(bytes);
  }

  /** There is nothing to close. */
  [Symbol.dispose](): void {}
}
