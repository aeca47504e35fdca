/**
 * A server in a process of its own, as a benchmark starts and watches it.
 *
 * @module
 */
import { BandpassError } from "../errors.ts";

/** A server that answers. */
export interface ServedRun {
  /** Where it listens. */
  readonly url: string;
  /** Numbers of users and items. */
  readonly users: number;
  /** Sends it a signal. */
  kill(signal: Deno.Signal): void;
  /** The value of a metric without labels. */
  metric(name: string): Promise<number>;
  /** How often an event was logged. */
  logged(event: string): number;
  /** Waits until it has ended, and gives its exit code. */
  ended(): Promise<number>;
}

/**
 * Starts one, and waits until it can answer.
 *
 * @param args The run and options.
 */
export async function startServer(args: readonly string[]): Promise<ServedRun> {
  const process = new Deno.Command("./bandpass", {
    args: ["serve", "--port", "0", "--log", "problems", ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let log = "";
  const logging = (async () => {
    for await (const text of process.stderr.pipeThrough(new TextDecoderStream())) log += text;
  })();
  const output = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const url = (await output.read()).value?.trim();
  if (url === undefined) {
    await logging;
    const [message, nextStep] = log.trim().split("\n  next: ");
    throw new BandpassError(message.replace(/^error: /, ""), nextStep);
  }
  const { users } = await (await fetch(`${url}/ready`)).json();
  return {
    ...{ url, users },
    kill: (signal) => process.kill(signal),
    async metric(name) {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(new RegExp(`^${name} (.*)$`, "m").exec(text)![1]);
    },
    logged: (event) => log.split(`"event":"${event}"`).length - 1,
    async ended() {
      const { code } = await process.status;
      await Promise.all([logging, output.cancel()]);
      return code;
    },
  };
}
