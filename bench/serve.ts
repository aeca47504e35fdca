/**
 * Measures `serve`: requests a second against plain searches, memory over many requests, hostile requests, a reload and
 * the end under load. Everything runs on this machine, beside each other.
 *
 * Usage: ./bandpass bench-serve --run RUN [--data-dir FOLDER] [--parts search,memory,hostile,reload,end]
 *
 * Needs wrk (Debian's package), python3 with numpy, and for usearch the network of its first run.
 *
 * @module
 */
import { benchArguments, count } from "./bench_arguments.ts";
import { sendHostile } from "./serve_hostile.ts";
import { load, wrk } from "./serve_load.ts";
import { type ServedRun, startServer } from "./served_run.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    run: { type: "string", default: "last" },
    "data-dir": { type: "string", default: "datasets" },
    parts: { type: "string", default: "search,memory,hostile,reload,end" },
    seconds: { type: "string", default: "60" },
    connections: { type: "string", default: "64" },
    requests: { type: "string", default: "200000" },
  },
});
const seconds = count("seconds", flags.seconds);
const connections = count("connections", flags.connections);
const requests = count("requests", flags.requests);
const parts = flags.parts.split(",");
const run = [flags.run, "--data-dir", flags["data-dir"]];

/** Users that ask at once, where requests are counted one by one. */
const clients = 32;

await Deno.mkdir(".cache", { recursive: true });
const say = (line: string) => console.log(`${line} (load ${Deno.loadavg()[0].toFixed(1)})`);
const fixed = (value: number) => value.toFixed(value < 10 ? 2 : 0);

const server = await startServer(run);
for (const [part, measure] of Object.entries({ search, memory, hostile, reload })) {
  if (parts.includes(part)) await measure(server);
}
if (parts.includes("end")) await end(server);
else server.kill("SIGTERM");
const code = await server.ended();
if (code !== 0) throw new Error(`the server ended with ${code}`);

/** Top-20 lists by HTTP, by NumPy and by usearch, one after the other. */
async function search({ url, users }: ServedRun): Promise<void> {
  for (const count of [1, connections]) {
    const { rate, p50, p99, failed } = await wrk(url, users, count, seconds);
    say(
      `serve, ${count} at once: ${fixed(rate)}/s, p50 ${fixed(p50)} ms, p99 ${
        fixed(p99)
      } ms, ${failed} failed`,
    );
  }
  const folder = ".cache/bench-serve";
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await output("./bandpass", ["export", ...run, "--out", folder]);
  const { dataset } = await (await fetch(`${url}/ready`)).json();
  const searched = [folder, `${flags["data-dir"]}/${dataset}/${dataset}.inter`, String(seconds)];
  for (
    const line of (await output("python3", ["bench/exact_search.py", ...searched])).trim().split(
      "\n",
    )
  ) {
    const { batch, rate, p50, p99 } = JSON.parse(line);
    say(`NumPy, ${batch} together: ${fixed(rate)}/s, p50 ${fixed(p50)} ms, p99 ${fixed(p99)} ms`);
  }
  const permissions = ["--allow-read", "--allow-ffi", "--allow-env", "--allow-sys", "--allow-run"];
  // Not in the lock: each start would warn of the script that builds the library.
  const args = ["run", "--no-lock", "--no-prompt", "--quiet", ...permissions, "bench/usearch.ts"];
  args.push(...searched);
  const { building, rate, p50, p99, recall } = JSON.parse(await output(Deno.execPath(), args));
  say(
    `usearch: ${fixed(rate)}/s, p50 ${fixed(p50)} ms, p99 ${fixed(p99)} ms, recall ${
      fixed(recall)
    }, ` +
      `built in ${fixed(building)} s`,
  );
}

/** Resident memory after each tenth of many requests. */
async function memory({ url, users, metric }: ServedRun): Promise<void> {
  for (let asked = 0, tenth = 1; asked < requests;) {
    asked += (await wrk(url, users, connections, 5)).requests;
    if (asked < tenth * requests / 10) continue;
    tenth = Math.floor(asked / requests * 10) + 1;
    const size = await metric("process_resident_memory_bytes") / 2 ** 20;
    say(`memory after ${asked} requests: ${fixed(size)} MiB`);
  }
}

/** What is answered to hostile requests. */
async function hostile({ url, logged }: ServedRun): Promise<void> {
  const found = await sendHostile(url, 1000);
  for (const [kind, count] of [...found].sort()) console.log(`  ${kind}: ${count}`);
  const failures = [...found.keys()].filter((kind) => /: 5\d\d$/.test(kind)).length;
  const ready = (await fetch(`${url}/ready`)).status;
  say(
    `hostile requests: ${failures} kinds of 5xx, ${
      logged("error")
    } defects logged, then /ready ${ready}`,
  );
}

/** The run is loaded again three times while clients ask. */
async function reload({ url, users, kill, logged }: ServedRun): Promise<void> {
  const ending = new AbortController();
  const loading = load(url, users, clients, ending.signal);
  for (let n = 1; n <= 3; n++) {
    kill("SIGHUP");
    while (logged("reload") < n) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  ending.abort();
  const { answered, failures } = await loading;
  say(
    `3 reloads under load: ${answered} answered, ${failures.length} failed ${failures.slice(0, 3)}`,
  );
}

/** The server is told to end while clients ask. */
async function end({ url, users, kill }: ServedRun): Promise<void> {
  const loading = load(url, users, clients, new AbortController().signal);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  kill("SIGTERM");
  const { answered, refused, failures } = await loading;
  say(
    `SIGTERM under load: ${answered} answered, ${refused} not accepted, ${failures.length} accepted ` +
      `and not answered ${failures.slice(0, 3)}`,
  );
}

/** What a program prints. */
async function output(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args] }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
