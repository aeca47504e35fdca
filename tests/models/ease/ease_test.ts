import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { uniforms } from "../../../algebra/random_sequence.ts";
import type { Dataset } from "../../../data/dataset.ts";
import { BandpassError, GpuError, InterruptedError, UsageError } from "../../../errors.ts";
import { Memory } from "../../../gpu/memory.ts";
import { readFloats } from "../../../gpu/readback.ts";
import { ease } from "../../../models/ease/ease.ts";
import { columnsAsRows, featureRows } from "../../../models/ease/unit_features.ts";
import { searchStages } from "../../../models/ease/search_stages.ts";
import { hasRoom, weightMatrix } from "../../../models/ease/weight_matrix.ts";
import type { ComputeProgress } from "../../../gpu/compute_observers.ts";
import { resolveSettings } from "../../../models/settings.ts";
import { SharedWork } from "../../../models/shared_work.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { product, symmetricInverse } from "../../reference/dense.ts";
import { randomValues } from "../../shaders/op_check.ts";
import { gpuOfRows } from "../../shaders/symmetric_matrices.ts";
import { blockScores, trainOnly } from "../block_scores.ts";

/** Few users, more items, and two modalities; the last item has neither train rows nor a text. */
function dataset(users: number, items: number): Dataset & { dense: Float64Array } {
  const next = uniforms(4);
  const dense = new Float64Array(users * items);
  for (let at = 0; at < dense.length; at++) {
    dense[at] = at % items !== items - 1 && next() < 0.15 ? 1 : 0;
  }
  const taken = [...dense.keys()].filter((at) => dense[at] === 1);
  const train = {
    users: Uint32Array.from(taken, (at) => Math.floor(at / items)),
    items: Uint32Array.from(taken, (at) => at % items),
  };
  const modality = (name: string, columns: number, seed: number) => ({
    name,
    rows: items,
    columns,
    values: randomValues(items * columns, seed),
  });
  const modalities = [modality("image", 300, 1), modality("text", 5, 2)];
  return { ...trainOnly(train, users, items), modalities, dense };
}

/** `R·B` in f64. */
function twin(
  { dense, users, items, modalities }: ReturnType<typeof dataset>,
  ridge: number,
  weights: readonly number[],
): Float64Array {
  const gram = product(dense, dense, items, items, users, true);
  modalities.forEach((modality, m) => {
    const rows = featureRows({ modality, weight: 1 });
    const square = product(rows, rows, items, items, modality.columns, false, true);
    square.forEach((value, at) => gram[at] += weights[m] * value);
  });
  for (let i = 0; i < items; i++) gram[i * items + i] += ridge;
  const p = symmetricInverse(gram, items);
  const b = p.map((value, at) => {
    const [i, j] = [Math.floor(at / items), at % items];
    return i === j ? 0 : -value / p[j * items + j];
  });
  return product(dense, b, users, items, items);
}

function assertScores(found: readonly number[][], expected: Float64Array, bound = 1e-5): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const items = found[0].length;
  found.forEach((row, user) =>
    row.forEach((score, item) =>
      assertAlmostEquals(score, expected[user * items + item], bound * largest)
    )
  );
}

Deno.test("ease scores as a dense regression in f64 does, with features and without", async () => {
  const data = dataset(60, 90);
  const all = { users: [...Array(60).keys()] };
  for (const [weights, values] of [["0", [0, 0]], ["image=4,text=1.5", [4, 1.5]]] as const) {
    const found = await blockScores(ease, data, { search: "none", ridge: 5, weights }, all);
    assertScores(found, twin(data, 5, values));
  }
});

Deno.test("ease scores a history as it does a user with these train items", async () => {
  const data = dataset(30, 41);
  const settings = { search: "none", ridge: 3, weights: "2" };
  const taken = [...data.dense.subarray(7 * 41, 8 * 41).keys()].filter((item) =>
    data.dense[7 * 41 + item] === 1
  );
  assertEquals(
    await blockScores(ease, data, settings, { history: taken }),
    await blockScores(ease, data, settings, { users: [7] }),
  );
});

