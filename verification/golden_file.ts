/**
 * A golden file: a tiny dataset, a batch, parameters, and what a reference implementation computes of them
 * (tests/golden/README.md).
 *
 * @module
 */
import type { Dataset, Interactions, Modality } from "../data/dataset.ts";
import { excerpt } from "../data/excerpt.ts";
import type { SafetensorsFile, StoredTensor } from "../data/safetensors.ts";
import { indices } from "../data/identifiers.ts";
import { DataError } from "../errors.ts";
import type { SettingSpecs } from "../models/settings.ts";

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
    if (Object.hasOwn(this.file.metadata, name)) return this.file.metadata[name];
    throw this.failure(`it lacks the metadata "${name}"`);
  }

  /** A number of the metadata that counts something. */
  count(name: string): number {
    const text = this.text(name);
    const count = /^\d+$/.test(text) ? Number(text) : 0;
    if (count > 0 && count <= mostRows) return count;
    throw this.failure(
      `its "${name}" is "${excerpt(text)}", expected a whole number from 1 to ${mostRows}`,
    );
  }

  /** A tensor in F32. */
  floats(name: string): Float32Array<ArrayBuffer> {
    const { values } = this.tensor(name);
    if (values instanceof Float32Array) return values;
    throw this.failure(`it lacks "${excerpt(name)}" in F32`);
  }

  /** A tensor in F64. */
  doubles(name: string): Float64Array<ArrayBuffer> {
    const { values } = this.tensor(name);
    if (values instanceof Float64Array) return values;
    throw this.failure(`it lacks "${name}" in F64`);
  }

  /**
   * A tensor in I32 of row numbers.
   *
   * @param name Its name.
   * @param below What all of them are below.
   */
  rows(name: string, below: number): Uint32Array<ArrayBuffer> {
    const { values } = this.tensor(name);
    if (!(values instanceof Int32Array)) throw this.failure(`it lacks "${name}" in I32`);
    const wrong = values.find((value) => value < 0 || value >= below);
    if (wrong === undefined) return Uint32Array.from(values);
    throw this.failure(`"${name}" has ${wrong}, expected numbers from 0 to ${below - 1}`);
  }

  /** A tensor of any type. */
  tensor(name: string): StoredTensor {
    const tensor = this.file.tensors.get(name);
    if (tensor === undefined) throw this.failure(`it lacks the tensor "${excerpt(name)}"`);
    return tensor;
  }

  /**
   * Refuses a tensor of another shape.
   *
   * @param name Its name.
   * @param expected Its shape; nothing for a dimension of any size.
   */
  requireShape(name: string, expected: readonly (number | undefined)[]): void {
    const { shape } = this.tensor(name);
    const fits = shape.length === expected.length &&
      expected.every((size, n) => size === undefined || size === shape[n]);
    if (fits) return;
    throw this.failure(
      `"${excerpt(name)}" has the shape (${excerpt(shape.join(", "))}), expected ` +
        `(${expected.map((size) => size ?? "any").join(", ")})`,
    );
  }

  /**
   * The error for a file that is not what it should be.
   *
   * @param what What is wrong with it.
   */
  failure(what: string): DataError {
    return new DataError(
      `Cannot verify "${this.path}": ${what}`,
      "Give a golden file, as tests/golden/README.md describes it",
    );
  }
}

/** Users or items that a golden file has at most: it holds the scores of all pairs. */
const mostRows = 1 << 16;

/**
 * The dataset of a golden file.
 *
 * @param golden The file.
 * @throws {DataError} It is not what a golden file holds.
 */
