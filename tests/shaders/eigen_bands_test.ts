import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { concatenateColumns } from "../../shaders/columns/columns.ts";
import {
  type EigenBandOptions,
  eigenBands,
  graphFourier,
} from "../../shaders/eigen_bands/eigen_bands.ts";
import { rowList } from "../../shaders/gather/row_lists.ts";
import { weightedSums } from "../../shaders/weighted_sum/weighted_sum.ts";
import { assertAll } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import {
  eigenBandsOf,
  energyBorders,
  graphCoefficients,
  orthonormalColumns,
} from "../reference/eigen_bands.ts";
import { assertClose, checkOp, GarbageMemory, randomValues } from "./op_check.ts";

const basisOf = (n: number, k: number) =>
  Float32Array.from(orthonormalColumns(randomValues(n * k, 77), n, k));

/** Matrices side by side. */
function sideBySide(parts: Float64Array[], rows: number): Float64Array {
  const d = parts[0].length / rows;
  const result = new Float64Array(parts.length * rows * d);
  parts.forEach((part, b) =>
    part.forEach((value, n) => result[(Math.floor(n / d) * parts.length + b) * d + n % d] = value)
  );
  return result;
}

/** Checks all bands of one to two sources, forward and backward. */
async function checkBands(
  [n, k, d]: [number, number, number],
  sources: number,
  options: EigenBandOptions,
): Promise<void> {
  const basis = basisOf(n, k);
  await checkOp({
    inputs: Array.from({ length: sources }, () => ({ rows: n, columns: d })),
    build: (program, inputs) => {
      const tensor = program.tensor("basis", n, k, { data: basis, differentiable: false });
      return concatenateColumns(program, eigenBands(program, tensor, inputs, options).bands);
    },
    twin: (inputs) => {
      const borders = options.borders === "energy"
        ? energyBorders(basis, inputs, n, options.bands)
        : [0, ...options.borders, k + 1];
      return sideBySide(eigenBandsOf(basis, inputs, n, borders), n);
    },
    gradientGroups: 12,
  });
}

Deno.test("eigenBands() is right forward and backward at edge shapes", async () => {
  const shapes: [number, number, number][] = [
    [1, 1, 1],
    [2, 1, 4],
    [8, 8, 8],
    [63, 12, 4],
    [64, 64, 12],
    [65, 7, 5],
    [300, 20, 64],
  ];
  for (const shape of shapes) {
    await checkBands(shape, 1, { bands: 3, borders: "energy" });
    await checkBands(shape, 2, { bands: 2, borders: "energy" });
  }
});

Deno.test("eigenBands() is right forward and backward for 1 to 8 bands", async () => {
  for (let bands = 1; bands <= 8; bands++) {
    await checkBands([40, 24, 8], 2, { bands, borders: "energy" });
  }
});

Deno.test("eigenBands() takes given borders, with empty bands and bands of nothing", async () => {
  for (const borders of [[0, 0], [5, 5], [3, 10], [12, 12], [13, 13], [0, 13], [1, 12]]) {
    await checkBands([40, 12, 8], 1, { bands: 3, borders });
  }
});

Deno.test("eigenBands() puts all of a signal outside the basis in the last band", async () => {
  const [n, k, d] = [20, 4, 8];
  const basis = new Float32Array(n * k);
  for (let i = 0; i < k; i++) basis[i * k + i] = 1;
  const values = randomValues(n * d, 1).map((v, at) => at < k * d ? 0 : v);
  const { bands, borders } = await run(n, k, d, basis, values);
  assertEquals(borders, [0, 4, 4, 5]);
  for (const b of [0, 1]) assertAll(bands[b], 0, `band ${b}`);
  assertEquals(Array.from(bands[2]), Array.from(values));
});

Deno.test("eigenBands() leaves a zero signal zero", async () => {
  const { bands, borders } = await run(20, 4, 8, basisOf(20, 4), new Float32Array(160));
  assertEquals(borders, [0, 0, 0, 5]);
  bands.forEach((band, b) => assertAll(band, 0, `band ${b}`));
});

