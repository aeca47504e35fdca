/**
 * Measures how seconds and memory grow with a dataset, from a table to lists for all users: ten generated rows
 * a user, an item for each ten users. Every command runs in a process of its own.
 *
 * Usage: deno run --allow-all bench/sizes.ts
 *   [--users 10000,100000,1000000] [--steps preprocess,read,read-text,plan,train,evaluate,recommend,gfcf,mmgf]
 *   [--batch 32768] [--eval-users 10000] [--closed-form-users 10000]
 *
 * Without --batch an epoch has 25 steps at each size.
 *
 * With --closed-form-users, gfcf and mmgf rank so many users, and not all, as closed_form.ts says.
 *
 * Peak memory and CPU seconds are those that Linux tells of the process, and Deno asks for all permissions
 * to read them; elsewhere they are left out.
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";
import { writeNpy } from "../data/npy.ts";
import { benchArguments } from "./bench_arguments.ts";
import { rowsOfUser, tasteFeatures, tasteRows, writeTexts } from "./taste_rows.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    users: { type: "string", default: "10000,100000,1000000" },
    steps: {
      type: "string",
      default: "preprocess,read,read-text,plan,train,evaluate,recommend,gfcf,mmgf",
    },
    batch: { type: "string" },
    "eval-users": { type: "string" },
    "closed-form-users": { type: "string" },
  },
});
const sizes = flags.users.split(",").map(Number);
const steps = flags.steps.split(",");

/** Eight of ten rows of a user are trained on, two held out. */
const trainRows = (users: number) => users * (rowsOfUser - 2);

/** Rows of a batch. */
const batchOf = (users: number) => Number(flags.batch ?? Math.ceil(trainRows(users) / 25));

/** What a command, or a part of one, took. */
interface Cost {
  readonly seconds: number;
  readonly cpu?: number;
  readonly megabytes?: number;
}

/** What each step took, by its name, for each size. */
const costs = new Map<string, Map<number, Cost>>();

function record(step: string, users: number, cost: Cost): void {
  const known = costs.get(step) ?? new Map<number, Cost>();
  costs.set(step, known.set(users, cost));
  console.error(`${users} users, ${step}: ${costText(cost)}`);
}

/** The dataset and the runs of a size. */
const named = (users: number, what: string) => `sizes-${users}${what}`;

async function writeTables(users: number): Promise<{ input: string; features: string }> {
  const folder = `datasets/${named(users, "-tables")}`;
  const [input, ids] = [`${folder}/rows.csv`, `${folder}/ids.txt`];
  const items = users / 10;
  const next = uniforms(1);
  await Deno.mkdir(folder, { recursive: true });
  function* lines() {
    yield "user,item,time\n";
    for (const { user, items: taken } of tasteRows(users, items, next)) {
      yield taken.map((item, n) => `u${user},i${item},${1_600_000_000 + n}\n`).join("");
    }
  }
  await writeTexts(input, lines());
  const all = Array.from({ length: items }, (_, item) => `i${item}\n`);
  await writeTexts(ids, all);
  await writeNpy(`${folder}/image.npy`, [items, 64], tasteFeatures(items, 64, next));
  return { input, features: `image=${folder}/image.npy#${ids}` };
}

