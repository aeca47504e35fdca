/**
 * Item features: every `<name>_feat.npy` of a dataset's folder is a modality called `<name>`.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import type { Modality } from "./dataset.ts";
import { readFailure } from "./file_failure.ts";
import { readNpy } from "./npy.ts";

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
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(suffix) && name !== suffix) names.push(name.slice(0, -suffix.length));
    }
  } catch (error) {
    throw readFailure(folder, error);
  }
  const modalities: Modality[] = [];
  for (const name of names.sort()) modalities.push(await readModality(folder, name));
  return modalities;
}

async function readModality(folder: string, name: string): Promise<Modality> {
  const path = `${folder}/${name}${suffix}`;
  const { shape, values } = await readNpy(path);
  if (shape.length !== 2 || shape[1] === 0) {
    throw new DataError(
      `Cannot read "${path}": found shape (${shape.join(", ")}), expected (items, columns)`,
      "Save a matrix with one row an item: numpy.save(path, array.reshape(items, -1))",
    );
  }
  const [rows, columns] = shape;
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
 * @returns A new modality of the same shape.
 * @example
 * ```ts
 * import { standardiseColumns } from "./modalities.ts";
 * const values = new Float32Array([1, 5, 3, 5]);
 * standardiseColumns({ name: "image", rows: 2, columns: 2, values }).values; // [-1, 0, 1, 0]
 * ```
 */
export function standardiseColumns(modality: Modality): Modality {
  const { rows, columns, values } = modality;
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  // Differences to the first row are exactly 0 in a constant column, whatever its value.
  const difference = (row: number, column: number) =>
    values[row * columns + column] - values[column];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      mean[column] += difference(row, column) / rows;
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      variance[column] += (difference(row, column) - mean[column]) ** 2 / rows;
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
 * The z-scores of every column as {@linkcode standardiseColumns} gives them; an item without features, whose
 * row is all 0, stays without.
 *
 * @param modality `rows×columns` features, which stay as they are.
 * @returns A new modality of the same shape.
 * @example
 * ```ts
 * import { standardiseFeatures } from "./modalities.ts";
 * const values = new Float32Array([2, 4, 0]);
 * standardiseFeatures({ name: "image", rows: 3, columns: 1, values }).values[2]; // 0
 * ```
 */
export function standardiseFeatures(modality: Modality): Modality {
  const { rows, columns, values } = modality;
  const standardised = standardiseColumns(modality);
  for (let row = 0; row < rows; row++) {
    const [first, end] = [row * columns, (row + 1) * columns];
    const isEmpty = values.subarray(first, end).every((value) => value === 0);
    if (isEmpty) standardised.values.fill(0, first, end);
  }
  return standardised;
}
