import { assertThrows } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { publishedBank, smoothBank } from "../../graph/chebyshev_bank.ts";
import { chebyshevBands, chebyshevTerms } from "../../shaders/chebyshev/chebyshev.ts";
import { concatenateColumns } from "../../shaders/columns/columns.ts";
import { rowList } from "../../shaders/gather/row_lists.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { rowSubset } from "../../shaders/spmm/row_subset.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { weightedSums } from "../../shaders/weighted_sum/weighted_sum.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { chebyshevTermsOf, combined } from "../reference/chebyshev.ts";
import { randomSparse } from "../reference/sparse.ts";
import { assertClose, checkOp, GarbageMemory, randomValues } from "./op_check.ts";

/** A matrix of norm below 1, so that its polynomials do not grow. */
function contraction(n: number, density: number, seed: number): Csr {
  const matrix = randomSparse(n, n, density, seed);
  const longest = Math.max(
    ...Array.from({ length: n }, (_, r) => matrix.rowStart[r + 1] - matrix.rowStart[r]),
  );
  return { ...matrix, value: matrix.value.map((v) => v / Math.max(longest, 1)) };
}

/** Matrices side by side. */
function sideBySide(parts: Float64Array[], rows: number): Float64Array {
  const d = parts[0].length / rows;
  const result = new Float64Array(parts.length * rows * d);
  parts.forEach((part, b) =>
    part.forEach((value, n) => result[(Math.floor(n / d) * parts.length + b) * d + n % d] = value)
  );
  return result;
}

Deno.test("chebyshevBands() gives any polynomial, forward and backward", async () => {
  for (const coefficients of [[2], [0], [0, 1], [0.5, 0, -1], [1, 2, 3, 4, 5, 6], [1, 0, 0, 0]]) {
    for (const [n, d] of [[1, 4], [63, 8], [65, 12]]) {
      const matrix = contraction(n, 0.2, coefficients.length);
      await checkOp({
        inputs: [{ rows: n, columns: d }],
        build: (program, [x]) =>
          chebyshevBands(program, uploadSparse(program.memory, "A", matrix), x, [coefficients])[0],
        twin: ([x]) =>
          combined(chebyshevTermsOf(matrix, x, d, coefficients.length - 1), coefficients),
      });
    }
  }
});

Deno.test("chebyshevBands() is right forward and backward for 1 to 8 bands", async () => {
  const [n, d] = [70, 8];
  const matrix = contraction(n, 0.1, 3);
  for (let bands = 1; bands <= 8; bands++) {
    for (const bank of [publishedBank(bands, 9), smoothBank({ bands, degree: 14, width: 0.3 })]) {
      await checkOp({
        inputs: [{ rows: n, columns: d }],
        build: (program, [x]) => {
          const operator = uploadSparse(program.memory, "A", matrix);
          return concatenateColumns(program, chebyshevBands(program, operator, x, bank));
        },
        twin: ([x]) => {
          const terms = chebyshevTermsOf(matrix, x, d, bank[0].length - 1);
          return sideBySide(bank.map((row) => combined(terms, row)), n);
        },
        gradientGroups: 8,
      });
    }
  }
});

Deno.test("chebyshevBands() add up to the signal", async () => {
  const [n, d] = [300, 64];
  const matrix = contraction(n, 0.05, 4);
  for (const bank of [publishedBank(3, 5), smoothBank({ bands: 5, degree: 32, width: 0.05 })]) {
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "reconstruction");
    const values = randomValues(n * d, 1);
    const x = program.tensor("x", n, d, { data: values });
    const bands = chebyshevBands(program, uploadSparse(memory, "A", matrix), x, bank);
    const sum = weightedSums(program, bands, [bands.map(() => 1)], "sum");
    await program.compile();
    memory.spoil();
    program.submit();
    assertClose(await readFloats(memory, sum.allocation, n * d), values, 2e-6, "sum of bands");
    memory.destroy();
  }
});

Deno.test("chebyshevTerms() with weightedSums() are the bands, forward and backward", async () => {
  const [n, d] = [65, 4];
  const matrix = contraction(n, 0.2, 5);
  for (const order of [0, 1, 2, 3, 5]) {
    const weights = [0, 1].map((b) => Array.from(randomValues(order + 1, b + 1)));
    await checkOp({
      inputs: [{ rows: n, columns: d }],
      build: (program, [x]) => {
        const operator = uploadSparse(program.memory, "A", matrix);
        const terms = chebyshevTerms(program, operator, x, order);
        return weightedSums(program, terms, weights, "bands");
      },
      twin: ([x]) => {
        const terms = chebyshevTermsOf(matrix, x, d, order);
        return sideBySide(weights.map((row) => combined(terms, row)), n);
      },
    });
  }
});

Deno.test("chebyshevTerms() of a subset gives its rows and their gradient alone", async () => {
  const [n, d, order] = [300, 8, 3];
  const matrix = contraction(n, 0.05, 6);
  const wanted = [0, 5, 17, 299];
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "subset");
  const rows = { epochStep: 0, epochRows: 4, batchSize: 4 };
  const state = stepState(program, { seed: 0, step: 2, ...rows });
  const list = rowList(program, "rows", 4, Uint32Array.from(wanted));
  const values = randomValues(n * d, 1);
  const x = program.tensor("x", n, d, { data: values });
  const subset = rowSubset(program, n, [{ list, firstRow: 0 }], state);
  const operator = uploadSparse(memory, "A", matrix);
  const terms = chebyshevTerms(program, operator, x, order, subset);
  const upstream = program.gradientTarget(terms[order])!.gradient;
  program.backward();
  await program.compile();
  memory.spoil();
  const weights = new Float32Array(n * d);
  for (const row of wanted) weights.set(randomValues(d, row + 1), row * d);
  memory.write(upstream.allocation, weights);
  program.submit();
  const found = await readFloats(memory, terms[order].allocation, n * d);
  const expected = chebyshevTermsOf(matrix, values, d, order)[order];
  for (const row of wanted) {
    const part = (array: Float32Array | Float64Array) => array.subarray(row * d, (row + 1) * d);
    assertClose(part(found), part(expected), 2e-6, `row ${row}`);
  }
  const gradient = await readFloats(memory, program.gradient(x)!.allocation, n * d);
  // By the adjoint identity with unit vectors.
  for (const at of [0, 9, 500, n * d - 1]) {
    const unit = new Float64Array(n * d);
    unit[at] = 1;
    const image = chebyshevTermsOf(matrix, unit, d, order)[order];
    const derivative = image.reduce((sum, value, k) => sum + value * weights[k], 0);
    assertClose([gradient[at] + 1], [derivative + 1], 1e-5, `gradient ${at}`);
  }
  memory.destroy();
});

Deno.test("chebyshevBands() refuses a bank of different lengths", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "bank");
  const operator = uploadSparse(memory, "A", randomSparse(3, 3, 1, 1));
  const x = program.tensor("x", 3, 4);
  assertThrows(() => chebyshevBands(program, operator, x, [[1], [1, 2]]), Error, "bank");
  assertThrows(() => chebyshevBands(program, operator, x, []), Error, "bank");
});