Deno.test("eigenBands() that span repeated eigenvalues depend on their projector alone", async () => {
  // Eigenvectors of a repeated eigenvalue on one side of all borders may turn among themselves.
  const [n, k, d] = [30, 8, 4];
  const basis = basisOf(n, k);
  const turned = basis.slice();
  const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)];
  for (let row = 0; row < n; row++) {
    const [a, b] = [basis[row * k + 4], basis[row * k + 5]];
    turned[row * k + 4] = cos * a - sin * b;
    turned[row * k + 5] = sin * a + cos * b;
  }
  const values = randomValues(n * d, 3);
  const fixed = [4, 6];
  const first = await run(n, k, d, basis, values, fixed);
  const second = await run(n, k, d, turned, values, fixed);
  first.bands.forEach((band, b) => assertClose(second.bands[b], band, 2e-6, `band ${b}`));
  // Where a border cuts them apart the bands differ, and still add up.
  const cut = await run(n, k, d, turned, values, [5, 6]);
  const cutBefore = await run(n, k, d, basis, values, [5, 6]);
  assert(cut.bands[0].some((value, at) => Math.abs(value - cutBefore.bands[0][at]) > 1e-3));
  assertClose(
    values.map((_, at) => cut.bands.reduce((sum, b) => sum + b[at], 0)),
    values,
    2e-6,
    "",
  );
});

async function run(
  n: number,
  k: number,
  d: number,
  basis: Float32Array,
  values: Float32Array,
  borders: EigenBandOptions["borders"] = "energy",
) {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "bands");
  const b = program.tensor("basis", n, k, { data: basis, differentiable: false });
  const x = program.tensor("x", n, d, { data: values });
  const result = eigenBands(program, b, [x], { bands: 3, borders });
  await program.compile();
  memory.spoil();
  program.submit();
  const [found] = await readBuffers(memory, [{ allocation: result.borders, bytes: 16 }]);
  const bands = await Promise.all(
    result.bands.map((band) => readFloats(memory, band.allocation, n * d)),
  );
  memory.destroy();
  return { bands, borders: Array.from(new Uint32Array(found)) };
}

Deno.test("eigenBands() of chosen rows are the rows of the bands, forward and backward", async () => {
  const [n, k, d] = [70, 16, 8];
  const basis = basisOf(n, k);
  const lists = [[3, 0, 3, 29], [5, 39]];
  const rows = [...lists[0], ...lists[1].map((row) => row + 30)];
  await checkOp({
    inputs: [{ rows: n, columns: d }, { rows: n, columns: d }],
    build: (program, inputs) => {
      const tensor = program.tensor("basis", n, k, { data: basis, differentiable: false });
      const picked = lists.map((list, part) => ({
        list: rowList(program, "rows", list.length, Uint32Array.from(list)),
        firstRow: 30 * part,
      }));
      const options = { bands: 3, borders: "energy", rows: picked } as const;
      return concatenateColumns(program, eigenBands(program, tensor, inputs, options).bands);
    },
    twin: (inputs) => {
      const bands = eigenBandsOf(basis, inputs, n, energyBorders(basis, inputs, n, 3));
      return sideBySide(
        bands.map((band) =>
          Float64Array.from(rows.flatMap((row) => Array.from(band.slice(row * d, (row + 1) * d))))
        ),
        rows.length,
      );
    },
  });
});

