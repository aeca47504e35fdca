/**
 * Lets every reader of files read damaged ones, and tells what they must not do with them.
 *
 * Usage: ./bandpass fuzz [--cases N] [--seed S] [--reader NAME] [--case K]
 *
 * N cases are shared out among the readers (default: 20000). A case follows from the reader, the seed
 * and its number: --case runs one of them again.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { formats } from "./formats.ts";
import type { FuzzReport } from "./fuzz.ts";
import type { Job } from "./fuzz_worker.ts";

/** A case that is not over by then never ends. */
const hungMilliseconds = 30_000;

const kept = ".cache/fuzz";

/** What was asked for, or how to ask, where it was not understood. */
function flags() {
  try {
    return parseArgs({
      options: {
        cases: { type: "string", default: "20000" },
        seed: { type: "string", default: "0" },
        reader: { type: "string" },
        case: { type: "string" },
      },
    }).values;
  } catch (error) {
    console.error(`error: ${(error as Error).message}`);
    console.error("  next: ./bandpass fuzz [--cases N] [--seed S] [--reader NAME] [--case K]");
    Deno.exit(2);
  }
}

const values = flags();

function integer(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`error: --${name} is "${text}", expected an integer`);
  Deno.exit(2);
}

/** What a reader did with its cases, or nothing where one of them does not end. */
async function watched(job: Job): Promise<FuzzReport | undefined> {
  const worker = new Worker(new URL("./fuzz_worker.ts", import.meta.url), { type: "module" });
  let [last, since] = [-1, performance.now()];
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise<FuzzReport | undefined>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      timer = setInterval(() => {
        const now = Atomics.load(job.position, 0);
        if (now !== last) [last, since] = [now, performance.now()];
        else if (performance.now() - since > hungMilliseconds) resolve(undefined);
      }, 500);
      worker.postMessage(job);
    });
  } finally {
    clearInterval(timer);
    worker.terminate();
  }
}

const seed = integer("seed", values.seed);
const only = values.case === undefined ? undefined : integer("case", values.case);
const chosen = values.reader === undefined
  ? formats
  : formats.filter(({ name }) => name === values.reader);
if (chosen.length === 0) {
  const names = formats.map(({ name }) => name).join(", ");
  console.error(`error: there is no reader "${values.reader}"\n  next: the readers are ${names}`);
  Deno.exit(2);
}
const cases = only === undefined ? Math.ceil(integer("cases", values.cases) / chosen.length) : 1;
await Deno.mkdir(kept, { recursive: true });
let [total, faults] = [0, 0];

async function run(reader: string): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: kept });
  const position = new Int32Array(new SharedArrayBuffer(4));
  const started = performance.now();
  const report = await watched({ reader, position, first: only ?? 0, cases, seed, folder });
  await Deno.remove(folder, { recursive: true });
  const again = (number: number) =>
    `./bandpass fuzz --reader ${reader} --seed ${seed} --case ${number}`;
  if (report === undefined) {
    faults++;
    console.log(`${reader}: a case does not end: ${again(position[0])}`);
    return;
  }
  total += report.cases;
  faults += report.faults.length;
  const { accepted, milliseconds, slowest, growth } = report;
  console.log(
    `${reader}: ${report.cases} cases in ${Math.round((performance.now() - started) / 1000)} s, ` +
      `${accepted} accepted, at most ${Math.round(milliseconds)} ms (case ${slowest}) and ` +
      `${Math.round(growth / 2 ** 20)} MiB, ${report.faults.length} faults`,
  );
  for (const { case: number, what, bytes } of report.faults) {
    const path = `${kept}/${reader}-${seed}-${number}`;
    await Deno.writeFile(path, bytes);
    console.log(`  ${again(number)}  (${path})\n    ${what.replaceAll("\n", "\n    ")}`);
  }
}

const waiting = chosen.map(({ name }) => name);
await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, async () => {
  for (let reader; (reader = waiting.shift()) !== undefined;) await run(reader);
}));
console.log(`${total} cases, ${faults} faults`);
Deno.exit(faults === 0 ? 0 : 1);
