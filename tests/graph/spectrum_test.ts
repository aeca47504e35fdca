import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { readDataset } from "../../data/folder.ts";
import { BandpassError, DataError, UsageError } from "../../errors.ts";
import { bipartiteAdjacency, interactionMatrix } from "../../graph/interaction_graph.ts";
import { graphSpectrum } from "../../graph/spectrum.ts";
import type { GraphSpectrum, SpectrumOptions } from "../../graph/spectrum_plan.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import {
  completeBipartite,
  completeGraph,
  denseSpectrum,
  graphOf,
  hypercube,
  randomBipartite,
  randomGraph,
  union,
} from "./graphs.ts";

/** Fails unless eigenvalues, residuals and orthogonality are good. */
function assertSpectrum(found: GraphSpectrum, expected: ArrayLike<number>, bound = 1e-6): void {
  found.values.forEach((value, k) => {
    const error = Math.abs(value - expected[k]);
    assert(error <= bound, `eigenvalue ${k} is ${value}, expected ${expected[k]}`);
  });
  found.residuals.forEach((residual, k) => assert(residual <= 1e-5, `residual ${k}: ${residual}`));
  assert(found.orthogonality <= 1e-5, `orthogonality ${found.orthogonality}`);
  const [n, k] = [found.vectors.length / found.values.length, found.values.length];
  for (let column = 0; column < k; column++) {
    let squares = 0;
    for (let row = 0; row < n; row++) squares += found.vectors[row * k + column] ** 2;
    assert(Math.abs(squares - 1) < 1e-5, `vector ${column} has the squared length ${squares}`);
  }
}

const spectrumOf = async (graph: Csr, options: SpectrumOptions) =>
  await graphSpectrum(await testGpu(), graph, options);

Deno.test("graphSpectrum() agrees with a dense solver on a graph that is not bipartite", async () => {
  const graph = randomGraph(400, 900, 1);
  const expected = denseSpectrum(graph);
  for (const eigenpairs of [2, 17, 60]) {
    const found = await spectrumOf(graph, { eigenpairs });
    assertEquals([found.method, found.operator], ["lanczos", "adjacency"]);
    assertSpectrum(found, expected);
  }
});

Deno.test("graphSpectrum() solves the smaller side of a bipartite graph", async () => {
  for (const [left, right] of [[500, 260], [250, 600]]) {
    const graph = randomBipartite(left, right, 1500, 2);
    const found = await spectrumOf(graph, { eigenpairs: 40 });
    assertEquals([found.method, found.operator], ["lanczos", "gram"]);
    assertSpectrum(found, denseSpectrum(graph));
  }
});

Deno.test("graphSpectrum() finds repeated eigenvalues as often as they are there", async () => {
  // Multiplicities 1, 10 and 45 in blocks of 8 columns.
  const found = await spectrumOf(hypercube(10), { eigenpairs: 60, block: 8 });
  assertEquals([found.method, found.operator], ["lanczos", "gram"]);
  const expected = [[1, 1], [0.8, 10], [0.6, 45], [0.4, 4]].flatMap(([value, times]) =>
    new Array(times).fill(value)
  );
  assertSpectrum(found, expected);
});

Deno.test("graphSpectrum() finds more copies of an eigenvalue than a block has columns", async () => {
  // 26 components alike: every eigenvalue is there 26 times, those of the components among them.
  const part = randomGraph(26, 30, 1);
  const graph = union(new Array(26).fill(part));
  const found = await spectrumOf(graph, { eigenpairs: 60, block: 8 });
  assertEquals([found.method, found.components], ["lanczos", 26]);
  assertSpectrum(found, [...denseSpectrum(part)].flatMap((value) => new Array(26).fill(value)));
});

Deno.test("graphSpectrum() goes on where products lead nowhere new", async () => {
  // Two or three distinct eigenvalues: blocks run out of directions at once.
  const cases: [Csr, number, number[]][] = [
    [completeGraph(256), 5, [1, ...new Array(4).fill(-1 / 255)]],
    [completeGraph(256), 60, [1, ...new Array(59).fill(-1 / 255)]],
    [completeBipartite(300, 300), 3, [1, 0, 0]],
    [completeBipartite(256, 256), 40, [1, ...new Array(39).fill(0)]],
    [completeBipartite(1, 2999), 3, [1, 0, 0]],
  ];
  for (const [graph, eigenpairs, expected] of cases) {
    const found = await spectrumOf(graph, { eigenpairs });
    assertEquals([found.method, found.operator], ["lanczos", "adjacency"]);
    assertSpectrum(found, expected);
  }
});