Deno.test("ease gives the same bytes where a search has kept the inverse", async () => {
  const gpu = await gpuOfRows(256, 300);
  const data = dataset(50, 300);
  const shared = new SharedWork();
  const weightsOf = async (weights: string, shared?: SharedWork) => {
    const memory = new Memory(gpu, { reuse: true });
    const settings = resolveSettings(ease.settings, { search: "none", ridge: 5, weights });
    const { kept } = await ease.compute({ memory, dataset: data, settings, seed: 0, shared });
    const blocks: Float32Array[] = [];
    for (const { allocation } of kept!.tables!) blocks.push(await readFloats(memory, allocation));
    memory.destroy();
    return blocks;
  };
  await weightsOf("0", shared);
  const found = await weightsOf("3", shared);
  assertEquals(found.length, 2);
  assertEquals(found, await weightsOf("3"));
});

Deno.test("ease tells how far its inverse is from being one", async () => {
  const data = dataset(60, 90);
  const notes: string[] = [];
  const memory = new Memory(await testGpu(), { reuse: true });
  const settings = resolveSettings(ease.settings, { search: "none", ridge: 5, weights: "2" });
  const note = (text: string) => void notes.push(text);
  await ease.compute({ memory, dataset: data, settings, seed: 0, note });
  memory.destroy();
  const [, residual] = /90×90 items in .* s: ‖GP−I‖\/√I (\S+) /.exec(notes[0])!;
  assert(Number(residual) > 0 && Number(residual) < 1e-5, notes[0]);
});

Deno.test("ease tells how long its inversion still takes, to its end", async () => {
  const gpu = await gpuOfRows(256, 600);
  const memory = new Memory(gpu, { reuse: true });
  const settings = resolveSettings(ease.settings, { search: "none", ridge: 5 });
  const told: ComputeProgress[] = [];
  const onProgress = (standing: ComputeProgress) => void told.push(standing);
  await ease.compute({ memory, dataset: dataset(60, 600), settings, seed: 0, onProgress });
  memory.destroy();
  const shares = told.map(({ share }) => share);
  assertEquals(shares, shares.toSorted((a, b) => a - b));
  assertEquals([told[0].what, told.at(-1)!.share, told.at(-1)!.secondsLeft], [
    "Inverting the matrix of 600×600 items",
    ...[1, 0],
  ]);
});

Deno.test("ease refuses a ridge that leaves its matrix singular, with what to do", async () => {
  const data = dataset(20, 40);
  const scores = (overrides: Record<string, unknown>) =>
    blockScores(ease, data, { search: "none", ...overrides }, { users: [0] });
  // The last item has no train row.
  const error = await assertRejects(() => scores({ ridge: 0 }), BandpassError, "ridge=0");
  assert(error.message.includes("not positive definite"), error.message);
  await assertRejects(() => scores({ weights: "sound=1" }), UsageError, 'found "sound=1"');
  const bare = { ...data, modalities: [] };
  for (const weights of ["3", "image=3"]) {
    await assertRejects(
      () => blockScores(ease, bare, { search: "none", weights }, { users: [0] }),
      UsageError,
      "the dataset has no features",
    );
  }
});

Deno.test("ease ends early where it is asked to", async () => {
  const memory = new Memory(await testGpu(), { reuse: true });
  const settings = resolveSettings(ease.settings, { search: "none" });
  const signal = AbortSignal.abort();
  const context = { memory, dataset: dataset(20, 40), settings, seed: 0, signal };
  await assertRejects(async () => await ease.compute(context), InterruptedError);
  memory.destroy();
});

Deno.test("featureRows() have length √w, and an item without features has none", () => {
  // Items of two features, the mean of both, and none.
  const values = Float32Array.of(1, 4, 3, 0, 2, 2, 0, 0, 4, 4);
  const rows = featureRows({ modality: { name: "a", rows: 5, columns: 2, values }, weight: 9 });
  const lengths = [0, 1, 2, 3, 4].map((row) => Math.hypot(rows[2 * row], rows[2 * row + 1]));
  [3, 3, 0, 0, 3].forEach((length, n) => assertAlmostEquals(lengths[n], length, 1e-6));
  const turned = columnsAsRows(rows, 5, 1, { rows: 4, columns: 8 });
  assertEquals([...turned.subarray(0, 8)], [1, 3, 5, 7, 9].map((n) => rows[n]).concat(0, 0, 0));
  assertEquals([...turned.subarray(8)], Array(24).fill(0));
});

