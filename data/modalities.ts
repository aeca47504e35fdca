/**
 * Item features: every `<name>_feat.npy` of a dataset's folder is a modality called `<name>`.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import type { Modality } from "./dataset.ts";
import { readFailure } from "./file_failure.ts";
import { readNpy, readNpyShape } from "./npy.ts";

const suffix = "_feat.npy";

/**
 * Reads all modalities of a folder, in alphabetical order of their names.
 *
 * @param folder The dataset's folder.
 * @throws {DataError} A file cannot be read, is no matrix, or holds a value that is not finite.
 * @example
 * ```ts
 * import { readModalities } from "./modalities.ts";
 * import { writeNpy } from "./npy.ts";
 * const folder = await Deno.makeTempDir();
 * await writeNpy(`${folder}/image_feat.npy`, [2, 1], new Float32Array([1, 2]));
 * (await readModalities(folder))[0].name; // "image"
 * ```
 */
export async function readModalities(folder: string): Promise<Modality[]> {
  const modalities: Modality[] = [];
  for (const name of await modalityNames(folder)) modalities.push(await readModality(folder, name));
  return modalities;
}

/** The names of all modalities of a folder, in alphabetical order. */
async function modalityNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(suffix) && name !== suffix) names.push(name.slice(0, -suffix.length));
    }
  } catch (error) {
    throw readFailure(folder, error);
  }
  return names.sort();
}

/**
 * The names and sizes of all modalities of a folder, without their values.
 *
 * @param folder The dataset's folder.
 * @throws {DataError} A file cannot be read, or is no matrix.
 * @example
 * ```ts
 * import { modalityShapes } from "./modalities.ts";
 * import { writeNpy } from "./npy.ts";
 * const folder = await Deno.makeTempDir();
 * await writeNpy(`${folder}/image_feat.npy`, [2, 1], new Float32Array([1, 2]));
 * await modalityShapes(folder); // [{ name: "image", rows: 2, columns: 1 }]
 * ```
 */
export async function modalityShapes(folder: string): Promise<Omit<Modality, "values">[]> {
  const shapes: Omit<Modality, "values">[] = [];
  for (const name of await modalityNames(folder)) {
    const path = `${folder}/${name}${suffix}`;
    shapes.push({ name, ...matrixShape(await readNpyShape(path), path) });
  }
  return shapes;
}

function matrixShape(shape: readonly number[], path: string): { rows: number; columns: number } {
  const [rows, columns] = shape;
  if (shape.length === 2 && columns > 0) return { rows, columns };
  throw new DataError(
    `Cannot read "${path}": found shape (${shape.join(", ")}), expected (items, columns)`,
    "Save a matrix with one row per item: numpy.save(path, array.reshape(items, -1))",
  );
}

async function readModality(folder: string, name: string): Promise<Modality> {
  const path = `${folder}/${name}${suffix}`;
  const { shape, values } = await readNpy(path);
  const { rows, columns } = matrixShape(shape, path);
  for (let n = 0; n < values.length; n++) {
    if (!Number.isFinite(values[n])) {
      throw new DataError(
        `Cannot read "${path}": row ${Math.floor(n / columns)}, column ${n % columns} ` +
          `(counted from 0) is ${values[n]} as a 32-bit number, expected a finite number`,
        "Replace it, for example by the mean of its column over the items that have the feature",
      );
    }
  }
  return { name, rows, columns, values };
}

/**
 * The z-scores of every column: mean 0 and variance 1 over the items, in f64 before rounding.
 *
 * A column with one value throughout carries nothing and becomes 0. Needed before cosine graphs
 * where few columns outweigh all others, as in TikTok's audio.
 *
 * @param modality `rows×columns` features, which stay as they are.
 * @param known Means and deviations are those of the first so many rows (default: of all).
 * @returns A new modality of the same shape.
 * @example
 * ```ts
 * import { standardiseColumns } from "./modalities.ts";
 * const values = new Float32Array([1, 5, 3, 5]);
 * standardiseColumns({ name: "image", rows: 2, columns: 2, values }).values; // [-1, 0, 1, 0]
 * ```
 */
export function standardiseColumns(modality: Modality, known: number = modality.rows): Modality {
  const { rows, columns, values } = modality;
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  // Differences to the first row are exactly 0 in a constant column, whatever its value.
  const difference = (row: number, column: number) =>
    values[row * columns + column] - values[column];
  for (let row = 0; row < known; row++) {
    for (let column = 0; column < columns; column++) {
      mean[column] += difference(row, column) / known;
    }
  }
  for (let row = 0; row < known; row++) {
    for (let column = 0; column < columns; column++) {
      variance[column] += (difference(row, column) - mean[column]) ** 2 / known;
    }
  }
  const scale = variance.map((value) => value > 0 ? 1 / Math.sqrt(value) : 0);
  const scores = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      scores[row * columns + column] = (difference(row, column) - mean[column]) * scale[column];
    }
  }
  return { ...modality, values: scores };
}

/**
 * A mean square of standardised columns below it is rounding: the item stands at the mean of all, which is what
 * items without features are given.
 */
const leastSquare = 1e-8;

/**
 * The z-scores of every column as {@linkcode standardiseColumns} gives them; an item without features, whose
 * row is all 0 or the mean of all, has a row of 0.
 *
 * @param modality `rows×columns` features, which stay as they are.
 * @param known Means and deviations are those of the first so many rows (default: of all).
 * @returns A new modality of the same shape.
 * @example
 * ```ts
 * import { standardiseFeatures } from "./modalities.ts";
 * const values = new Float32Array([2, 4, 0]);
 * standardiseFeatures({ name: "image", rows: 3, columns: 1, values }).values[2]; // 0
 * ```
 */
export function standardiseFeatures(modality: Modality, known: number = modality.rows): Modality {
  const { rows, columns, values } = modality;
  const standardised = standardiseColumns(modality, known);
  for (let row = 0; row < rows; row++) {
    const [first, end] = [row * columns, (row + 1) * columns];
    const isZero = values.subarray(first, end).every((value) => value === 0);
    const squares = standardised.values.subarray(first, end)
      .reduce((sum, value) => sum + value * value, 0);
    if (isZero || squares < leastSquare * columns) standardised.values.fill(0, first, end);
  }
  return standardised;
}
