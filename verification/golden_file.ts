/**
 * A golden file: a tiny dataset, a batch, parameters, and what a reference implementation computes of them
 * (tests/golden/README.md).
 *
 * @module
 */
import type { Dataset, Interactions, Modality } from "../data/dataset.ts";
import type { SafetensorsFile, StoredTensor } from "../data/safetensors.ts";
import { indices } from "../data/identifiers.ts";
import { DataError } from "../errors.ts";

/** The tensors of a golden file, checked as they are asked for. */
export class GoldenFile {
  /**
   * Nothing is checked yet.
   *
   * @param file Its contents.
   * @param path Its place, for messages.
   */
  constructor(readonly file: SafetensorsFile, readonly path: string) {}

  /** Whether there is a tensor of a name. */
  has(name: string): boolean {
    return this.file.tensors.has(name);
  }

  /** A text of the metadata. */
  text(name: string): string {
    const value = this.file.metadata[name];
    if (value === undefined) throw this.#lacks(`the metadata "${name}"`);
    return value;
  }

  /** A tensor in F32. */
  floats(name: string): Float32Array<ArrayBuffer> {
    const { values } = this.tensor(name);
    if (values instanceof Float32Array) return values;
    throw this.#lacks(`"${name}" in F32`);
  }

  /** A tensor in F64. */
  doubles(name: string): Float64Array<ArrayBuffer> {
    const { values } = this.tensor(name);
    if (values instanceof Float64Array) return values;
    throw this.#lacks(`"${name}" in F64`);
  }

  /** A tensor in I32. */
  integers(name: string): Int32Array<ArrayBuffer> {
    const { values } = this.tensor(name);
    if (values instanceof Int32Array) return values;
    throw this.#lacks(`"${name}" in I32`);
  }

  /** A tensor of any type. */
  tensor(name: string): StoredTensor {
    const tensor = this.file.tensors.get(name);
    if (tensor === undefined) throw this.#lacks(`the tensor "${name}"`);
    return tensor;
  }

  #lacks(what: string): DataError {
    return new DataError(
      `Cannot verify "${this.path}": it lacks ${what}`,
      "Give a golden file, as tests/golden/README.md describes it",
    );
  }
}

/**
 * The dataset of a golden file.
 *
 * @param golden The file.
 */
export function goldenDataset(golden: GoldenFile): Dataset {
  const split = (name: string): Interactions => {
    const pairs = golden.integers(`data/${name}`);
    const half = (first: number) =>
      Uint32Array.from({ length: pairs.length / 2 }, (_, n) => pairs[2 * n + first]);
    return { users: half(0), items: half(1) };
  };
  const modalities: Modality[] = [];
  for (const [key, { shape }] of golden.file.tensors) {
    const name = key.match(/^data\/(.+)_feat$/)?.[1];
    if (name === undefined) continue;
    modalities.push({ name, rows: shape[0], columns: shape[1], values: golden.floats(key) });
  }
  const [users, items] = [Number(golden.text("users")), Number(golden.text("items"))];
  return {
    name: golden.path,
    users,
    items,
    userIds: indices(users),
    itemIds: indices(items),
    train: split("train"),
    valid: split("valid"),
    test: split("test"),
    modalities: modalities.sort((a, b) => a.name < b.name ? -1 : 1),
  };
}
