import { assert, assertEquals } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { graphSpectrum } from "../../graph/spectrum.ts";
import { equalWidthBorders } from "../../graph/spectrum_borders.ts";
import { concatenateColumns } from "../../shaders/columns/columns.ts";
import { type Borders, eigenBands } from "../../shaders/eigen_bands/eigen_bands.ts";
import { assertAll } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { eigenBandsOf, energyBorders } from "../reference/eigen_bands.ts";
import { assertClose, checkOp, GarbageMemory, randomValues } from "../shaders/op_check.ts";
import { hypercube, randomGraph, union } from "./graphs.ts";

const d = 4;

/** The bands of a random signal by the eigenvectors of a graph. */
async function bandsOf(graph: Csr, eigenpairs: number, bands: number, borders: Borders, seed = 0) {
  const { vectors } = await graphSpectrum(await testGpu(), graph, { eigenpairs, seed });
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "bands");
  const n = graph.rows;
  const values = randomValues(n * d, 1);
  const basis = program.tensor("basis", n, eigenpairs, { data: vectors, differentiable: false });
  const x = program.tensor("x", n, d, { data: values });
  const result = eigenBands(program, basis, [x], { bands, borders });
  await program.compile();
  memory.spoil();
  program.submit();
  const found = await Promise.all(
    result.bands.map((band) => readFloats(memory, band.allocation, n * d)),
  );
  memory.destroy();
  return { values, found };
}

Deno.test("bands of a graph add up to a signal for K=1 to K=N and 1 to 8 bands", async () => {
  const graphs = [hypercube(4), randomGraph(33, 60, 1), union([hypercube(3), hypercube(2)], 1)];
  for (const graph of graphs) {
    for (const eigenpairs of [1, 5, graph.rows]) {
      for (let bands = 1; bands <= 8; bands++) {
        const { values, found } = await bandsOf(graph, eigenpairs, bands, "energy");
        const sum = values.map((_, at) => found.reduce((total, band) => total + band[at], 0));
        assertClose(sum, values, 2e-6, `${graph.rows} nodes, K=${eigenpairs}, M=${bands}`);
      }
    }
  }
});

Deno.test("bands of a graph whose borders keep repeated eigenvalues together do not depend on the basis", async () => {
  // Multiplicities 1, 9, 36: found in blocks from different starts.
  const graph = hypercube(9);
  const first = await bandsOf(graph, 46, 3, [1, 10]);
  const second = await bandsOf(graph, 46, 3, [1, 10], 1);
  first.found.forEach((band, b) => assertClose(second.found[b], band, 2e-4, `band ${b}`));
  // A border across a repeated eigenvalue cuts its space anyhow; the bands still add up.
  const cut = await bandsOf(graph, 46, 3, [1, 5]);
  const other = await bandsOf(graph, 46, 3, [1, 5], 1);
  assert(cut.found[1].some((value, at) => Math.abs(value - other.found[1][at]) > 1e-3));
  for (const { values, found } of [cut, other]) {
    const sum = values.map((_, at) => found.reduce((total, band) => total + band[at], 0));
    assertClose(sum, values, 2e-6, "sum");
  }
});

Deno.test("bands of equal width can be empty", async () => {
  const graph = hypercube(5);
  const { values } = await graphSpectrum(await testGpu(), graph, { eigenpairs: 6 });
  // Eigenvalue 1 once and .6 five times: nothing is between.
  const borders = equalWidthBorders(values, 3);
  assertEquals(borders, [1, 1]);
  const { found } = await bandsOf(graph, 6, 3, borders);
  assertAll(found[1], 0, "the empty band");
});

Deno.test("bands of a graph have the gradients of their f64 twin, for K=1 and K=N", async () => {
  const graph = randomGraph(24, 40, 2);
  for (const eigenpairs of [1, 9, 24]) {
    const { vectors } = await graphSpectrum(await testGpu(), graph, { eigenpairs });
    for (const bands of [1, 3, 8]) {
      await checkOp({
        inputs: [{ rows: 24, columns: d }],
        build: (program, inputs) => {
          const tensor = program.tensor("basis", 24, eigenpairs, {
            data: vectors,
            differentiable: false,
          });
          const cut = eigenBands(program, tensor, inputs, { bands, borders: "energy" });
          return concatenateColumns(program, cut.bands);
        },
        twin: (inputs) => {
          const parts = eigenBandsOf(
            vectors,
            inputs,
            24,
            energyBorders(vectors, inputs, 24, bands),
          );
          return Float64Array.from({ length: 24 * bands * d }, (_, at) => {
            const [row, rest] = [Math.floor(at / (bands * d)), at % (bands * d)];
            return parts[Math.floor(rest / d)][row * d + rest % d];
          });
        },
        gradientGroups: 6,
      });
    }
  }
});
