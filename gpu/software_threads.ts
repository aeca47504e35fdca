/**
 * The threads of Mesa's software driver.
 *
 * @module
 */

/** Where lavapipe reads how many threads compute a dispatch. */
const variable = "LP_NUM_THREADS";

/** lavapipe takes no more. */
const mostThreads = 16;

/**
 * Lets lavapipe compute with two threads a core, unless the user has said how many. It deals a dispatch
 * out to its threads in equal runs, one each, and waits for the last; with one thread a core the other
 * cores idle whenever one is late, with two the scheduler evens it out (bench/RESULTS.md).
 *
 * To be called before the first adapter is asked for. Does nothing without the permission to read and set
 * `LP_NUM_THREADS`; other drivers do not know it.
 *
 * @param cores Cores of the machine.
 */
export function shareCores(cores: number = navigator.hardwareConcurrency): void {
  const allowed = Deno.permissions.querySync({ name: "env", variable }).state === "granted";
  if (!allowed || Deno.env.has(variable)) return;
  Deno.env.set(variable, String(Math.min(mostThreads, 2 * cores)));
}