Deno.test("graphSpectrum() puts the vectors of all components in the basis", async () => {
  const parts = [randomGraph(300, 700, 3), hypercube(3), graphOf(2, [[0, 1]]), hypercube(3)];
  const graph = union(parts, 5);
  const found = await spectrumOf(graph, { eigenpairs: 24 });
  assertEquals([found.components, found.method], [4, "lanczos"]);
  assertSpectrum(found, parts.flatMap((part) => [...denseSpectrum(part)]).sort((a, b) => b - a));
  // The projector on eigenvalue 1, and not each vector, is what is known: here one of its rows.
  const node = 300;
  const row = (n: number) => found.vectors.subarray(n * 24, n * 24 + 4);
  for (const [other, expected] of [[301, 1 / 8], [node, 1 / 8], [308, 0], [312, 0], [0, 0]]) {
    const entry = row(node).reduce((sum, value, k) => sum + value * row(other)[k], 0);
    assert(Math.abs(entry - expected) < 1e-6, `projector at ${node}, ${other}: ${entry}`);
  }
});

Deno.test("graphSpectrum() needs no search where components are enough", async () => {
  const graph = union(Array.from({ length: 6 }, () => randomGraph(50, 60, 4)));
  const found = await spectrumOf(graph, { eigenpairs: 4 });
  assertEquals([found.method, found.products], ["components", 0]);
  assertSpectrum(found, [1, 1, 1, 1]);
});

Deno.test("graphSpectrum() solves small graphs densely, up to K = N", async () => {
  for (const graph of [randomGraph(30, 40, 5), hypercube(4), union([hypercube(3)], 3)]) {
    const sorted = denseSpectrum(graph).map((value) => Number.isNaN(value) ? 0 : value);
    for (const eigenpairs of [1, 7, graph.rows]) {
      const found = await spectrumOf(graph, { eigenpairs });
      if (found.method === "components") continue;
      assertEquals(found.method, "dense");
      assertSpectrum(found, graph.rows === 11 ? withZeros(denseSpectrum(hypercube(3)), 3) : sorted);
    }
  }
});

function withZeros(values: Float64Array, zeros: number): number[] {
  return [...values, ...new Array(zeros).fill(0)].sort((a, b) => b - a);
}

Deno.test("graphSpectrum() leaves the smaller side where its singular values end", async () => {
  // The star: eigenvalues 1, 0, …, 0, −1.
  const star = graphOf(40, Array.from({ length: 39 }, (_, n) => [0, n + 1] as const));
  const found = await spectrumOf(star, { eigenpairs: 3 });
  assertEquals(found.operator, "adjacency");
  assertSpectrum(found, [1, 0, 0]);
});

Deno.test("graphSpectrum() weighs edges", async () => {
  const graph = graphOf(3, [[0, 1, 2], [1, 2, 0.5], [0, 2, 0]]);
  const found = await spectrumOf(graph, { eigenpairs: 3 });
  assertEquals(found.operator, "adjacency");
  assertSpectrum(found, denseSpectrum(graph));
});

Deno.test("graphSpectrum() gives the same bytes for the same seed", async () => {
  const graph = randomGraph(400, 900, 6);
  const first = await spectrumOf(graph, { eigenpairs: 20, seed: 3 });
  const second = await spectrumOf(graph, { eigenpairs: 20, seed: 3 });
  assertEquals(new Uint32Array(second.vectors.buffer), new Uint32Array(first.vectors.buffer));
  const other = await spectrumOf(graph, { eigenpairs: 20, seed: 4 });
  assert(other.vectors.some((value, n) => value !== first.vectors[n]));
  assertSpectrum(other, first.values);
});

