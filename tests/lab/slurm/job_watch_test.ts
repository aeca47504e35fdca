import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { BandpassError } from "../../../errors.ts";
import { claimStep, readClaims } from "../../../lab/slurm/claims.ts";
import { readManifest } from "../../../lab/slurm/manifest.ts";
import { readPlace } from "../../../lab/slurm/place_file.ts";
import { slurmEngine } from "../../../lab/slurm/slurm_engine.ts";
import type { Slurm, SlurmJob, SlurmTask } from "../../../lab/slurm/slurm_programs.ts";
import { readOutcome, writeOutcome } from "../../../lab/trials/outcome_file.ts";
import type { TrialOutcome, TrialStep } from "../../../lab/trials/trial.ts";
import { shop, withFolder } from "../../recommender/shop.ts";

const steps = [0, 1].map((number): TrialStep => ({
  ...{ number, rung: 0, epochs: 1 },
  trial: { model: "popularity", settings: {}, seed: 0 },
}));
const outcome: TrialOutcome = {
  ...{ status: "finished", epochs: 1, reason: "computed", best_epoch: 1, validation: null },
  ...{ seconds: 1, gpu_bytes: 0 },
};

/** A Slurm that does what a list says, a look each; the last goes on. */
function listed(looks: (() => SlurmTask[] | Promise<SlurmTask[]>)[]) {
  const submitted: SlurmJob[] = [];
  const slurm: Slurm = {
    submit: (job) => Promise.resolve(String(submitted.push(job))),
    tasks: async () => await (looks.length > 1 ? looks.shift()! : looks[0])(),
    cancel: () => Promise.resolve(),
  };
  return { slurm, submitted };
}

const place = { dataset: shop, dataDirectory: "datasets", adapter: "auto" } as const;
const patience = { pauses: [0.01, 0.01], unreachable: 0.1, quiet: 0.3 } as const;
const engineOf = (slurm: Slurm, notes: string[] = []) =>
  slurmEngine({
    ...{ place, slurm, patience, command: (folder: string) => `run '${folder}'` },
    sbatchArguments: ["--time=5"],
    onNote: (text) => void notes.push(text),
  });

const inFolder = (use: (folder: string) => Promise<void>) =>
  withFolder(async (folder) => await use(await Deno.realPath(folder)));

/** A task of the engine for a folder. */
const task = (folder: string, name: string, isRunning = true, reason = "None"): SlurmTask => ({
  ...{ name, job: name.split("_")[0], isRunning, reason, folder },
});

Deno.test("slurmEngine() submits a task a step without an outcome, and tells each what it needs", () =>
  inFolder(async (folder) => {
    await writeOutcome(folder, steps[0], outcome);
    const { slurm, submitted } = listed([() => [], async () => {
      await writeOutcome(folder, steps[1], outcome);
      return [];
    }]);
    const heard: number[] = [];
    await engineOf(slurm).run(folder, steps, ({ number }) => void heard.push(number));
    assertEquals(heard, [1]);
    const [{ script, ...job }] = submitted;
    assertEquals(job, {
      ...{ folder, name: `bandpass-${folder.split("/").at(-1)}`, tasks: 1 },
      ...{ output: `${folder}/slurm/output/%A_%a.txt`, arguments: ["--time=5"] },
    });
    assertEquals(
      script,
      `#!/bin/sh\nexec run '${folder}' "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}@` +
        '${SLURMD_NODENAME}"\n',
    );
    assertEquals(await readManifest(folder), [steps[1]]);
    const { dataset, data_dir, adapter } = await readPlace(folder);
    assertEquals({ dataset, data_dir, adapter }, {
      ...{ dataset: "shop", data_dir: "datasets", adapter: "auto" },
    });
    await engineOf(slurm).run(folder, steps, () => {});
    assertEquals(submitted.length, 1);
  }));

Deno.test("slurmEngine() finds the jobs of an engine that was killed, and frees what a requeued task had", () =>
  inFolder(async (folder) => {
    await claimStep(folder, steps[0], { task: "7_0", node: "a" });
    await claimStep(folder, steps[1], { task: "7_1", node: "b" });
    const other = task("/elsewhere", "8_0");
    const { slurm, submitted } = listed([
      () => [other, task(folder, "7_0"), task(folder, "7_1", false, "BeginTime")],
      async () => {
        const claims = await readClaims(folder, steps);
        assertEquals(Array.from(claims.values(), (claim) => claim?.task), ["7_0"]);
        for (const step of steps) await writeOutcome(folder, step, outcome);
        return [];
      },
    ]);
    await engineOf(slurm).run(folder, steps, () => {});
    assertEquals(submitted, []);
  }));

Deno.test("slurmEngine() bears Slurm's silence for a while, and no silence at the beginning", () =>
  inFolder(async (folder) => {
    const silence = () => {
      throw new BandpassError("squeue failed: no controller", "Wait");
    };
    const running = () => [task(folder, "1_0"), task(folder, "1_1")];
    const first = listed([silence]);
    const refused = () => engineOf(first.slurm).run(folder, steps, () => {});
    assertEquals((await assertRejects(refused, BandpassError)).nextStep, "Wait");

    const notes: string[] = [];
    const then = listed([running, silence, silence, running, silence]);
    const error = await assertRejects(
      () => engineOf(then.slurm, notes).run(folder, steps, () => {}),
      BandpassError,
      "has not answered for",
    );
    assertStringIncludes(error.nextStep!, "run it again");
    assertEquals(notes.filter((text) => text.startsWith("Slurm does not answer")).length, 2);
  }));

Deno.test("slurmEngine() tells why Slurm holds a task back, and does not wait for ever", () =>
  inFolder(async (folder) => {
    const held = () => ["1_0", "1_1"].map((name) => task(folder, name, false, "PartitionDown"));
    const notes: string[] = [];
    const error = await assertRejects(
      () => engineOf(listed([held]).slurm, notes).run(folder, steps, () => {}),
      BandpassError,
      "neither begun nor ended a task",
    );
    assertStringIncludes(error.message, "2 trials wait");
    assertEquals(notes, ["Slurm holds the task 1_0 back: PartitionDown"]);
  }));

Deno.test("claimStep() gives a step to one task, and again to the same one", () =>
  inFolder(async (folder) => {
    const workers = ["1_0", "1_1", "1_2"].map((task) => ({ task, node: "a" }));
    const taken = await Promise.all(workers.map((worker) => claimStep(folder, steps[0], worker)));
    assertEquals(taken.filter(Boolean).length, 1);
    const owner = workers[taken.indexOf(true)];
    assert(await claimStep(folder, steps[0], { ...owner, node: "b" }));
    // A task that was killed when it had only just made the file.
    await Deno.writeTextFile(`${folder}/slurm/claims/0001-0.json`, "");
    assertEquals(await claimStep(folder, steps[1], owner), false);
    const claims = await readClaims(folder, steps);
    assertEquals([claims.get("0000-0")?.task, claims.get("0001-0")], [owner.task, undefined]);
    assertEquals(await readOutcome(folder, steps[0]), undefined);
  }));
