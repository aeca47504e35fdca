import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { BandpassError, InterruptedError } from "../../../errors.ts";
import { slurmEngine } from "../../../lab/slurm/slurm_engine.ts";
import type { SlurmOptions } from "../../../lab/slurm/slurm_options.ts";
import { localEngine, type TrialEngine } from "../../../lab/trials/engine.ts";
import { readOutcome } from "../../../lab/trials/outcome_file.ts";
import { type TrialRecord, writeTrialRecords } from "../../../lab/trials/trial_records.ts";
import type { TrialStep } from "../../../lab/trials/trial.ts";
import { countLines } from "../../../training/line_file.ts";
import { projectFolder } from "../../cli/run_cli.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { shop, withFolder } from "../../recommender/shop.ts";
import { type Cluster, named, startCluster, until } from "./cluster.ts";

const settings = { dim: 16, batch: 64 };
const first: TrialStep[] = [
  { number: 0, rung: 0, epochs: 1, trial: { model: "popularity", settings: {}, seed: 0 } },
  { number: 1, rung: 0, epochs: 2, trial: { model: "bpr", settings, seed: 0 } },
  { number: 2, rung: 0, epochs: 1, trial: { model: "vbpr", settings: {}, seed: 0 } },
];
const promoted: TrialStep[] = [{ ...first[1], rung: 1, epochs: 4 }];

/** Looks often, and soon loses patience. */
const patience = { pauses: [0.2, 0.5], unreachable: 60, quiet: 120 } as const;

/** A folder for trials, one of datasets with the shop in it, and what its engines need. */
async function withPlace(
  use: (place: { trials: string; options: SlurmOptions }) => Promise<void>,
): Promise<void> {
  await withFolder(async (made) => {
    const folder = await Deno.realPath(made);
    const data = `${folder}/datasets`;
    await Deno.mkdir(`${data}/tiny`, { recursive: true });
    const rows = ["train", "valid", "test"].flatMap((split, label) => {
      const { users, items } = shop[split as "train"];
      return Array.from(users, (user, row) => `${user}\t${items[row]}\t${label}`);
    });
    await Deno.writeTextFile(
      `${data}/tiny/tiny.inter`,
      `userID\titemID\tx_label\n${rows.join("\n")}\n`,
    );
    const dataset = await readDataset(`${data}/tiny`);
    const trials = `${folder}/trials`;
    await Deno.mkdir(trials);
    const command = (path: string) => `'${projectFolder}bandpass' run-trial '${path}' --task`;
    const place = { dataset, dataDirectory: data, adapter: "auto" } as const;
    await use({ trials, options: { place, command, patience } });
  });
}

/** Has the programs of Slurm find a cluster, or nothing, as long as something is done. */
async function withEnv(env: Readonly<Record<string, string>>, use: () => Promise<void>) {
  const before = Object.keys(env).map((name) => [name, Deno.env.get(name)] as const);
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, value);
  try {
    await use();
  } finally {
    for (const [name, value] of before) {
      value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
    }
  }
}

async function withCluster(use: (cluster: Cluster) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await using cluster = await startCluster(await Deno.realPath(folder));
    await withEnv(cluster.env, () => use(cluster));
  });
}

/** Runs both rungs, and gives the bytes of the trials and of their best parameters. */
async function bytesOf(engine: TrialEngine, folder: string): Promise<Record<string, string>> {
  const records: TrialRecord[] = [];
  for (const steps of [first, promoted]) {
    await engine.run(folder, steps, () => {});
    for (const step of steps) records.push({ step, outcome: (await readOutcome(folder, step))! });
  }
  await writeTrialRecords(folder, records, "valid: all items");
  const files = ["trials.ndjson", "trials.parquet", "trials/0000/result.json"]
    .concat(["best", "last"].map((which) => `trials/0001/${which}.safetensors`));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => {
      const text = (await Deno.readFile(`${folder}/${file}`)).toHex();
      return [file, file.endsWith(".json") ? "" : text];
    })),
  );
}

Deno.test({
  ...named("slurmEngine() gives the trials of the local engine byte for byte, on two nodes"),
  fn: () =>
    withCluster(() =>
      withPlace(async ({ trials, options }) => {
        const local = `${trials}-local`;
        await Deno.mkdir(local);
        const { place } = options;
        const here = await bytesOf(localEngine({ ...place, gpu: await testGpu() }), local);
        const notes: string[] = [];
        const onNote = (text: string) => void notes.push(text);
        const there = await bytesOf(slurmEngine({ ...options, onNote }), trials);
        assertEquals(there, here);
        assertEquals(notes.filter((text) => text.startsWith("Submitted")).length, 2, `${notes}`);
        const claims = Array.from(
          Deno.readDirSync(`${trials}/slurm/claims`),
          ({ name }) => JSON.parse(Deno.readTextFileSync(`${trials}/slurm/claims/${name}`)),
        );
        assertEquals(claims.length, 4);
        assertEquals([...new Set(claims.map(({ node }) => node))].sort(), ["node1", "node2"]);
      })
    ),
});