Deno.test("graphSpectrum() binds a basis larger than a binding in blocks of rows", async () => {
  const graph = randomGraph(600, 1400, 7);
  const gpu = await testGpu();
  const whole = await graphSpectrum(gpu, graph, { eigenpairs: 30 });
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 256 * 1024 };
  const blocks = await graphSpectrum({ ...gpu, limits }, graph, { eigenpairs: 30 });
  assertEquals(blocks.method, "lanczos");
  assertSpectrum(blocks, whole.values);
});

Deno.test("graphSpectrum() says how far a search got that has not converged", async () => {
  const graph = randomGraph(600, 1400, 8);
  const told: number[] = [];
  const error = await assertRejects(
    () =>
      spectrumOf(graph, {
        eigenpairs: 60,
        restarts: 1,
        label: "a test",
        onProgress: ({ restarts }) => told.push(restarts),
      }),
    BandpassError,
    "Cannot find 60 eigenpairs of a test: the first",
  );
  assert(error.message.includes("after 1 restarts and"), error.message);
  assertEquals(error.exitCode, 1);
  assertEquals(told, [0, 1]);
});

Deno.test("graphSpectrum() refuses what it cannot do", async () => {
  const graph = randomGraph(30, 40, 9);
  const cases: [SpectrumOptions, string][] = [
    [{ eigenpairs: 31 }, "a graph of 30 nodes has 30"],
    [{ eigenpairs: 0 }, "expected an integer of at least 1"],
    [{ eigenpairs: 1.5 }, "expected an integer of at least 1"],
    [{ eigenpairs: 2, tolerance: 1e-9 }, "expected at least 0.000001"],
    [{ eigenpairs: 2, tolerance: NaN }, "the tolerance is NaN"],
    [{ eigenpairs: 2, block: 6 }, "a block of 6 columns"],
    [{ eigenpairs: 2, basis: 20 }, "a basis of 20 columns is too small"],
  ];
  for (const [options, text] of cases) {
    const error = await assertRejects(() => spectrumOf(graph, options), UsageError, text);
    assertEquals(error.exitCode, 2);
  }
  const large = randomGraph(2100, 100, 10);
  await assertRejects(() => spectrumOf(large, { eigenpairs: 2000 }), UsageError, "too many for");
});

Deno.test("graphSpectrum() refuses what is no graph", async () => {
  const pair = graphOf(2, [[0, 1]]);
  const cases: [Csr, string][] = [
    [graphOf(4, []), "it has no edges"],
    [graphOf(4, [[0, 1, 0]]), "it has no edges"],
    [graphOf(4, [[1, 2, NaN]]), "the edge between nodes 1 and 2 has the weight NaN"],
    [graphOf(4, [[1, 2, Infinity]]), "has the weight Infinity"],
    [graphOf(4, [[1, 2, -1]]), "has the weight -1, expected a finite number of at least 0"],
    [{ ...pair, columns: 3 }, "it is 2×3, expected a square matrix"],
    [{ ...pair, value: Float32Array.of(1, 2) }, "it is not symmetric"],
    [
      { ...pair, rowStart: Uint32Array.of(0, 1, 1), column: Uint32Array.of(1) },
      "it is not symmetric",
    ],
  ];
  for (const [graph, text] of cases) {
    const error = await assertRejects(() => spectrumOf(graph, { eigenpairs: 1 }), DataError, text);
    assertEquals(error.exitCode, 3);
  }
});

const shared = "../shared";
const hasReference = (() => {
  try {
    return Deno.statSync(`${shared}/reference/spectrum_tiktok.json`).isFile;
  } catch {
    return false;
  }
})();

Deno.test({
  name: "graphSpectrum() has the 256 largest eigenvalues of TikTok (skipped without ../shared)",
  ignore: !hasReference,
  async fn() {
    const { train, users, items } = await readDataset(`${shared}/data/tiktok`);
    const graph = bipartiteAdjacency(interactionMatrix(train, users, items));
    const found = await spectrumOf(graph, { eigenpairs: 256 });
    const file = await Deno.readTextFile(`${shared}/reference/spectrum_tiktok.json`);
    const reference: number[] = JSON.parse(file).eigenvalues_descending;
    // 120 components have edges; ARPACK found 36 copies of eigenvalue 1, and missed the others.
    assertEquals(found.components, 120);
    const below = reference.filter((value) => value < 1 - 1e-9);
    assertSpectrum(found, [...new Array(120).fill(1), ...below]);
  },
});