/** Runs a command, and watches its process: peaks and sums that Linux keeps never fall. */
async function measured(command: readonly string[]): Promise<Cost> {
  const started = performance.now();
  const child = new Deno.Command(command[0], {
    args: command.slice(1),
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  let ended = false;
  let seen: Omit<Cost, "seconds"> = {};
  const watch = (async () => {
    while (!ended) {
      seen = await processCost(child.pid) ?? seen;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const { code } = await child.status;
  const seconds = (performance.now() - started) / 1000;
  ended = true;
  await watch;
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}`);
  return { seconds, ...seen };
}

async function processCost(pid: number): Promise<Omit<Cost, "seconds"> | undefined> {
  try {
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    const peak = status.match(/VmHWM:\s+(\d+) kB/);
    if (peak === null) return undefined;
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    // Hundredths of a second, in user code and in the kernel, after the name in parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpu = (Number(fields[11]) + Number(fields[12])) / 100;
    return { cpu, megabytes: Number(peak[1]) / 1024 };
  } catch {
    return undefined;
  }
}

/** The command of each step. */
function commandOf(
  step: string,
  users: number,
  tables: { input: string; features: string },
): string[] {
  const train = (model: string) => ["train", "--dataset", named(users, ""), "--model", model];
  const run = named(users, "-lightgcn");
  const trained = [...train("lightgcn"), "--set", `batch=${batchOf(users)}`, "--no-yardstick"];
  const sampled = flags["eval-users"] ? ["--eval-users", flags["eval-users"]] : [];
  const commands: Record<string, string[]> = {
    preprocess: [
      ...["preprocess", "--dataset", named(users, ""), "--overwrite", "--input", tables.input],
      ...["--split", "leave-last", "--k-core", "1", "--features", tables.features],
    ],
    plan: [...trained, "--dry-run"],
    train: [...trained, "--epochs", "1", "--run", run, ...sampled],
    evaluate: ["evaluate", run],
    recommend: ["recommend", run, "-o", `runs/${run}/lists.csv`],
    gfcf: [...train("gfcf"), "--set", "search=none", "--run", named(users, "-gfcf")],
    mmgf: [...train("mmgf"), "--set", "search=none", "--run", named(users, "-mmgf")],
  };
  const folder = `datasets/${named(users, "")}`;
  const script = (name: string, ...args: string[]) => {
    const permissions = ["--allow-read", "--allow-sys", "--allow-env"];
    return [Deno.execPath(), "run", ...permissions, `bench/${name}`, folder, ...args];
  };
  const few = flags["closed-form-users"];
  if (few && ["gfcf", "mmgf"].includes(step)) return script("closed_form.ts", step, "--users", few);
  if (commands[step] !== undefined) return ["./bandpass", ...commands[step]];
  if (step === "read") return script("read_dataset.ts");
  if (step === "read-text") return script("read_dataset.ts", "--text");
  throw new Error(`Unknown step "${step}"`);
}

/** The first epoch of a run, as its metrics have it. */
async function epochOf(users: number): Promise<{ epoch: Cost; step: Cost }> {
  const path = `runs/${named(users, "-lightgcn")}/metrics.jsonl`;
  const { seconds } = JSON.parse((await Deno.readTextFile(path)).split("\n")[0]);
  const steps = Math.ceil(trainRows(users) / batchOf(users));
  return { epoch: { seconds }, step: { seconds: seconds / steps } };
}

for (const users of sizes) {
  const tables = await writeTables(users);
  for (const step of steps) {
    for (const model of ["lightgcn", "gfcf", "mmgf"]) {
      if (step !== (model === "lightgcn" ? "train" : model)) continue;
      await Deno.remove(`runs/${named(users, `-${model}`)}`, { recursive: true }).catch(() => {});
    }
    record(step, users, await measured(commandOf(step, users, tables)));
    if (step !== "train") continue;
    const { epoch, step: one } = await epochOf(users);
    record("  its epoch", users, epoch);
    record("  a step of it", users, one);
  }
}

function costText({ seconds, cpu, megabytes }: Cost): string {
  const parts = [`${seconds.toPrecision(3)} s`];
  if (cpu !== undefined) parts.push(`${cpu.toPrecision(3)} s of CPU`);
  if (megabytes !== undefined) parts.push(`${Math.round(megabytes)} MB`);
  return parts.join(", ");
}

/** The exponent e of `cost ∝ rowsᵉ` between the two largest sizes. */
function exponent(of: Map<number, Cost>, number: (cost: Cost) => number | undefined): string {
  const [small, large] = sizes.slice(-2);
  const [from, to] = [of.get(small), of.get(large)].map((cost) => cost && number(cost));
  if (sizes.length < 2 || !from || !to) return "";
  return (Math.log(to / from) / Math.log(large / small)).toFixed(2);
}

const rows = sizes.map((users) => (users * rowsOfUser).toLocaleString("en"));
console.log(`| step | ${rows.map((count) => `${count} rows`).join(" | ")} | exponents |`);
console.log(`| ---- | ${rows.map(() => "----").join(" | ")} | ---- |`);
for (const [step, of] of costs) {
  const cells = sizes.map((users) => of.has(users) ? costText(of.get(users)!) : "");
  const exponents = [
    exponent(of, ({ cpu, seconds }) => cpu ?? seconds),
    exponent(of, ({ megabytes }) => megabytes),
  ].filter((text) => text !== "");
  console.log(`| ${step} | ${cells.join(" | ")} | ${exponents.join(", ")} |`);
}