export function goldenDataset(golden: GoldenFile): Dataset {
  const [users, items] = [golden.count("users"), golden.count("items")];
  const split = (name: string): Interactions => {
    const tensor = `data/${name}`;
    golden.requireShape(tensor, [undefined, 2]);
    const pairs = golden.rows(tensor, Math.max(users, items));
    const half = (first: number, below: number) =>
      Uint32Array.from({ length: pairs.length / 2 }, (_, n) => {
        const row = pairs[2 * n + first];
        if (row < below) return row;
        throw golden.failure(`"${tensor}" has ${row}, expected a number below ${below}`);
      });
    return { users: half(0, users), items: half(1, items) };
  };
  const modalities: Modality[] = [];
  for (const [key, { shape }] of golden.file.tensors) {
    const name = key.match(/^data\/(.+)_feat$/)?.[1];
    if (name === undefined) continue;
    golden.requireShape(key, [items, undefined]);
    if (shape[1] === 0) throw golden.failure(`"${excerpt(key)}" has no columns`);
    modalities.push({ name, rows: items, columns: shape[1], values: golden.floats(key) });
  }
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

/** What a golden file holds beside its dataset and the tensors of the model. */
export interface GoldenStep {
  /** The users of the batch. */
  readonly users: Uint32Array<ArrayBuffer>;
  /** The items that they took. */
  readonly positives: Uint32Array<ArrayBuffer>;
  /** The items that they are held against. */
  readonly negatives: Uint32Array<ArrayBuffer>;
  /** The loss of the batch. */
  readonly loss: Float64Array<ArrayBuffer>;
  /** The losses of the Adam steps. */
  readonly adamLosses: Float64Array<ArrayBuffer>;
  /** The scores of all items for all users before the steps. */
  readonly scores: Float32Array<ArrayBuffer>;
  /** The scores after them. */
  readonly adamScores: Float32Array<ArrayBuffer>;
}

/**
 * The batch of a golden file, and what is to come out of it.
 *
 * @param golden The file.
 * @param dataset Its dataset.
 * @throws {DataError} It is not what a golden file holds.
 */
export function goldenStep(golden: GoldenFile, { users, items }: Dataset): GoldenStep {
  const [rows] = golden.tensor("batch/user").shape;
  for (const name of ["batch/user", "batch/pos", "batch/neg"]) golden.requireShape(name, [rows]);
  if (rows === 0) throw golden.failure('"batch/user" is empty');
  golden.requireShape("loss", [1]);
  golden.requireShape("adam/losses", [golden.count("adam_steps")]);
  for (const name of ["scores", "adam/scores"]) golden.requireShape(name, [users, items]);
  return {
    users: golden.rows("batch/user", users),
    positives: golden.rows("batch/pos", items),
    negatives: golden.rows("batch/neg", items),
    loss: golden.doubles("loss"),
    adamLosses: golden.doubles("adam/losses"),
    scores: golden.floats("scores"),
    adamScores: golden.floats("adam/scores"),
  };
}

/**
 * The hyper-parameters of a golden file.
 *
 * @param golden The file.
 * @returns Numbers, texts, and true or false, by the reference's names.
 * @throws {DataError} They are no such JSON.
 */
export function goldenHyperParameters(golden: GoldenFile): Readonly<Record<string, unknown>> {
  const found = parsedHyperParameters(golden);
  if (Object.values(found).every(isPlain)) return found;
  throw golden.failure('its "hyper_parameters" are no object of plain values');
}

/**
 * The hyper-parameters of a golden file of a computed model, as its settings. What is a text there may be a
 * number for all modalities, or an object of their numbers, which becomes `"image=0.3,text=0.1"`.
 *
 * @param golden The file.
 * @param specs The settings of the model.
 * @throws {DataError} They are no such JSON.
 */
export function goldenSettings(
  golden: GoldenFile,
  specs: SettingSpecs,
): Readonly<Record<string, unknown>> {
  const textOf = (value: object) => {
    const pairs = Object.entries(value);
    if (pairs.every(([, number]) => typeof number === "number")) {
      return pairs.map((pair) => pair.join("=")).join() || "0";
    }
    throw golden.failure('its "hyper_parameters" have an object of something else than numbers');
  };
  const settingOf = (key: string, value: unknown) => {
    if (!isPlain(value)) return textOf(value as object);
    const isText = Object.hasOwn(specs, key) && specs[key].type === "string";
    return isText && typeof value === "number" ? String(value) : value;
  };
  return Object.fromEntries(
    Object.entries(parsedHyperParameters(golden)).map(([key, value]) => [
      key,
      settingOf(key, value),
    ]),
  );
}

function parsedHyperParameters(golden: GoldenFile): Record<string, unknown> {
  let found: unknown;
  try {
    found = JSON.parse(golden.text("hyper_parameters"));
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw golden.failure('its "hyper_parameters" are no JSON');
  }
  if (!isPlain(found) && !Array.isArray(found)) return found as Record<string, unknown>;
  throw golden.failure('its "hyper_parameters" are no object of plain values');
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
