/** A small data set, and SSR built, represented and stepped on it. */
import { assertEquals } from "@std/assert";
import type { Dataset, Modality } from "../../../data/dataset.ts";
import type { Gpu } from "../../../gpu/gpu.ts";
import { Memory } from "../../../gpu/memory.ts";
import { Program } from "../../../gpu/program.ts";
import { readFloats } from "../../../gpu/readback.ts";
import type { Model } from "../../../models/model.ts";
import { trainedSettings } from "../../../models/define_model.ts";
import { ssr } from "../../../models/ssr/ssr.ts";
import { rowList } from "../../../shaders/gather/row_lists.ts";
import { LossTerms } from "../../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../../shaders/common/step/step_state.ts";
import { madeDataset } from "../../datasets.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { rowsOf } from "../rows_of.ts";
import { randomValues } from "../../shaders/op_check.ts";

export const [users, items, batch] = [40, 30, 33];

function modality(name: string, columns: number): Modality {
  const values = randomValues(items * columns, columns);
  return { name, rows: items, columns, values };
}

/** Every user takes six items, far from each other and from other users'. */
export const pairs = Array.from({ length: users * 6 }, (_, n) => {
  const user = Math.floor(n / 6);
  return { user, item: (user * 7 + (n % 6) * (n % 6) + (user % 3) * (n % 6)) % items };
}).filter((pair, n, all) =>
  all.findIndex((other) => other.user === pair.user && other.item === pair.item) === n
);
const interactions = {
  users: Uint32Array.from(pairs, ({ user }) => user),
  items: Uint32Array.from(pairs, ({ item }) => item),
};
const none = { users: new Uint32Array(0), items: new Uint32Array(0) };
export const dataset: Dataset = madeDataset({
  name: "forty",
  users,
  items,
  train: interactions,
  valid: none,
  test: none,
  modalities: [modality("audio", 5), modality("image", 12), modality("text", 8)],
});
export const two: Dataset = { ...dataset, modalities: dataset.modalities.slice(1) };

export async function built(
  overrides: Record<string, unknown>,
  on = two,
  notes: string[] = [],
  gpu?: Gpu,
) {
  const memory = new Memory(gpu ?? await testGpu());
  const settings = trainedSettings(ssr, {
    dim: 16,
    neighbours: "4",
    batch,
    // The published losses.
    mask_weight: 1e-3,
    alignment_weight: 1e-4,
    ...overrides,
  });
  const note = (text: string) => notes.push(text);
  const model = await ssr.build({ memory, dataset: on, settings, seed: 3, note });
  return { memory, model };
}

/** The rows that users and items are scored by. */
export async function represented(
  overrides: Record<string, unknown>,
  on = two,
  isGateShut = false,
) {
  const { memory, model } = await built(overrides, on);
  const program = new Program(memory, "representation");
  const sides = rowsOf(model.represent(program));
  await program.compile();
  for (const { label, allocation } of isGateShut ? model.parameters : []) {
    if (!label.endsWith("gate.output.weight")) continue;
    memory.write(allocation, new Float32Array(allocation.bytes / 4));
  }
  program.submit();
  const [user, item] = await Promise.all(
    [sides.users, sides.items].map(({ table, rows, firstRow }) => {
      assertEquals(firstRow, 0);
      return readFloats(memory, table.allocation, rows * table.columns);
    }),
  );
  memory.destroy();
  return { user, item };
}

/** A training step without its optimiser. */
export async function stepOf(model: Model, memory: Memory) {
  const program = new Program(memory, "training");
  const position = { seed: 0, step: 0, epochStep: 0, epochRows: batch, batchSize: batch };
  const losses = new LossTerms(program, stepState(program, position));
  const list = (label: string, row: (n: number) => number) =>
    rowList(program, label, batch, Uint32Array.from({ length: batch }, (_, n) => row(n)));
  model.loss(program, {
    users: list("users", (n) => pairs[n * 5].user),
    positives: list("positives", (n) => pairs[n * 5].item),
    negatives: list("negatives", (n) => (n * 11) % items),
  }, losses);
  program.backward();
  await program.compile();
  const terms = async () => {
    program.submit();
    const values = await readFloats(memory, losses.allocation, losses.names.length);
    return new Map(losses.names.map((name, n) => [name, values[n]]));
  };
  const loss = async () => [...(await terms()).values()].reduce((sum, term) => sum + term, 0);
  return { program, terms, loss };
}

export const splits = [
  { decomposition: "gft" },
  { decomposition: "gft", eigenpairs: 20, bands: 4 },
  { decomposition: "gft", eigenpairs: 20, borders: "equal-width" },
  { decomposition: "gft", eigenpairs: 20, borders: "3,9" },
  { decomposition: "chebyshev" },
  { decomposition: "chebyshev", bands: 5, order: 9 },
  { decomposition: "smooth", smooth_degree: 12 },
  { decomposition: "smooth", smooth_degree: 5, bands: 2 },
];
