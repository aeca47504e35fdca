/**
 * A training in a process of its own that does an epoch when it is told to: ours (bench/told_training.ts) and
 * PyTorch's (bench/pytorch/) speak the same lines.
 *
 * @module
 */
import { BandpassError } from "../errors.ts";

/** What an epoch took. */
export interface EpochMeasurement {
  /** Seconds by the clock. */
  readonly seconds: number;
  /** Seconds of the processor, of all threads. */
  readonly processor: number;
  /** The mean loss of its steps. */
  readonly loss: number;
}

/** What a process says of itself once it can train. */
export interface PeerDescription {
  /** The program, with its version. */
  readonly program: string;
  /** The adapter, or the CPU and what it computes with. */
  readonly where: string;
}

/** A training that waits to be told. */
export class PeerProcess implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncGenerator<string>;

  private constructor(readonly name: string, process: Deno.ChildProcess) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#lines = linesOf(process.stdout);
  }

  /**
   * Starts one, which takes a moment: {@linkcode ready} waits for it.
   *
   * @param name What it is called where it fails.
   * @param command The program and its arguments.
   * @throws {BandpassError} There is no such program.
   */
  static start(name: string, [program, ...args]: readonly string[]): PeerProcess {
    try {
      return new PeerProcess(
        name,
        new Deno.Command(program, { args, stdin: "piped", stdout: "piped" }).spawn(),
      );
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      throw new BandpassError(`Cannot start ${name}: found no "${program}"`, remedies[program]);
    }
  }

  /** Waits until it can train. */
  async ready(): Promise<PeerDescription> {
    return await this.#answer();
  }

  /** Trains an epoch. */
  async epoch(): Promise<EpochMeasurement> {
    await this.#input.write(new TextEncoder().encode("\n")).catch(() => {/* It has ended. */});
    return await this.#answer();
  }

  // deno-lint-ignore no-explicit-any
  async #answer(): Promise<any> {
    const { value, done } = await this.#lines.next();
    if (!done) return JSON.parse(value);
    const { code, signal } = await this.#process.status;
    throw new BandpassError(
      `${this.name} ended with ${signal ?? `exit code ${code}`}`,
      "See what it printed above",
    );
  }

  /** Ends it, between two epochs. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {/* It has ended. */});
    await this.#lines.return(undefined);
    await this.#process.status;
  }
}

/** Where to get what may be missing. */
const remedies: Readonly<Record<string, string>> = {
  python3: "Install Python 3 with PyTorch and NumPy (on Debian and Ubuntu: apt-get install " +
    "python3-torch python3-numpy)",
  taskset: "Install util-linux, or leave out --threads to take all cores",
};

/** The lines of a stream, without their ends. */
async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
