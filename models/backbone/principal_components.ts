/**
 * The leading principal components of a table of features: the Gram matrix and its products on the
 * device, the small eigenproblems in f64 on the CPU.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { normalAt } from "../../gpu/random.ts";
import { readFloats } from "../../gpu/readback.ts";
import { rowBlocks, rowsOfTensor } from "../../gpu/row_blocks.ts";
import { launchProduct } from "../../shaders/matmul/matmul.ts";
import { symmetricEigen } from "../../algebra/symmetric_eigen.ts";

/** A table reduced to its leading components. */
export interface PrincipalComponents {
  /** The modality with `I×K` component scores in place of its features. */
  readonly modality: Modality;
  /** The share of the variance that the components keep, from 0 to 1. */
  readonly keptVariance: number;
}

/** Columns of the iterated block beyond K: they speed up the convergence of the last components. */
const oversampling = 16;
/** The iteration ends where the kept variance changes by less than this share of itself. */
const tolerance = 1e-6;
const mostIterations = 100;

/**
 * Reduces a modality to its K leading principal components, by subspace iteration with
 * Rayleigh–Ritz steps on the Gram matrix of the centred columns.
 *
 * @param gpu The device.
 * @param modality The features, `I×f`.
 * @param components K; at most f.
 * @throws {GpuError} The device reports an error.
 */
export async function principalComponents(
  gpu: Gpu,
  modality: Modality,
  components: number,
): Promise<PrincipalComponents> {
  const { rows, columns } = modality;
  const kept = Math.min(components, columns);
  const width = Math.min(columns, kept + oversampling);
  const centred = centreColumns(modality);
  const memory = new Memory(gpu);
  try {
    const table = new Program(memory, "tables").tensor("centred features", rows, columns, {
      data: centred,
      differentiable: false,
    });
    const gramProgram = new Program(memory, "Gram matrix");
    const gram = gramProgram.tensor("Gram matrix", columns, columns);
    for (const { first, rows: k, range } of rowBlocks(gramProgram, table)) {
      const shape = { m: columns, n: columns, k, transposeA: true, accumulate: first > 0 };
      launchProduct(gramProgram, { a: range, b: range, c: gram, ...shape });
    }
    await gramProgram.compile();
    gramProgram.submit();

    const iteration = new Program(memory, "subspace iteration");
    const basis = iteration.tensor("basis", columns, width);
    const image = iteration.tensor("image", columns, width);
    launchProduct(iteration, { a: gram, b: basis, c: image, m: columns, n: width, k: columns });
    await iteration.compile();
    let vectors = orthonormalised(
      Float64Array.from({ length: columns * width }, (_, n) => normalAt(0, 0, n)),
      columns,
      width,
    );
    let captured = 0;
    for (let n = 0; n < mostIterations; n++) {
      memory.write(basis.allocation, Float32Array.from(vectors));
      iteration.submit();
      const product = await readFloats(memory, image.allocation, columns * width);
      const { values, vectors: rotation } = symmetricEigen(
        projected(vectors, product, columns, width),
        width,
      );
      const before = captured;
      captured = values.slice(0, kept).reduce((sum, value) => sum + value, 0);
      const isDone = Math.abs(captured - before) <= tolerance * captured;
      // The last step keeps the Ritz vectors; the others go on with the image's span.
      vectors = isDone ? rotated(vectors, rotation, columns, width) : orthonormalised(
        rotated(Float64Array.from(product), rotation, columns, width),
        columns,
        width,
      );
      if (isDone) break;
    }

    const scoring = new Program(memory, "component scores");
    const directions = scoring.tensor("components", columns, kept, {
      data: leading(vectors, columns, width, kept),
    });
    const scores = scoring.tensor("scores", rows, kept);
    for (const { first, rows: m, range: a } of rowBlocks(scoring, table, [scores])) {
      const c = rowsOfTensor(scores, first, m);
      launchProduct(scoring, { a, b: directions, c, m, n: kept, k: columns });
    }
    await scoring.compile();
    scoring.submit();
    const values = await readFloats(memory, scores.allocation, rows * kept);
    const total = sumOfSquares(centred);
    return {
      modality: { name: modality.name, rows, columns: kept, values },
      keptVariance: total > 0 ? sumOfSquares(values) / total : 1,
    };
  } finally {
    memory.destroy();
  }
}

function centreColumns({ rows, columns, values }: Modality): Float32Array<ArrayBuffer> {
  const means = new Float64Array(columns);
  values.forEach((value, n) => means[n % columns] += value / rows);
  return Float32Array.from(values, (value, n) => value - means[n % columns]);
}

function sumOfSquares(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Qᵀ·Z, made symmetric, `width×width`. */
function projected(
  basis: Float64Array,
  image: Float32Array,
  rows: number,
  width: number,
): Float64Array {
  const product = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      const left = basis[row * width + i];
      for (let j = 0; j < width; j++) product[i * width + j] += left * image[row * width + j];
    }
  }
  return product.map((value, n) => {
    const mirrored = (n % width) * width + Math.floor(n / width);
    return (value + product[mirrored]) / 2;
  });
}

/** Q·U, `rows×width`. */
function rotated(
  basis: Float64Array,
  rotation: Float64Array,
  rows: number,
  width: number,
): Float64Array {
  const product = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      const left = basis[row * width + i];
      for (let j = 0; j < width; j++) product[row * width + j] += left * rotation[i * width + j];
    }
  }
  return product;
}

/** Orthonormal columns of the same span, by Gram–Schmidt done twice. */
function orthonormalised(basis: Float64Array, rows: number, width: number): Float64Array {
  const result = basis.slice();
  const squaresOf = (column: number) => {
    let squares = 0;
    for (let row = 0; row < rows; row++) squares += result[row * width + column] ** 2;
    return squares;
  };
  for (let column = 0; column < width; column++) {
    const before = squaresOf(column);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < column; other++) {
        let dot = 0;
        for (let row = 0; row < rows; row++) {
          dot += result[row * width + column] * result[row * width + other];
        }
        for (let row = 0; row < rows; row++) {
          result[row * width + column] -= dot * result[row * width + other];
        }
      }
    }
    const squares = squaresOf(column);
    // What is left of a direction that the matrix does not have is rounding: it becomes zero, and so
    // does its eigenvalue.
    const scale = squares > 1e-20 * before ? 1 / Math.sqrt(squares) : 0;
    for (let row = 0; row < rows; row++) result[row * width + column] *= scale;
  }
  return result;
}

function leading(vectors: Float64Array, rows: number, width: number, kept: number) {
  const columns = new Float32Array(rows * kept);
  for (let row = 0; row < rows; row++) {
    columns.set(vectors.subarray(row * width, row * width + kept), row * kept);
  }
  return columns;
}
