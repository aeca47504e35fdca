/**
 * The signals of a server: SIGINT and SIGTERM end it when what was asked is answered, a second one at once, and SIGHUP
 * loads the run again.
 *
 * @module
 */

/** What signals do. */
export interface SignalActions {
  /** Ends the server. */
  readonly end: (signal: string) => void;
  /** Loads the run again. */
  readonly reload: () => void;
}

/** Milliseconds in which a signal that comes again is the same one: a terminal sends it to the launcher and to us. */
const echo = 300;

/**
 * Listens for signals.
 *
 * @param actions What they do.
 * @returns Stops listening.
 */
export function listenForSignals({ end, reload }: SignalActions): Disposable {
  let first: number | undefined;
  const listeners: [Deno.Signal, () => void][] = ([["SIGINT", 2], ["SIGTERM", 15]] as const)
    .map(([name, number]) => [name, () => {
      const now = performance.now();
      if (first === undefined) {
        first = now;
        end(name);
      } else if (now - first > echo) Deno.exit(128 + number);
    }]);
  if (Deno.build.os !== "windows") listeners.push(["SIGHUP", reload]);
  for (const [name, listener] of listeners) Deno.addSignalListener(name, listener);
  return {
    [Symbol.dispose]() {
      for (const [name, listener] of listeners) Deno.removeSignalListener(name, listener);
    },
  };
}
