/**
 * The built-in dataset `sample`, generated from planted structure, the same bytes on every machine.
 *
 * A user's taste and an item's character are vectors of {@linkcode factors} normal numbers; users
 * take items by their product and by a long-tailed popularity. Image and text are noisy linear maps
 * of overlapping parts of an item's character, so that each modality tells something of its own.
 *
 * @module
 */
import type { Split } from "./dataset.ts";
import { writeFolder } from "./atomic_folder.ts";
import { sampleName } from "./default_names.ts";
import { encodeNpy } from "./npy.ts";
import { normal, uniforms } from "../algebra/random_sequence.ts";

const users = 1200;
const items = 600;
const factors = 16;
/** How much of the log-odds of an interaction is taste, and how much is popularity. */
const tasteWeight = 3;
const popularityWeight = 0.8;
/** Share of users with 5 or 6 rows, hence 3 or 4 of them in train. */
const coldShare = 0.08;
/** The others have 7 rows and, on average, this many more. */
const meanFurtherRows = 3.7;

/** Image sees the first factors of an item and text the last ones. */
const modalities = [
  { name: "image", columns: 64, noiseColumns: 12, firstFactor: 0, lastFactor: 12 },
  { name: "text", columns: 32, noiseColumns: 6, firstFactor: 4, lastFactor: 16 },
];
/** Standard deviation of the noise on a feature whose signal has about 1. */
const featureNoise = 0.4;
/** Share of items whose features in one modality are noise alone, like a wrong picture. */
const noiseItemShare = 0.08;

/** A file of the sample. */
export interface SampleFile {
  /** Its name within the folder. */
  readonly name: string;
  /** Its contents. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The files of the sample in MMRec's layout: 1,200 users, 600 items, about 12,000 interactions,
 * `image` with 64 columns and `text` with 32.
 *
 * @example
 * ```ts
 * import { sampleFiles } from "./sample.ts";
 * sampleFiles().map((file) => file.name); // ["sample.inter", "image_feat.npy", "text_feat.npy"]
 * ```
 */
export function sampleFiles(): SampleFile[] {
  const characters = vectors(items, uniforms(1));
  return [
    { name: `${sampleName}.inter`, bytes: interactionTable(characters) },
    ...modalities.map((modality, n) => ({
      name: `${modality.name}_feat.npy`,
      bytes: encodeNpy([items, modality.columns], features(characters, modality, uniforms(10 + n))),
    })),
  ];
}

/**
 * Writes the sample into a folder that does not exist yet, whole or not at all.
 *
 * @param folder The folder to make; so are the folders above it.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeSample } from "./sample.ts";
 * await writeSample(`${await Deno.makeTempDir()}/sample`);
 * ```
 */
export async function writeSample(folder: string): Promise<void> {
  try {
    await writeFolder(
      folder,
      Object.fromEntries(sampleFiles().map(({ name, bytes }) => [name, bytes])),
    );
  } catch (error) {
    // Another process may have written the same bytes meanwhile.
    const isThere = await Deno.stat(`${folder}/${sampleName}.inter`).then(() => true, () => false);
    if (!isThere) throw error;
  }
}

/**
 * The splits of one user's rows by MMRec's rule (methods.md, §1): with fewer than 10 rows one is for
 * validation and one for test; else a fifth is, of which test gets the larger half.
 *
 * @param rows Number of the user's rows, at least 3, in random order.
 * @returns The split of each row.
 * @example
 * ```ts
 * import { splitOfRows } from "./sample.ts";
 * splitOfRows(5); // ["train", "train", "train", "valid", "test"]
 * ```
 */
export function splitOfRows(rows: number): Split[] {
  const held = rows < 10 ? 2 : Math.floor(rows / 5);
  const valid = Math.floor(held / 2);
  return Array.from(
    { length: rows },
    (_, n) => n < rows - held ? "train" : n < rows - held + valid ? "valid" : "test",
  );
}

function vectors(count: number, uniform: () => number): number[][] {
  return Array.from(
    { length: count },
    () => Array.from({ length: factors }, () => normal(uniform)),
  );
}

function interactionTable(characters: number[][]): Uint8Array<ArrayBuffer> {
  const tastes = vectors(users, uniforms(2));
  const uniform = uniforms(3);
  const popularity = Array.from({ length: items }, () => popularityWeight * normal(uniform));
  const label: Record<Split, number> = { train: 0, valid: 1, test: 2 };
  const lines = ["userID\titemID\tx_label"];
  for (let user = 0; user < users; user++) {
    const taste = tastes[user];
    // The largest of log-odds plus Gumbel noise are a draw without replacement (Plackett and Luce).
    const keys = characters.map((character, item) =>
      tasteWeight * product(taste, character) / Math.sqrt(factors) + popularity[item] -
      Math.log(-Math.log(1 - uniform() + 2 ** -33))
    );
    const rows = uniform() < coldShare
      ? 5 + Math.floor(2 * uniform())
      : 7 + Math.floor(-meanFurtherRows * Math.log(1 - uniform()));
    const drawn = characters.map((_, item) => item).sort((a, b) => keys[b] - keys[a]);
    const chosen = shuffled(drawn.slice(0, rows), uniform);
    splitOfRows(rows).forEach((split, n) => lines.push(`${user}\t${chosen[n]}\t${label[split]}`));
  }
  return new TextEncoder().encode(lines.join("\n") + "\n");
}

function features(
  characters: number[][],
  modality: typeof modalities[number],
  uniform: () => number,
): Float32Array {
  const { columns, noiseColumns, firstFactor, lastFactor } = modality;
  const map = vectors(columns, uniform);
  const signalScale = 1 / Math.sqrt(lastFactor - firstFactor);
  return Float32Array.from(characters.flatMap((character) => {
    const isNoise = uniform() < noiseItemShare;
    return map.map((weights, column) => {
      const visible = weights.slice(firstFactor, lastFactor);
      const signal = signalScale * product(visible, character.slice(firstFactor, lastFactor));
      return isNoise || column >= columns - noiseColumns
        ? normal(uniform)
        : signal + featureNoise * normal(uniform);
    });
  }));
}

function product(a: number[], b: number[]): number {
  return a.reduce((sum, value, n) => sum + value * b[n], 0);
}

/** Fisher and Yates' shuffle. */
function shuffled(values: number[], uniform: () => number): number[] {
  for (let n = values.length - 1; n > 0; n--) {
    const other = Math.floor((n + 1) * uniform());
    [values[n], values[other]] = [values[other], values[n]];
  }
  return values;
}
