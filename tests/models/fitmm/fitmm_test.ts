import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Dataset } from "../../../data/dataset.ts";
import { readDataset } from "../../../data/folder.ts";
import { UsageError } from "../../../errors.ts";
import { Memory } from "../../../gpu/memory.ts";
import { Program } from "../../../gpu/program.ts";
import { readFloats } from "../../../gpu/readback.ts";
import { fitmm } from "../../../models/fitmm/fitmm.ts";
import { trainedSettings } from "../../../models/define_model.ts";
import { beginEpoch, buildTrainingStep } from "../../../training/session.ts";
import { assertAll, assertEach, assertFalling, assertFinite } from "../../assert_each.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { rowsOf } from "../rows_of.ts";

const folder = await Deno.makeTempDir();
const sample = await readDataset(`${folder}/sample`);
await Deno.remove(folder, { recursive: true });
const gpu = await testGpu();

// The weight is the published one, by which the loss falls in a few steps.
const small = { dim: 16, batch: 512, learning_rate: 1e-2, ib_weight: 1 };

/** Trains some steps; gives the terms of the loss of each, and what users are represented by. */
async function stepped(overrides: Record<string, unknown>, steps = 4, dataset: Dataset = sample) {
  const settings = trainedSettings(fitmm, { ...small, ...overrides });
  const memory = new Memory(gpu);
  try {
    const model = await fitmm.build({ memory, dataset, settings, seed: 1 });
    const training = buildTrainingStep(memory, model, dataset, settings);
    const scoring = new Program(memory, "evaluation");
    const { table } = rowsOf(model.represent(scoring)).users;
    await training.program.compile();
    await scoring.compile();
    beginEpoch(memory, training, { seed: 1, epoch: 0, epochStep: 0 }, settings);
    for (let step = 0; step < steps; step++) training.program.submit();
    scoring.submit();
    const { names } = training.losses;
    const record = await readFloats(memory, training.record, names.length * (steps || 1));
    const losses = Array.from(
      { length: steps },
      (_, step) => record.slice(step * names.length, (step + 1) * names.length),
    );
    const users = await readFloats(memory, table.allocation, table.rows * table.columns);
    return { names, totals: losses.map((terms) => terms.reduce((sum, v) => sum + v, 0)), users };
  } finally {
    memory.destroy();
  }
}

const usual = await stepped({});

const settings: Record<string, Record<string, unknown>> = {
  "the other consistency": { consistency: "cross-modal", consistency_weight: 1 },
  "a heavier consistency": { consistency_weight: 1 },
  "no consistency": { consistency_weight: 0 },
  "no bottleneck": { ib: "none" },
  "the bottleneck in closed form": { ib: "wiener" },
  "another alpha": { ib_alpha: 3 },
  "another mu": { ib_mu: 3 },
  "another phi": { ib_phi: 0.1 },
  "another weight of the bottleneck": { ib_weight: 0.1 },
  "no item graph": { item_layers: 0 },
  "other weights of the item graphs": { graph_weights: "image=0.9,text=0.1" },
  "a random basis": { basis: "random" },
  "no decomposition": { bands: 1 },
  "four bands": { bands: 4 },
  "no content": { modalities: "none" },
  "one modality": { modalities: "text" },
  "frozen features": { features: "frozen" },
};

for (const [name, overrides] of Object.entries(settings)) {
  Deno.test(`fitmm with ${name} trains, and to another result`, async () => {
    const other = await stepped(overrides);
    const { totals, users } = other;
    assertFalling(totals, "losses");
    assertFinite(users, "users");
    if (users.length !== usual.users.length) return;
    const apart = Math.max(...users.map((value, at) => Math.abs(value - usual.users[at])));
    assert(apart > 1e-6, `the users differ by ${apart}`);
  });
}

Deno.test("fitmm propagates users on the graph of given embeddings, unless it is left out", async () => {
  const values = Float32Array.from({ length: sample.users * 3 }, (_, at) => Math.sin(at * at));
  const userFeatures = { name: "user", rows: sample.users, columns: 3, values };
  const dataset = { ...sample, userFeatures };
  const apart = async (overrides: Record<string, unknown>) => {
    const { users } = await stepped(overrides, 4, dataset);
    return Math.max(...users.map((value, at) => Math.abs(value - usual.users[at])));
  };
  assert(await apart({}) > 1e-3);
  assertEquals(await apart({ user_layers: 0 }), 0);
  // The nearest user is the user, whose value of 1/1 leaves the preferences as they are.
  assert(await apart({ user_neighbours: 1 }) < 1e-5);
});

Deno.test("fitmm's bottlenecks and consistency are terms of the loss, and go with their settings", async () => {
  assertEquals(usual.names.filter((name) => name.includes("bottleneck")).length, 2);
  assertEquals(usual.names.filter((name) => name.includes("consistency")).length, 4);
  for (const ib of ["none", "wiener"]) {
    const { names } = await stepped({ ib, bands: 1 }, 1);
    assertEquals(names, ["bce positive", "bce negative"]);
  }
});

Deno.test("fitmm's β opens directions: all of them for a large one, none for 1", async () => {
  const { users: open } = await stepped({ ib: "wiener", ib_beta: 1e9 }, 0);
  const { users: free } = await stepped({ ib: "none" }, 0);
  const apart = Math.max(...open.map((value, at) => Math.abs(value - free[at])));
  assert(apart < 1e-6, `β = 1e9 is apart from no bottleneck by ${apart}`);
  const { users: shut } = await stepped({ ib: "wiener", ib_beta: 1 }, 0);
  assertAll(shut, 0, "users");
});

Deno.test("fitmm refuses the closed form for a random basis, with a next step", async () => {
  const error = await assertRejects(
    () => stepped({ ib: "wiener", basis: "random" }),
    UsageError,
    'Cannot use ib="wiener" with basis="random"',
  );
  assert(error.nextStep?.includes('basis to "principal"'));
});

Deno.test("fitmm tells the energy of each band and branch, and the weights of its gates", async () => {
  const memory = new Memory(gpu);
  const settings = trainedSettings(fitmm, small);
  const model = await fitmm.build({ memory, dataset: sample, settings, seed: 1 });
  const program = new Program(memory, "evaluation");
  model.represent(program);
  const told = model.diagnose!(program);
  await program.compile();
  program.submit();
  assertEquals(told.map(({ name }) => name), [
    "energy of users",
    "gate of users",
    "energy of items",
    "gate of items",
  ]);
  for (const { name, table, columns, rows } of told) {
    const values = await readFloats(memory, table.allocation, table.rows * table.columns);
    assertEquals(columns.length, table.columns);
    assertEach(values, (value) => value > 0, "more than 0", name);
    if (!name.startsWith("energy")) continue;
    assertEquals(rows, ["band 0", "band 1", "band 2"]);
    assertEquals(columns, ["id", "image", "text"]);
    // The first band has the largest directions.
    columns.forEach((_, c) => assert(values[c] > values[columns.length + c], `${name}: ${values}`));
  }
  memory.destroy();
});

Deno.test("fitmm takes steps to the same bytes", async () => {
  for (const overrides of [{}, { ib: "wiener" }]) {
    const [one, same] = [await stepped(overrides), await stepped(overrides)];
    assertEquals(new Uint32Array(same.users.buffer), new Uint32Array(one.users.buffer));
  }
});
