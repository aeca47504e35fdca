/**
 * Datasets with fewer modalities, or with more of them from the same features.
 *
 * @module
 */
import type { Modality } from "../../data/dataset.ts";
import { nearest, UsageError } from "../../errors.ts";

/**
 * Some of the modalities, in their order.
 *
 * @param modalities All of them.
 * @param names Those that stay, at least one.
 * @throws {UsageError} There is no modality of a name.
 */
export function chosenModalities(
  modalities: readonly Modality[],
  names: readonly string[],
): Modality[] {
  for (const name of names) assertThere(modalities, name);
  return modalities.filter(({ name }) => names.includes(name));
}

/**
 * One modality cut in two, `NAME_a` with the first half of its columns and `NAME_b` with the others; the same features
 * then have one modality more.
 *
 * @param modalities All of them, in alphabetical order.
 * @param name The one that is cut.
 * @returns All of them, in alphabetical order.
 * @throws {UsageError} There is no such modality, or it has a single column.
 * @example
 * ```ts
 * import { halved } from "./modality_choice.ts";
 * const image = { name: "image", rows: 1, columns: 3, values: new Float32Array([1, 2, 3]) };
 * halved([image], "image").map(({ name, columns }) => `${name} ${columns}`); // ["image_a 1", "image_b 2"]
 * ```
 */
export function halved(modalities: readonly Modality[], name: string): Modality[] {
  const modality = assertThere(modalities, name);
  const { columns } = modality;
  if (columns < 2) {
    throw new UsageError(
      `Cannot cut the modality "${name}" in two: it has ${columns} column`,
      "Cut another one",
    );
  }
  const half = Math.floor(columns / 2);
  const parts = [
    columnsOf(modality, `${name}_a`, 0, half),
    columnsOf(modality, `${name}_b`, half, columns),
  ];
  return modalities.flatMap((one) => one === modality ? parts : [one])
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

function columnsOf(modality: Modality, name: string, first: number, end: number): Modality {
  const { rows, columns } = modality;
  const width = end - first;
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    values.set(modality.values.subarray(start + first, start + end), row * width);
  }
  return { name, rows, columns: width, values };
}

function assertThere(modalities: readonly Modality[], name: string): Modality {
  const found = modalities.find((modality) => modality.name === name);
  if (found !== undefined) return found;
  const names = modalities.map((modality) => modality.name);
  const near = nearest(name, names);
  throw new UsageError(
    `Cannot use the modality "${name}": the dataset has ${names.join(", ") || "none"}`,
    near === undefined ? "Name one of these" : `Did you mean "${near}"?`,
  );
}