Deno.test({
  ...named("slurmEngine() loses nothing with a node that is killed in mid-trial"),
  fn: () =>
    withCluster((cluster) =>
      withPlace(async ({ trials, options }) => {
        const trial = { model: "bpr", settings: { dim: 16, batch: 8 }, seed: 0 };
        const step: TrialStep = { number: 0, rung: 0, epochs: 24, trial };
        const running = slurmEngine(options).run(trials, [step], () => {});
        const run = `${trials}/trials/0000`;
        await until("two epochs", async () => await countLines(`${run}/metrics.jsonl`) >= 2);
        await cluster.kill("node1");
        const epochs = await countLines(`${run}/metrics.jsonl`);
        assertEquals(await readOutcome(trials, step), undefined);
        await running;

        const local = `${trials}-local`;
        await Deno.mkdir(local);
        await localEngine({ ...options.place, gpu: await testGpu() }).run(local, [step], () => {});
        const [there, here] = [await readOutcome(trials, step), await readOutcome(local, step)];
        const untimed = { seconds: 0, preparation_seconds: 0 };
        assertEquals({ ...there, ...untimed }, { ...here, ...untimed });
        assert(there!.epochs > epochs, `${there!.epochs} of ${epochs}`);
        for (const which of ["best", "last"]) {
          const path = `trials/0000/${which}.safetensors`;
          assertEquals(
            await Deno.readFile(`${trials}/${path}`),
            await Deno.readFile(`${local}/${path}`),
          );
        }
        const claim = JSON.parse(await Deno.readTextFile(`${trials}/slurm/claims/0000-0.json`));
        assertEquals(claim.node, "node2");
      })
    ),
});

Deno.test({
  ...named("slurmEngine() says what Slurm refuses, gives up what is lost, and cancels its jobs"),
  fn: () =>
    withCluster((cluster) =>
      withPlace(async ({ trials, options }) => {
        const runs = (more: Partial<SlurmOptions>, steps = [first[0]]) =>
          slurmEngine({ ...options, ...more }).run(trials, steps, () => {});
        const refused = await assertRejects(
          () => runs({ sbatchArguments: ["--partition=nope"] }),
          BandpassError,
          "sbatch failed",
        );
        assertStringIncludes(refused.message, "Invalid partition name specified");

        // Tasks that cannot even begin are no fault of the trial.
        const broken = await assertRejects(
          () => runs({ command: () => "/no/bandpass" }),
          BandpassError,
          "its last 3 jobs brought no outcome",
        );
        assertStringIncludes(broken.message, "/no/bandpass: not found");
        assertEquals(await readOutcome(trials, first[0]), undefined);

        // Tasks that have taken a step and are killed are.
        await Deno.writeTextFile(
          `${trials}/dies.sh`,
          `task=$1; claim='${trials}/slurm/claims/0001-0.json'
printf '{"task":"%s","node":"%s","since":""}' "\${task%@*}" "\${task#*@}" >"$claim"
echo out of memory
kill -9 $$
`,
        );
        await runs({ command: () => `sh '${trials}/dies.sh'` }, [first[1]]);
        const lost = (await readOutcome(trials, first[1]))!;
        assertEquals([lost.status, lost.epochs, lost.validation], ["failed", 0, null]);
        assertStringIncludes(
          lost.reason,
          'ended 3 times without an outcome; the last one printed "',
        );
        assertStringIncludes(lost.reason, "out of memory");

        const controller = new AbortController();
        const notes: string[] = [];
        const onNote = (text: string) => {
          notes.push(text);
          if (text.startsWith("Submitted")) setTimeout(() => controller.abort(), 500);
        };
        const { signal } = controller;
        await assertRejects(
          () => runs({ command: () => "sleep 100 #", signal, onNote }),
          InterruptedError,
        );
        assert(/^Cancelled on Slurm: \d+$/.test(notes.at(-1)!), notes.join("\n"));

        await cluster.stopController();
        const silent = await assertRejects(() => runs({}), BandpassError, "squeue failed");
        assertStringIncludes(silent.message, "Unable to contact slurm controller");
        assertStringIncludes(silent.nextStep!, "engine=local");
      })
    ),
});
