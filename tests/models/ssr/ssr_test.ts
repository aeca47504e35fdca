import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import type { Dataset, Modality } from "../../../data/dataset.ts";
import { UsageError } from "../../../errors.ts";
import { Memory } from "../../../gpu/memory.ts";
import { Program } from "../../../gpu/program.ts";
import { readFloats } from "../../../gpu/readback.ts";
import type { Model } from "../../../models/model.ts";
import { trainedSettings } from "../../../models/define_model.ts";
import { ssr } from "../../../models/ssr/ssr.ts";
import { rowList } from "../../../shaders/gather/gather.ts";
import { LossTerms } from "../../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../../shaders/common/step/step_state.ts";
import { readDiagnostics } from "../../../training/diagnostics.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { rowsOf } from "../rows_of.ts";
import { assertClose, randomValues } from "../../shaders/op_check.ts";
import { madeDataset } from "../../datasets.ts";

const [users, items, batch] = [40, 30, 33];

function modality(name: string, columns: number): Modality {
  const values = randomValues(items * columns, columns);
  return { name, rows: items, columns, values };
}

/** Every user takes six items, far from each other and from other users'. */
const pairs = Array.from({ length: users * 6 }, (_, n) => {
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
const dataset = madeDataset({
  name: "forty",
  users,
  items,
  train: interactions,
  valid: none,
  test: none,
  modalities: [modality("audio", 5), modality("image", 12), modality("text", 8)],
});
const two: Dataset = { ...dataset, modalities: dataset.modalities.slice(1) };

async function built(overrides: Record<string, unknown>, on = two, notes: string[] = []) {
  const memory = new Memory(await testGpu());
  const settings = trainedSettings(ssr, {
    dim: 16,
    neighbours: "4",
    batch,
    ...overrides,
  });
  const note = (text: string) => notes.push(text);
  const model = await ssr.build({ memory, dataset: on, settings, seed: 3, note });
  return { memory, model };
}

/** The rows that users and items are scored by. */
async function represented(overrides: Record<string, unknown>, on = two, isGateShut = false) {
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

async function scores(overrides: Record<string, unknown>): Promise<Float64Array> {
  const { user, item } = await represented(overrides);
  const columns = user.length / users;
  return Float64Array.from({ length: users * items }, (_, at) => {
    const [u, i] = [Math.floor(at / items) * columns, (at % items) * columns];
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += user[u + c] * item[i + c];
    return sum;
  });
}

/** A training step without its optimiser. */
async function stepOf(model: Model, memory: Memory) {
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

const splits = [
  { decomposition: "gft" },
  { decomposition: "gft", eigenpairs: 20, bands: 4 },
  { decomposition: "gft", eigenpairs: 20, borders: "equal-width" },
  { decomposition: "gft", eigenpairs: 20, borders: "3,9" },
  { decomposition: "chebyshev" },
  { decomposition: "chebyshev", bands: 5, order: 9 },
  { decomposition: "smooth", smooth_degree: 12 },
  { decomposition: "smooth", smooth_degree: 5, bands: 2 },
];

Deno.test("ssr starts from the same rows whatever the decomposition and the operator", async () => {
  const kinds = [
    { operator: "ghsno", rank: 4 },
    { operator: "cp", rank: 2 },
    { operator: "cp", rank: 7 },
  ];
  for (const kind of kinds) {
    // CP's bands differ more than those that G-HSNO has mixed, and so does what the gate's first weights, of
    // the order of 1e-3, make of them: there the gate is shut.
    const isShut = kind.operator === "cp";
    // One band: its mixing is 1, and its gate is undone by the rescaling. What is left is a⊙φ⊙(rep+g).
    const plain = { dim: 64, operator: "ghsno", rank: kind.rank, bands: 1 };
    const whole = await represented(plain, two, isShut);
    for (const split of splits) {
      const found = await represented({ dim: 64, ...split, ...kind }, two, isShut);
      for (const side of ["user", "item"] as const) {
        found[side].forEach((value, n) =>
          assertAlmostEquals(value, whole[side][n], 1e-5, JSON.stringify({ ...split, ...kind }))
        );
      }
    }
  }
});

Deno.test("ssr's mixed scores are the weighted sum of the aggregate and spectral ones", async () => {
  for (const operator of ["ghsno", "cp", "none"]) {
    const [aggregate, spectral, mixed] = await Promise.all(
      ["aggregate", "spectral", "mix"].map((output) => scores({ operator, output, mix: 0.3 })),
    );
    const expected = aggregate.map((score, n) => 0.7 * score + 0.3 * spectral[n]);
    assertClose(mixed, expected, 1e-6, operator);
    assert(spectral.some((score, n) => Math.abs(score - aggregate[n]) > 1e-3));
  }
});

Deno.test("ssr's aggregate rows are the sums of its spectral ones", async () => {
  for (const operator of ["ghsno", "cp", "none"]) {
    const [aggregate, spectral] = await Promise.all(
      ["aggregate", "spectral"].map((output) => represented({ operator, output })),
    );
    for (const side of ["user", "item"] as const) {
      const columns = 3 * 16;
      const summed = aggregate[side].map((_, at) => {
        const start = Math.floor(at / columns) * 3 * columns + at % columns;
        return [0, 1, 2].reduce((sum, m) => sum + spectral[side][start + m * columns], 0);
      });
      assertClose(summed, aggregate[side], 2e-6, `${operator}, ${side}`);
    }
  }
});

Deno.test("ssr's gradients are those of its loss in every mode", async () => {
  const modes = [
    {},
    ...splits,
    { operator: "cp" },
    { operator: "cp", rank: 2, output: "spectral", bands: 4 },
    { operator: "none", output: "mix" },
    { operator: "ghsno", output: "mix", bands: 2 },
    { item_layers: 0 },
    { temperature: 0.5, alignment_rows: 20 },
  ];
  for (const [n, mode] of modes.entries()) {
    // The consistency's target is stopped, so its gradient is none of the loss; it has a golden file.
    const overrides = { ...mode, mask_weight: 0, alignment_weight: 0.05 };
    const { memory, model } = await built(overrides, n % 2 === 0 ? two : dataset);
    const { program, loss } = await stepOf(model, memory);
    await loss();
    const moved = await Promise.all(model.parameters.map(async (parameter) => {
      const count = parameter.rows * parameter.columns;
      const values = await readFloats(memory, parameter.allocation, count);
      const { allocation } = program.gradient(parameter)!;
      return { parameter, values, gradient: await readFloats(memory, allocation, count) };
    }));
    const square = moved.reduce(
      (sum, { gradient }) => gradient.reduce((s, g) => s + g * g, sum),
      0,
    );
    const step = 1e-3 / Math.sqrt(square);
    const at = async (factor: number) => {
      for (const { parameter, values, gradient } of moved) {
        const there = values.map((value, n) => value + factor * gradient[n]);
        memory.write(parameter.allocation, there);
      }
      return await loss();
    };
    const slope = (await at(step) - await at(-step)) / (2 * step);
    assertAlmostEquals(slope / square, 1, 5e-3, JSON.stringify(mode));
    memory.destroy();
  }
});

Deno.test("ssr masks bands for either consistency, the same ones in every run", async () => {
  for (const consistency of ["representation", "prediction"]) {
    for (const operator of ["ghsno", "cp"]) {
      const settings = { consistency, operator, mask_rate: 0.5, mask_weight: 1, output: "mix" };
      const { memory, model } = await built(settings);
      const { terms } = await stepOf(model, memory);
      const found = await terms();
      const masked = [...found].filter(([name]) => name.startsWith("masked"));
      assertEquals(masked.length, consistency === "prediction" ? 2 : 4);
      assert(masked.every(([, value]) => value > 0 && Number.isFinite(value)), `${masked}`);
      assertEquals(await terms(), found);
      memory.destroy();
    }
  }
});

Deno.test("ssr leaves out what its ablations leave out", async () => {
  const ablations: [Record<string, unknown>, string, string?][] = [
    [{ mask_weight: 0 }, "masked"],
    [{ mask_rate: 0 }, "masked"],
    [{ operator: "none" }, "operator"],
    [{ alignment_weight: 0 }, "alignment"],
    [{ modalities: "image" }, "alignment", "No alignment: it compares two modalities, found 1"],
    [{ modalities: "none" }, "alignment", "No alignment: it compares two modalities, found 0"],
  ];
  const { memory, model } = await built({});
  const all = [...(await (await stepOf(model, memory)).terms()).keys()];
  memory.destroy();
  for (const [ablation, term, note] of ablations) {
    const notes: string[] = [];
    const { memory, model } = await built(ablation, two, notes);
    const left = await (await stepOf(model, memory)).terms();
    assert(all.some((name) => name.includes(term)));
    assert(![...left.keys()].some((name) => name.includes(term)), `${[...left.keys()]}`);
    assert([...left.values()].every(Number.isFinite));
    assertEquals(notes, note === undefined ? [] : [note]);
    memory.destroy();
  }
});

Deno.test("ssr tells of its bands, gates, masks and mixing", async () => {
  for (const operator of ["ghsno", "cp", "none"] as const) {
    const { memory, model } = await built({ operator });
    const { terms } = await stepOf(model, memory);
    await terms();
    const program = new Program(memory, "representation");
    rowsOf(model.represent(program));
    const tables = model.diagnose!(program);
    await program.compile();
    program.submit();
    const told = await readDiagnostics(memory, two, tables);
    for (const side of ["users", "items"]) {
      const energies = Object.values(told[`energy of ${side}`].rows!).flat();
      assertEquals(told[`energy of ${side}`].columns, ["id", "image", "text"]);
      assert(energies.length === 9 && energies.every((energy) => energy > 0), `${energies}`);
      told[`gate of ${side}`].mean!.forEach((weight) => assertAlmostEquals(weight, 1, 0.01));
      const { count, mean } = told[`kept bands of ${side}`];
      assertEquals(count, side === "users" ? batch : 2 * batch);
      assert(mean!.every((share) => share > 0.6 && share < 1 + 1e-6), `${mean}`);
      const mixing = told[`mixing of ${side}`];
      assertEquals(mixing === undefined, operator === "none");
      if (operator !== "ghsno") continue;
      const rows = Object.values(mixing.rows!);
      [0, 1, 2].forEach((n) =>
        assertAlmostEquals(rows.reduce((sum, row) => sum + row[n], 0), 1, 1e-6)
      );
    }
    memory.destroy();
  }
});

Deno.test("ssr says how many rows a software adapter aligns", async () => {
  const notes: string[] = [];
  const { memory } = await built({ batch: 2048 }, two, notes);
  const { software } = await testGpu();
  assertEquals(notes.length, software ? 1 : 0);
  memory.destroy();
  const all: string[] = [];
  (await built({ batch: 2048, alignment_rows: 2048 }, two, all)).memory.destroy();
  assertEquals(all, []);
});

Deno.test("ssr refuses borders that do not fit its bands", async () => {
  for (const borders of ["3", "9,3", "3,x", "3,90"]) {
    await assertRejects(
      () => built({ decomposition: "gft", eigenpairs: 20, borders }),
      UsageError,
      `Cannot set "borders": found "${borders}"`,
    );
  }
});
