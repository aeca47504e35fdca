/**
 * A log of one JSON object a line. Whoever reads it slowly holds up no request: lines wait in memory, and too many of
 * them are dropped and counted.
 *
 * @module
 */
import type { LogEntry } from "../../serving/http/request_log.ts";

/** Characters that wait at most. */
const mostWaiting = 2 ** 20;

/** Milliseconds in which lines are gathered. */
const gathering = 50;

/** A log. */
export class JsonLog {
  #waiting = "";
  #dropped = 0;
  #writing?: Promise<void>;

  /**
   * An empty log.
   *
   * @param write Writes some of what it is given, and says how many bytes.
   */
  constructor(readonly write: (bytes: Uint8Array) => Promise<number>) {}

  /**
   * Adds a line.
   *
   * @param entry What it says, beside the time.
   */
  add(entry: LogEntry): void {
    if (this.#waiting.length > mostWaiting) {
      this.#dropped++;
      return;
    }
    this.#waiting += `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`;
    this.#writing ??= this.#writeSoon();
  }

  /** Waits until everything is written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  async #writeSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gathering));
    try {
      while (this.#waiting !== "") {
        const bytes = new TextEncoder().encode(this.#waiting);
        this.#waiting = "";
        for (let done = 0; done < bytes.length;) done += await this.write(bytes.subarray(done));
        if (this.#dropped === 0) continue;
        const lines = this.#dropped;
        this.#dropped = 0;
        this.add({ event: "dropped", lines });
      }
    } catch {
      // Nobody reads the log any more; requests are answered all the same.
      this.#waiting = "";
    }
    this.#writing = undefined;
  }
}
