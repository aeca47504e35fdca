import { assertEquals, assertThrows } from "@std/assert";
import { ownIdentifiers } from "../../data/identifiers.ts";
import { DataError } from "../../errors.ts";
import { Memory } from "../../gpu/memory.ts";
import { bpr } from "../../models/bpr/bpr.ts";
import { trainedSettings } from "../../models/define_model.ts";
import { buildTrainingStep } from "../../training/session.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { madeDataset } from "../datasets.ts";

const gpu = await testGpu();
const none = { users: new Uint32Array(), items: new Uint32Array() };

/** Builds the training step of a dataset of these train rows, and gives its rows and what was noted. */
async function built(pairs: readonly (readonly [number, number])[]) {
  const memory = new Memory(gpu);
  const train = {
    users: Uint32Array.from(pairs, ([user]) => user),
    items: Uint32Array.from(pairs, ([, item]) => item),
  };
  const made = madeDataset({
    ...{ name: "shop", users: 3, items: 3, train, valid: none, test: none, modalities: [] },
  });
  const dataset = { ...made, userIds: ownIdentifiers(["ann", "crawler-7", "bob"], "users.csv") };
  const settings = trainedSettings(bpr, { dim: 4 });
  const model = await bpr.build({ memory, dataset, settings, seed: 1 });
  const notes: string[] = [];
  try {
    const { rows } = buildTrainingStep(
      memory,
      model,
      dataset,
      settings,
      (text) => notes.push(text),
    );
    return { rows: Array.from(rows.users, (user, n) => [user, rows.items[n]]), notes };
  } finally {
    memory.destroy();
  }
}

Deno.test("buildTrainingStep() leaves out the rows of a user who took every item, and names them", async () => {
  const { rows, notes } = await built([[0, 1], [1, 0], [1, 1], [1, 2], [2, 2]]);
  assertEquals(rows, [[0, 1], [2, 2]]);
  assertEquals(notes, [
    'user "crawler-7" has all 3 train items: without a negative, their 3 rows are left out of the ' +
    "loss, but stay in the graph",
  ]);
  assertEquals((await built([[0, 1], [1, 0]])).notes, []);
});

Deno.test("buildTrainingStep() refuses where every user took every item", async () => {
  const error = await built([[1, 0], [1, 1]]).catch((error) => error);
  assertThrows(
    () => {
      throw error;
    },
    DataError,
    'user "crawler-7" has all 2 train items',
  );
});
