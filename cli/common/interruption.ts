/**
 * SIGINT and SIGTERM as an abort signal: a training saves its state, and ends.
 *
 * @module
 */

/** Listens for signals as long as it is open. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  // A terminal may send the signal to the launcher and to us: it arrives twice, and means the same.
  readonly #listeners = (["SIGINT", "SIGTERM"] as const).map((name) => {
    const listener = () => this.#controller.abort(name);
    Deno.addSignalListener(name, listener);
    return { name, listener };
  });

  /** Aborted by the first signal that comes; its reason is the signal's name. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Stops listening. */
  [Symbol.dispose](): void {
    for (const { name, listener } of this.#listeners) Deno.removeSignalListener(name, listener);
  }
}
