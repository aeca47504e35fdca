/**
 * EASE's weights on the device: `B_ij = −P_ij/P_jj` off the diagonal, `P = (RᵀR + λ·1 + Σ_m w_m·F_m·F_mᵀ)^-1`.
 *
 * The inverse by ids is found first, and features are added to it as so many more rows of R, a few at a time
 * (Woodbury, 1950): so a search tries weights of features at a small part of the time of an inversion.
 *
 * @module
 */
import { transpose } from "../../algebra/csr.ts";
import { grouped } from "../../data/counts.ts";
import { BandpassError } from "../../errors.ts";
import type { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { submitInParts } from "../../gpu/submit_in_parts.ts";
import { Upload } from "../../gpu/upload.ts";
import { paddedColumns } from "../../gpu/tensor.ts";
import { addToInverted, invertSymmetric } from "../../shaders/cholesky_inverse/cholesky_inverse.ts";
import {
  panelWidth,
  shiftDiagonal,
  type SymmetricMatrix,
} from "../../shaders/cholesky_inverse/symmetric_matrix.ts";
import { regressionWeights } from "../../shaders/regression_weights/regression_weights.ts";
import { sumSparseRows, uploadRows } from "../../shaders/sparse_row_sum/sparse_row_sum.ts";
import type { ModelContext } from "../model.ts";
import { columnsAsRows } from "./unit_features.ts";
import { inverseResidual, type ItemMatrixParts } from "./residual.ts";

/** Inverses that a search keeps: it ends one step beyond the best λ, and goes on with that. */
export const keptInverses = 2;

/** A residual above this leaves scores with few right digits. */
const greatestResidual = 0.01;

/**
 * Operations a second of a CPU core under a software driver, I³ of them an inversion: measured with 18,357 items, which
 * took two cores 212 s (bench/RESULTS.md, "Closed-form models").
 */
const operationsOfCore = 1.5e10;

/** What a computation tells, and what ends it early. */
type Observers = Pick<ModelContext, "onProgress" | "signal">;

/**
 * Computes the weights in place.
 *
 * @param memory Where the matrix is.
 * @param matrix Takes the weights.
 * @param parts What they follow from.
 * @param options What models of the same dataset share, who is told how good the inverse is and how long it takes,
 * and what ends it early.
 * @throws {BandpassError} The matrix is not positive definite to rounding: λ is too small.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function computeItemWeights(
  memory: Memory,
  matrix: SymmetricMatrix,
  parts: ItemMatrixParts,
  options: Pick<ModelContext, "shared" | "note" | "onProgress" | "signal">,
): Promise<void> {
  const { shared, note, signal } = options;
  const { ridge } = parts;
  const started = performance.now();
  let isThere = false;
  const inverse = async () => {
    await invertById(memory, matrix, parts, options);
    isThere = true;
    return shared && await readBlocks(memory, matrix);
  };
  const name = "inverse by ids";
  const copy = await (shared?.once(name, String(ridge), inverse, keptInverses) ?? inverse());
  if (!isThere) await writeBlocks(memory, matrix, copy!);
  await addFeatures(memory, matrix, parts, signal);
  const residual = await inverseResidual(memory, matrix, parts, signal);
  if (!(residual <= greatestResidual)) throw notInverted(residual, ridge);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const size = grouped(matrix.size);
  note?.(
    `Inverted the matrix G of ${size}×${size} items in ${seconds} s: ` +
      `‖GP−I‖/√I ${residual.toExponential(1)} (in f64, by random vectors)`,
  );
  const weights = new Program(memory, "item weights");
  regressionWeights(weights, matrix);
  await weights.compile();
  weights.submit();
}

function notInverted(residual: number, ridge: number): BandpassError {
  return new BandpassError(
    `Cannot invert the matrix of items: with ridge=${ridge} ‖GP−I‖/√I is ` +
      `${residual.toExponential(1)}, expected ${greatestResidual} at most`,
    ({ setting }) =>
      `Use a larger ${
        setting("settings.ridge", String(10 * ridge))
      }, or smaller weights of features`,
  );
}

/** `(RᵀR + λ·1)^-1`. */
async function invertById(
  memory: Memory,
  matrix: SymmetricMatrix,
  { interactions, ridge }: ItemMatrixParts,
  observers: Observers,
): Promise<void> {
  const program = new Program(memory, "item matrix");
  const users = uploadRows(memory, "train rows", interactions);
  const { rowStart, column } = transpose(interactions);
  const [start, rows] = [["starts", rowStart], ["users", column]].map(([what, words]) =>
    program.buffer(`item ${what}`, words.length * 4, words as Uint32Array)
  );
  for (const { first, table } of matrix.blocks) {
    const count = Math.min(table.rows, matrix.size - first);
    const range = { allocation: start, offset: first * 4, bytes: start.bytes - first * 4 };
    sumSparseRows(program, { count, start: range, rows }, users, table);
  }
  shiftDiagonal(program, matrix, ridge);
  const first = program.launches;
  const { failure, ends } = invertSymmetric(program, matrix);
  memory.keep(failure);
  await program.compile();
  await submitInParts(program, { first: 0, end: first }, observers.signal);
  await runSteps(program, [first, ...ends], matrix.size, observers);
  const [row] = new Uint32Array((await readBuffers(memory, [{ allocation: failure }]))[0]);
  if (row !== 0) throw notPositive(row - 1, ridge);
}

/** Runs steps of a program, and tells how long the rest will take: all of them take about as long. */
async function runSteps(
  program: Program,
  borders: readonly number[],
  items: number,
  { onProgress, signal }: Observers,
): Promise<void> {
  const { gpu } = program.memory;
  const size = grouped(items);
  const tell = (share: number, secondsLeft: number) =>
    onProgress?.({ what: `Inverting the matrix of ${size}×${size} items`, share, secondsLeft });
  // Before the first step is measured; a GPU takes little for it.
  if (gpu.software) tell(0, items ** 3 / (operationsOfCore * navigator.hardwareConcurrency));
  const started = performance.now();
  const steps = borders.length - 1;
  for (let done = 1; done <= steps; done++) {
    await submitInParts(program, { first: borders[done - 1], end: borders[done] }, signal);
    const seconds = (performance.now() - started) / 1000;
    tell(done / steps, seconds / done * (steps - done));
  }
  gpu.check();
}

function notPositive(item: number, ridge: number): BandpassError {
  return new BandpassError(
    `Cannot invert the matrix of items: with ridge=${ridge} it is not positive definite to ` +
      `rounding, first at item ${item}`,
    ({ setting }) => `Use a larger ${setting("settings.ridge", "1")}`,
  );
}

/** `(P^-1 + Σ FFᵀ)^-1`, some columns of an F at a time. */
async function addFeatures(
  memory: Memory,
  matrix: SymmetricMatrix,
  { features, ridge }: ItemMatrixParts,
  signal?: AbortSignal,
): Promise<void> {
  if (features.length === 0) return;
  const widest = Math.max(...features.map(({ length }) => length / matrix.size));
  const count = Math.min(panelWidth, paddedColumns(widest));
  const program = new Program(memory, "features");
  const rows = program.tensor("feature rows", count, matrix.stride, { differentiable: false });
  memory.keep(rows.allocation);
  const failure = addToInverted(program, matrix, rows);
  memory.keep(failure);
  await program.compile();
  const upload = new Upload(memory);
  const all = { first: 0, end: program.launches };
  for (const table of features) {
    for (let first = 0; first * matrix.size < table.length; first += count) {
      const some = columnsAsRows(table, matrix.size, first, rows);
      await upload.write(rows.allocation, some, 0);
      await submitInParts(program, all, signal);
    }
  }
  const [row] = new Uint32Array((await readBuffers(memory, [{ allocation: failure }]))[0]);
  if (row !== 0) throw notInverted(Infinity, ridge);
}

async function readBlocks(memory: Memory, { blocks }: SymmetricMatrix): Promise<Float32Array[]> {
  const read: Float32Array[] = [];
  for (const { table: { allocation } } of blocks) read.push(await readFloats(memory, allocation));
  return read;
}

async function writeBlocks(
  memory: Memory,
  { blocks }: SymmetricMatrix,
  copy: readonly Float32Array[],
): Promise<void> {
  const upload = new Upload(memory);
  const step = 2 ** 20;
  for (const [n, { table: { allocation } }] of blocks.entries()) {
    for (let first = 0; first < copy[n].length; first += step) {
      await upload.write(allocation, copy[n].subarray(first, first + step), first * 4);
    }
  }
}
