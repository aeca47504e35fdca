/**
 * What `preprocess` wrote down of a dataset, in `dataset.json`.
 *
 * @module
 */
import type { Split } from "./dataset.ts";
import { ownerName } from "./former_folder.ts";
import type { InteractionCounts } from "./interactions.ts";
import { readTextFile } from "./regular_file.ts";

/** What it says, as far as it says so. */
export interface DatasetDescription {
  /** What made the dataset, such as `bandpass 0.1.0 preprocess`. */
  readonly madeBy: string;
  /** What is in the dataset. */
  readonly counts?: InteractionCounts;
  /** Items without features, by modality; they got the mean of the others. */
  readonly missingItems: Readonly<Record<string, number>>;
  /** The table that it was made of. */
  readonly source?: string;
  /** The fewest interactions of each user and item. */
  readonly kCore?: number;
  /** The rule of the split. */
  readonly split?: string;
  /** The whole of the split in words. */
  readonly protocol?: string;
}

/** Bytes that are read at most. */
const mostBytes = 1 << 24;

/**
 * Reads it.
 *
 * @param folder The dataset's folder.
 * @param name The dataset's name.
 * @returns Nothing where there is none of `preprocess`, or where the interactions have changed since.
 */
export async function readDescription(
  folder: string,
  name: string,
): Promise<DatasetDescription | undefined> {
  try {
    const path = `${folder}/${ownerName}`;
    const [own, interactions] = await Promise.all([
      Deno.stat(path),
      Deno.stat(`${folder}/${name}.inter`),
    ]);
    // It is written after them.
    const isCurrent = own.size <= mostBytes && own.mtime! >= interactions.mtime!;
    return isCurrent ? descriptionIn(JSON.parse(await Deno.readTextFile(path))) : undefined;
  } catch {
    return undefined; // What it says is known from the files too.
  }
}

/**
 * How the interactions of a dataset were split, in words.
 *
 * @param folder The dataset's folder.
 * @param splits How many rows each split has.
 * @returns Nothing where `preprocess` did not write it down, or wrote of other rows.
 */
export async function readSplitProtocol(
  folder: string,
  splits: InteractionCounts["splits"],
): Promise<string | undefined> {
  try {
    const text = await readTextFile(`${folder}/${ownerName}`, mostBytes);
    const { counts, protocol } = descriptionIn(JSON.parse(text)) ?? {};
    const names = ["train", "valid", "test"] as const;
    return names.every((name) => counts?.splits[name] === splits[name]) ? protocol : undefined;
  } catch {
    return undefined; // Datasets of others have none.
  }
}

/** As much of the file as is read here; any part of it may be missing. */
interface WrittenDescription {
  readonly made_by?: unknown;
  readonly interactions?: { readonly source?: { readonly name?: string } };
  readonly settings?: { readonly k_core?: number; readonly split?: string };
  readonly steps?: readonly { readonly users: number; readonly items: number }[];
  readonly splits?: Readonly<Record<Split, number>>;
  readonly protocol?: string;
  readonly modalities?: readonly { readonly name: string; readonly missing_items: number }[];
}

function descriptionIn(written: WrittenDescription): DatasetDescription | undefined {
  const { made_by, interactions, settings, steps, splits, protocol, modalities = [] } = written;
  const madeBy = String(made_by);
  if (!/^bandpass .* preprocess$/.test(madeBy)) return undefined;
  const { users, items } = steps?.at(-1) ?? {};
  const text = (value: unknown) => typeof value === "string" ? value : undefined;
  const count = (value: unknown) => Number.isSafeInteger(value) ? value as number : undefined;
  const hasCounts = [users, items, splits?.train, splits?.valid, splits?.test]
    .every(Number.isSafeInteger);
  return {
    madeBy,
    counts: hasCounts ? { users: users!, items: items!, splits: splits! } : undefined,
    missingItems: Object.fromEntries(
      modalities.flatMap(({ name, missing_items }) =>
        count(missing_items) === undefined ? [] : [[name, missing_items]]
      ),
    ),
    source: text(interactions?.source?.name),
    kCore: count(settings?.k_core),
    split: text(settings?.split),
    protocol: text(protocol),
  };
}
