/**
 * How the energy of features spreads over the frequencies of a graph.
 *
 * @module
 */
import type { Modality } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readFloats } from "../gpu/readback.ts";
import { rowBlocks, rowsOfTensor } from "../gpu/row_blocks.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";

/**
 * The energy `Σ_f (BᵀX)²_kf` of each graph Fourier coefficient of a table of features.
 *
 * @param gpu The device.
 * @param basis B, `I×K`, row-major: eigenvectors at the rows of the features.
 * @param signal X, `I×f`.
 * @returns K energies, in f64.
 * @throws {GpuError} The device reports an error, or lacks memory.
 * @example
 * ```ts no-eval
 * import { openGpu } from "../gpu/device.ts";
 * import { coefficientEnergies } from "./coefficient_energies.ts";
 * const gpu = await openGpu("auto");
 * const signal = { name: "image", rows: 2, columns: 1, values: new Float32Array([3, 4]) };
 * await coefficientEnergies(gpu, new Float32Array([0, 1]), signal); // [16]
 * ```
 */
export async function coefficientEnergies(
  gpu: Gpu,
  basis: Float32Array,
  signal: Modality,
): Promise<Float64Array> {
  const { rows, columns, values } = signal;
  const count = basis.length / rows;
  const memory = new Memory(gpu);
  try {
    const program = new Program(memory, "graph Fourier transform");
    const vectors = program.tensor("eigenvectors", rows, count, { data: basis });
    const features = program.tensor(signal.name, rows, columns, { data: values });
    const coefficients = program.tensor("coefficients", count, columns);
    for (const { first, rows: k, range: a } of rowBlocks(program, vectors, [features])) {
      const b = rowsOfTensor(features, first, k);
      const shape = { m: count, n: columns, k, transposeA: true, accumulate: first > 0 };
      launchProduct(program, { a, b, c: coefficients, ...shape });
    }
    await program.compile();
    program.submit();
    const found = await readFloats(memory, coefficients.allocation, count * columns);
    const energies = new Float64Array(count);
    found.forEach((value, at) => energies[Math.floor(at / columns)] += value * value);
    return energies;
  } finally {
    memory.destroy();
  }
}
