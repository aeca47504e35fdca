/**
 * Load on a server: many clients, each of which asks again when it is answered, and how wrk measures it.
 *
 * @module
 */

/** What became of requests. */
export interface LoadOutcome {
  /** How many were answered with a list. */
  answered: number;
  /** How many were not accepted, as nothing listened any more. */
  refused: number;
  /** What became of the others. */
  readonly failures: string[];
}

/**
 * Asks for the lists of users, in turn, until the signal.
 *
 * @param url The server.
 * @param users How many users there are.
 * @param clients How many ask at once.
 * @param signal Ends it; what was asked is waited for.
 */
export async function load(
  url: string,
  users: number,
  clients: number,
  signal: AbortSignal,
): Promise<LoadOutcome> {
  const outcome: LoadOutcome = { answered: 0, refused: 0, failures: [] };
  let next = 0;
  await Promise.all(Array.from({ length: clients }, async () => {
    while (!signal.aborted && outcome.refused < clients) {
      try {
        const response = await fetch(`${url}/users/${next++ % users}/recommendations`);
        const body = await response.json();
        if (response.status === 200 && body.items.length > 0) outcome.answered++;
        else outcome.failures.push(`${response.status} ${body.detail}`);
      } catch (error) {
        const { message, cause } = error as Error;
        const text = `${message} ${cause instanceof Error ? cause.message : ""}`;
        if (/refused/i.test(text)) outcome.refused++;
        else outcome.failures.push(text);
      }
    }
  }));
  return outcome;
}

/** What wrk has measured. */
export interface WrkResult {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds in which half of them were answered. */
  readonly p50: number;
  /** Milliseconds in which 99 of 100 were. */
  readonly p99: number;
  /** How many there were. */
  readonly requests: number;
  /** How many failed, or were answered with another status than 200. */
  readonly failed: number;
}

/**
 * Asks for the 20 best items of users drawn at random, with wrk.
 *
 * @param url The server.
 * @param users How many users there are.
 * @param connections How many ask at once.
 * @param seconds For how long.
 */
export async function wrk(
  url: string,
  users: number,
  connections: number,
  seconds: number,
): Promise<WrkResult> {
  const script = ".cache/bench-serve.lua";
  await Deno.writeTextFile(
    script,
    `math.randomseed(7)
request = function()
  return wrk.format("GET", "/users/" .. math.random(0, ${users - 1}) .. "/recommendations?top_k=20")
end
done = function(summary, latency)
  local e = summary.errors
  print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
`,
  );
  const { stdout } = await new Deno.Command("wrk", {
    args: [`-t1`, `-c${connections}`, `-d${seconds}s`, "--timeout", "20s", "-s", script, url],
  }).output();
  const [, requests, duration, p50, p99, failed] = /RESULT (\d+) (\d+) (\d+) (\d+) (\d+)/
    .exec(new TextDecoder().decode(stdout))!.map(Number);
  return { requests, failed, rate: requests / duration * 1e6, p50: p50 / 1000, p99: p99 / 1000 };
}
