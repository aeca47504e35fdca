/**
 * SIGINT and SIGTERM: the training looks whether one has come, saves its state, and ends.
 *
 * @module
 */

/** Listens for signals as long as it is open. */
export class Interruption implements Disposable {
  #received: Deno.Signal | undefined;
  // A terminal may send the signal to the launcher and to us: it arrives twice, and means the same.
  readonly #listeners = (["SIGINT", "SIGTERM"] as const).map((signal) => {
    const listener = () => {
      this.#received ??= signal;
    };
    Deno.addSignalListener(signal, listener);
    return { signal, listener };
  });

  /** The signal that has come. */
  get received(): Deno.Signal | undefined {
    return this.#received;
  }

  /** Stops listening. */
  [Symbol.dispose](): void {
    for (const { signal, listener } of this.#listeners) {
      Deno.removeSignalListener(signal, listener);
    }
  }
}
