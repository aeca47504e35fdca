/**
 * SIGINT, SIGTERM and SIGHUP: a training saves its state, and ends; other commands remove the files that
 * they have not finished, and end.
 *
 * @module
 */
import { clearedLine, obeysControls } from "./terminal.ts";
import { observeUnfinished, removeUnfinished } from "../../data/unfinished.ts";

/** What a terminal, a system and a connection that is gone send. */
const signals = {
  SIGINT: 2,
  SIGTERM: 15,
  ...Deno.build.os !== "windows" && { SIGHUP: 1 },
} as const;

type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";

const names = Object.keys(signals) as Signal[];

/**
 * Milliseconds in which a signal that comes again is the same one: a terminal may send it to the launcher
 * and to us.
 */
const echo = 300;

/** Whether a training listens. */
let isSaving = false;

/** Ends the process, without what is half written. */
function end(name: Signal, what: string): never {
  removeUnfinished();
  // The ^C of the terminal goes, with what it stands behind.
  console.error(`${obeysControls(Deno.stderr) ? clearedLine : ""}${by(name)}; ${what}`);
  Deno.exit(128 + (signals[name] ?? 0));
}

/** Whoever typed Ctrl+C knows that it was they. */
function by(name: Signal): string {
  return name === "SIGINT" ? "Interrupted" : `Interrupted by ${name}`;
}

/** Listens for signals as long as it is open; the second one ends the process at once. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  #first = 0;
  readonly #listeners = names.map((name) => {
    const listener = () => this.#hear(name);
    Deno.addSignalListener(name, listener);
    return { name, listener };
  });

  /**
   * Listens from now on.
   *
   * @param action What the first signal makes the command do, in a few words.
   * @param tell Told so.
   */
  constructor(readonly action: string, readonly tell: (text: string) => void) {
    isSaving = true;
  }

  /** Aborted by the first signal that comes; its reason is the signal's name, but for Ctrl+C. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Stops listening. */
  [Symbol.dispose](): void {
    isSaving = false;
    for (const { name, listener } of this.#listeners) Deno.removeSignalListener(name, listener);
  }

  #hear(name: Signal): void {
    const now = performance.now();
    if (!this.signal.aborted) {
      this.#first = now;
      this.#controller.abort(name === "SIGINT" ? undefined : name);
      this.tell(`${by(name)}: ${this.action} (press Ctrl+C again to stop at once)`);
    } else if (now - this.#first > echo) {
      end(name, "stopped at once, and what was saved before is kept");
    }
  }
}

/** Removes files that are not finished where a signal ends the process while they are written. */
export function removeUnfinishedAtSignals(): void {
  const listeners = names.map((name) => ({
    name,
    listener: () => {
      if (!isSaving) end(name, "what was being written is removed, and what was there is kept");
    },
  }));
  observeUnfinished((isWriting) => {
    const change = isWriting ? Deno.addSignalListener : Deno.removeSignalListener;
    for (const { name, listener } of listeners) change(name, listener);
  });
}
