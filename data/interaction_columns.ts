/**
 * The rows of an `.inter` file by columns: what `preprocess` writes beside the text, so that a dataset of
 * millions of rows is read in the time that its bytes take.
 *
 * The text is what counts. The columns carry its SHA-256, and are used only where it still has it.
 *
 * @module
 */
import { DataError } from "../errors.ts";
import { openChecked, writeChecked } from "./checked_safetensors.ts";
import { allSplits, type Interactions, type Split } from "./dataset.ts";
import { exists } from "./exists.ts";
import type { SplitInteractions } from "./interactions.ts";
import type { SafetensorsReader, StoredTensor } from "./safetensors.ts";
import { sha256OfFile } from "./sha256.ts";

/** The name of the file, in the folder of the dataset. */
export const columnsFile = "interactions.safetensors";

const format = "bandpass interactions 1";
const sides = ["users", "items"] as const;
type Side = typeof sides[number];

const textIsEnough = "Delete it: the .inter file beside it holds the same rows";

/**
 * Writes the columns of an `.inter` file.
 *
 * @param path The `.inter` file, which is there already.
 * @param interactions Its rows.
 * @throws {BandpassError} It cannot be read, or the columns cannot be written.
 * @example
 * ```ts
 * import { readInteractionColumns, writeInteractionColumns } from "./interaction_columns.ts";
 * import { readInteractions } from "./interactions.ts";
 * const folder = await Deno.makeTempDir();
 * const path = `${folder}/a.inter`;
 * await Deno.writeTextFile(path, "userID\titemID\tx_label\n0\t3\t0\n");
 * await writeInteractionColumns(path, await readInteractions(path));
 * (await readInteractionColumns(path))?.train.items; // [3]
 * ```
 */
export async function writeInteractionColumns(
  path: string,
  interactions: SplitInteractions,
): Promise<void> {
  const { users, items } = interactions;
  const tensors = new Map<string, StoredTensor>();
  for (const split of allSplits) {
    for (const side of sides) {
      const values = interactions[split][side] as Uint32Array<ArrayBuffer>;
      tensors.set(`${split}.${side}`, { shape: [values.length], values });
    }
  }
  const text_sha256 = await sha256OfFile(path);
  const metadata = { format, text_sha256, users: String(users), items: String(items) };
  await writeChecked(columnsOf(path), { metadata, tensors });
}

/**
 * Reads the rows of an `.inter` file from the columns beside it.
 *
 * @param path The `.inter` file.
 * @param note Told that the columns are not of the text as it is now.
 * @returns What the text holds; nothing where there are no columns, or they are not of this text.
 * @throws {DataError} The columns are damaged, or no such file.
 */
export async function readInteractionColumns(
  path: string,
  note: (text: string) => void = () => {},
): Promise<SplitInteractions | undefined> {
  const place = columnsOf(path);
  if (!await exists(place)) return undefined;
  using file = await openChecked(place).catch((error) => {
    throw error instanceof DataError ? new DataError(error.message, textIsEnough) : error;
  });
  const { format: found, text_sha256, users, items } = file.metadata;
  if (found !== format) throw foreign(place, `its format is "${found}", expected "${format}"`);
  if (await sha256OfFile(path) !== text_sha256) {
    note(
      `"${path}" was changed after "${columnsFile}" was made of it: its text is read, which takes ` +
        `longer; delete "${place}" if the change was meant`,
    );
    return undefined;
  }
  const counts = { users: Number(users), items: Number(items) };
  const train = await readSplit(file, "train", counts);
  if (train.users.length === 0) throw foreign(place, "it has no train row");
  const valid = await readSplit(file, "valid", counts);
  return { ...counts, train, valid, test: await readSplit(file, "test", counts) };
}

/** Columns of the same length, whose ids are below the counts: anything else would be read out of bounds. */
async function readSplit(
  file: SafetensorsReader,
  split: Split,
  counts: Readonly<Record<Side, number>>,
): Promise<Interactions> {
  const read = async (side: Side) => {
    const name = `${split}.${side}`;
    if (!file.tensors.has(name)) throw foreign(file.path, `it has no "${name}"`);
    const { values } = await file.tensor(name);
    if (values instanceof Uint32Array && values.every((id) => id < counts[side])) return values;
    throw foreign(file.path, `"${name}" holds no indices of ${side}`);
  };
  const [users, items] = [await read("users"), await read("items")];
  if (users.length === items.length) return { users, items };
  throw foreign(file.path, `${split} has ${users.length} users and ${items.length} items`);
}

function columnsOf(path: string): string {
  return path.replace(/[^/\\]*$/, columnsFile);
}

function foreign(path: string, found: string): DataError {
  return new DataError(`Cannot use "${path}": ${found}`, textIsEnough);
}