Deno.test("eigenBands() binds a basis in row blocks", async () => {
  const [n, k, d] = [300, 32, 8];
  const basis = basisOf(n, k);
  const gpu = await testGpu();
  // The smallest binding that holds the limits and coefficients, and not the basis.
  const limits = { ...gpu.limits, maxStorageBufferBindingSize: 16384 };
  const values = [randomValues(n * d, 1), randomValues(n * d, 2)];
  const lists = [Uint32Array.from([299, 64, 63]), Uint32Array.from([0])];
  const outputs: Float32Array[][] = [];
  for (const device of [gpu, { ...gpu, limits }]) {
    const memory = new GarbageMemory(device);
    const program = new Program(memory, "row blocks");
    const tensor = program.tensor("basis", n, k, { data: basis, differentiable: false });
    const inputs = values.map((data) => program.tensor("x", n, d, { data }));
    const rows = lists.map((list) => ({
      list: rowList(program, "rows", list.length, list),
      firstRow: 0,
    }));
    const { bands } = eigenBands(program, tensor, inputs, { bands: 3, borders: "energy", rows });
    const y = concatenateColumns(program, bands);
    const upstream = program.gradientTarget(y)!.gradient;
    program.backward();
    await program.compile();
    memory.spoil();
    memory.write(upstream.allocation, randomValues(y.rows * y.columns, 9));
    program.submit();
    const read = (t: Tensor) => readFloats(memory, t.allocation, t.rows * t.columns);
    outputs.push(await Promise.all([y, program.gradient(inputs[0])!].map(read)));
    memory.destroy();
  }
  assertClose(outputs[1][0], outputs[0][0], 2e-6, "bands");
  assertClose(outputs[1][1], outputs[0][1], 2e-6, "gradient");
});

Deno.test("eigenBands() add up to the signal", async () => {
  const [n, d] = [300, 64];
  for (const [k, bands] of [[1, 3], [20, 4], [300, 3], [300, 8]]) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "reconstruction");
    const values = randomValues(n * d, 1);
    const x = program.tensor("x", n, d, { data: values });
    const data = basisOf(n, k);
    const basis = program.tensor("basis", n, k, { data, differentiable: false });
    const result = eigenBands(program, basis, [x], { bands, borders: "energy" });
    const sum = weightedSums(program, result.bands, [result.bands.map(() => 1)], "sum");
    await program.compile();
    memory.spoil();
    program.submit();
    assertClose(await readFloats(memory, sum.allocation, n * d), values, 1e-6, "sum of bands");
    memory.destroy();
  }
});

Deno.test("graphFourier() keeps the energy of a signal (Parseval)", async () => {
  const [n, d] = [200, 16];
  for (const k of [200, 40]) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "Parseval");
    const basis = basisOf(n, k);
    // A signal in the span of the basis.
    const c = randomValues(k * d, 5);
    const signal = new Float32Array(n * d);
    signal.forEach((_, at) => {
      const [row, f] = [Math.floor(at / d), at % d];
      for (let i = 0; i < k; i++) signal[at] += basis[row * k + i] * c[i * d + f];
    });
    const tensor = program.tensor("basis", n, k, { data: basis, differentiable: false });
    const x = program.tensor("x", n, d, { data: signal });
    const fourier = graphFourier(program, tensor, [x]);
    await program.compile();
    memory.spoil();
    program.submit();
    const powers = await readFloats(memory, fourier.powers, k);
    const [energy] = await readFloats(memory, fourier.energies, 1);
    const sum = powers.reduce((total, power) => total + power, 0);
    assertAlmostEquals(sum / energy, 1, 2e-6);
    const found = await readFloats(memory, fourier.coefficients.allocation, k * d);
    assertClose(found, graphCoefficients(basis, signal, n), 2e-6, "coefficients");
    memory.destroy();
  }
});

Deno.test("eigenBands() refuses borders that are not ascending, too few or too far", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "borders");
  const basis = program.tensor("basis", 8, 4, { differentiable: false });
  const x = program.tensor("x", 8, 4);
  for (const borders of [[1], [3, 2], [1, 6], [-1, 2]]) {
    assertThrows(() => eigenBands(program, basis, [x], { bands: 3, borders }), Error, "borders");
  }
  const other = program.tensor("other", 7, 4);
  assertThrows(() => eigenBands(program, basis, [other], { bands: 1, borders: [] }), Error, "7×4");
});
