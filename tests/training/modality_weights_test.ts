import { assert, assertEquals } from "@std/assert";
import type { Dataset } from "../../data/dataset.ts";
import type { TrainedDefinition } from "../../models/define_model.ts";
import { freedom } from "../../models/freedom/freedom.ts";
import { lightgcn } from "../../models/lightgcn/lightgcn.ts";
import { resolveConfiguration } from "../../training/configuration.ts";
import { withModalityWeights } from "../../training/modality_weights.ts";
import { madeDataset } from "../datasets.ts";
import { testGpu } from "../gpu/test_gpu.ts";

// Items 2n and 2n + 1 look alike, and sound like other items; user n took the first of pair n, and takes the
// second. Ranks of so many items leave the rest beyond the 20 best.
const [users, items] = [60, 120];
const split = (item: (user: number) => number) => ({
  users: Uint32Array.from({ length: users }, (_, user) => user),
  items: Uint32Array.from({ length: users }, (_, user) => item(user)),
});
const oneOf = (name: string, group: (item: number) => number) => {
  const values = new Float32Array(items * users);
  for (let item = 0; item < items; item++) values[item * users + group(item)] = 1;
  return { name, rows: items, columns: users, values };
};
const looks = oneOf("image", (item) => Math.floor(item / 2));
// A fifth of the pairs sound alike too.
const sounds = oneOf("audio", (item) => item < items / 5 ? Math.floor(item / 2) : item % users);
const dataset = madeDataset({
  ...{ name: "pairs", users, items, modalities: [sounds, looks] },
  train: split((user) => 2 * user),
  valid: split((user) => 2 * user + 1),
  test: split((user) => (2 * user + 5) % items),
});

async function weighed(
  settings: Record<string, string>,
  { data = dataset, definition = freedom, folder }: {
    data?: Dataset;
    definition?: TrainedDefinition;
    folder?: string;
  } = {},
) {
  const notes: string[] = [];
  const note = (text: string) => notes.push(text);
  const configuration = resolveConfiguration(
    { options: { dataset: "pairs", model: definition.name }, assignments: settings },
    () => definition.settings,
  );
  const found = await withModalityWeights({
    ...{ gpu: await testGpu(), dataset: data, definition, configuration, note },
    cache: folder === undefined ? undefined : { folder, note },
  });
  return { configuration, found, weights: found.settings.graph_weights, notes };
}

Deno.test("modalities are weighed by how well near items predict validation rows", async () => {
  const { weights, notes } = await weighed({ neighbours: "2" });
  const [, audio, image] = /^audio=([\d.]+),image=([\d.]+)$/.exec(String(weights))!.map(Number);
  assert(image > 0.6 && audio > 0 && Math.abs(image + audio - 1) < 1e-9, String(weights));
  assertEquals(notes, [`Modality weights by validation: audio ${audio}, image ${image}`]);
});

Deno.test("weights that are given stay, and models without them", async () => {
  for (const graph_weights of ["image=0.3,audio=0.7", ""]) {
    const { weights, notes } = await weighed({ graph_weights });
    assertEquals([weights, notes], [graph_weights, []]);
  }
  const other = await weighed({}, { definition: lightgcn });
  assertEquals(other.found, other.configuration);
});

Deno.test("one modality has all the weight, and modalities that predict nothing have the same", async () => {
  const one = await weighed({}, { data: { ...dataset, modalities: [looks] } });
  assertEquals([one.weights, one.notes], ["image=1", []]);
  const flat = (name: string) => oneOf(name, (item) => (item * 7) % users);
  const none = { ...dataset, modalities: [flat("audio"), flat("image")] };
  assertEquals((await weighed({ neighbours: "1" }, { data: none })).weights, "audio=0.5,image=0.5");
});

Deno.test("recalls of modalities are cached by the data and the settings of the graphs", async () => {
  const folder = await Deno.makeTempDir();
  const isMeasured = ({ notes }: { notes: string[] }) =>
    notes.some((note) => note.startsWith("Weighing modalities"));
  try {
    const first = await weighed({ neighbours: "2" }, { folder });
    const again = await weighed({ neighbours: "2" }, { folder });
    assertEquals([isMeasured(first), isMeasured(again)], [true, false]);
    assertEquals(again.weights, first.weights);
    assert(isMeasured(await weighed({ neighbours: "3" }, { folder })));
    const data = { ...dataset, valid: split((user) => (2 * user + 3) % items) };
    assert(isMeasured(await weighed({ neighbours: "2" }, { folder, data })));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