/** Follows a search, with a Recall@20 of our own making. */
function searched(modalities: string[], recall: (ridge: number, weights: string) => number) {
  const tried = new Map<string, number>();
  let best = { ridge: 200, weights: "0" };
  const key = ({ ridge, weights }: typeof best) => `${ridge} ${weights}`;
  const columns = { rows: 1, columns: 1, values: new Float32Array(1) };
  const stages = searchStages({ modalities: modalities.map((name) => ({ name, ...columns })) });
  for (const stage of stages) {
    for (const candidate of stage(best)) {
      const one = { ...best, ...candidate };
      if (tried.has(key(one))) continue;
      tried.set(key(one), recall(one.ridge, one.weights));
      if (tried.size === 1 || tried.get(key(one))! > tried.get(key(best))!) best = one;
    }
  }
  return { best, tried: [...tried.keys()] };
}

Deno.test("ease's search climbs to the best ridge, and ends one step beyond it", () => {
  const near = (goal: number) => (ridge: number) => -Math.abs(Math.log(ridge / goal));
  assertEquals(searched([], near(50)).tried, ["200 0", "1000 0", "50 0", "10 0"]);
  assertEquals(searched([], near(1000)).tried, ["200 0", "1000 0", "5000 0"]);
});

Deno.test("ease's search finds what each modality is worth, or that it is worth nothing", () => {
  const worth = (text: number) => (ridge: number, weights: string) =>
    -Math.abs(Math.log(ridge / 50)) -
    Math.abs(Number(/text=(\d+)/.exec(weights)?.[1] ?? weights) - text) / 1000 -
    Number(/image=(\d+)/.exec(weights)?.[1] ?? weights) / 1000;
  assertEquals(searched(["image", "text"], worth(60)).best, {
    ridge: 50,
    weights: "image=0,text=60",
  });
  const nothing = searched(["image", "text"], worth(0));
  assertEquals(nothing.best, { ridge: 50, weights: "0" });
  assertEquals(nothing.tried.slice(-2), ["50 image=3,text=0", "50 image=0,text=3"]);
});

Deno.test("weightMatrix() refuses what does not fit, and names the most items that do", async () => {
  const gpu = await testGpu();
  const refused = async (memory: Memory, items: number, free?: number) => {
    const error = await assertRejects(() => weightMatrix(memory, items, free), GpuError);
    return error.message;
  };
  const memory = new Memory(gpu);
  assert((await refused(memory, 101, 4 * 100 * 100 / 0.8)).includes("100 items at most"));
  assert((await refused(memory, 131_073, Infinity)).includes("131,072 items at most"));
  const matrix = await weightMatrix(memory, 100, 4 * 100 * 100 / 0.8);
  assertEquals(hasRoom(memory, matrix, 1, 4 * 100 * 100 * 2 / 0.8), true);
  assertEquals(hasRoom(memory, matrix, 2, 4 * 100 * 100 * 2 / 0.8), false);
  memory.destroy();
});

Deno.test("weightMatrix() names what a device gave before its memory was full", async () => {
  const gpu = await gpuOfRows(256, 1000);
  let scopes = 0;
  const device = new Proxy(gpu.device, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (key === "popErrorScope") {
        return async () => {
          const failure = await target.popErrorScope();
          return ++scopes > 2 ? { message: "out of memory" } : failure;
        };
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const memory = new Memory({ ...gpu, device });
  const error = await assertRejects(() => weightMatrix(memory, 1000, Infinity), GpuError);
  // Two blocks of 256 rows.
  assert(error.message.includes("room for 712 items at most"), error.message);
  memory.destroy();
});

Deno.test("ease refuses a negative ridge", () => {
  assertThrows(() => resolveSettings(ease.settings, { ridge: -1 }), UsageError, '"ridge"');
});
