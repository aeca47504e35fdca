/**
 * Writes a dataset's folder, whole or not at all.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { Modality } from "../dataset.ts";
import { writeFailure } from "../file_failure.ts";
import { ownerName, presentFolder } from "../former_folder.ts";
import { writeIds } from "../id_file.ts";
import { columnsFile, writeInteractionColumns } from "../interaction_columns.ts";
import { rowsOfSplits, type SplitInteractions } from "../interactions.ts";
import { itemMetaFile, writeItemMeta } from "../item_meta.ts";
import { writeNpy } from "../npy.ts";
import { readTextFile } from "../regular_file.ts";
import {
  clearTemporaryFolders,
  createTemporaryFolder,
  type TemporaryFolder,
  temporaryName,
  tryLock,
} from "../temporary.ts";
import { endUnfinished } from "../unfinished.ts";
import { type TextFit, textFitFile, writeTextFit } from "./text_fit.ts";
import type { MetaRows } from "./meta_rows.ts";
import type { UserRows } from "./user_rows.ts";
import { isTaken } from "../exists.ts";
import { writeFully } from "../write_fully.ts";

/** What a dataset's folder is to hold. */
export interface DatasetContents {
  /** Its name. */
  readonly name: string;
  /** The rows. */
  readonly rows: UserRows;
  /** The `x_label` of each row. */
  readonly labels: Uint8Array;
  /** Own id of each user. */
  readonly userIds: readonly string[];
  /** Own id of each item. */
  readonly itemIds: readonly string[];
  /** Features of the items. */
  readonly modalities: readonly Modality[];
  /** How texts became features, by modality (default: none did). */
  readonly textFits?: ReadonlyMap<string, TextFit>;
  /** What is known of items beside: the columns, that of the ids first, and their rows. */
  readonly meta?: Pick<MetaRows, "columns" | "rows">;
  /** How it was made, for `dataset.json`. */
  readonly description: unknown;
}

/** Characters that are gathered before they are written. */
const blockLength = 1 << 20;

/** What `dataset.json` has at most. */
const mostDescriptionBytes = 1 << 26;

/**
 * Refuses a folder that exists already, or that `preprocess` has not written.
 *
 * @param folder The dataset's folder.
 * @param overwrite Whether it may be replaced.
 * @param note Told where a former command was killed while it replaced the folder.
 * @throws {UsageError} It is there and may not be replaced, or holds what somebody else put there.
 * @example
 * ```ts
 * import { refuseExisting } from "./write_dataset.ts";
 * await refuseExisting("datasets/new", false);
 * ```
 */
export async function refuseExisting(
  folder: string,
  overwrite: boolean,
  note?: (text: string) => void,
): Promise<void> {
  await presentFolder(folder, note);
  if (!await isTaken(folder)) return;
  if (!overwrite) {
    throw new UsageError(
      `Cannot write "${folder}": it already exists`,
      ({ setting }) =>
        `Choose another ${setting("dataset")}, or replace it with ${setting("overwrite")}`,
    );
  }
  const foreign = await foreignFiles(folder);
  if (foreign === undefined) return;
  throw new UsageError(
    `Cannot replace "${folder}": ${foreign}`,
    ({ setting }) => `Choose another ${setting("dataset")}, or move what is there elsewhere`,
  );
}

/** What is in a folder that `preprocess` has not put there, in words. */
async function foreignFiles(folder: string): Promise<string | undefined> {
  if (!(await Deno.lstat(folder)).isDirectory) return "it is not a folder";
  let description: Partial<Record<"made_by" | "name" | "modalities" | "meta", unknown>> = {};
  try {
    const text = await readTextFile(`${folder}/${ownerName}`, mostDescriptionBytes);
    description = Object(JSON.parse(text));
  } catch {
    // There is none, or somebody else's.
  }
  const { made_by, name, modalities, meta } = description;
  if (!/^bandpass .* preprocess$/.test(String(made_by))) {
    return `preprocess did not write it, as it has no ${ownerName} of its own`;
  }
  const own = new Set([ownerName, "users.csv", "items.csv", columnsFile, `${name}.inter`]);
  // Users may write it by hand.
  if (meta !== undefined) own.add(itemMetaFile);
  if (Array.isArray(modalities)) {
    for (const modality of modalities) {
      own.add(`${modality?.name}_feat.npy`).add(textFitFile(modality?.name));
    }
  }
  const others: string[] = [];
  for await (const entry of Deno.readDir(folder)) if (!own.has(entry.name)) others.push(entry.name);
  if (others.length === 0) return undefined;
  const few = others.toSorted().slice(0, 5).map((other) => `"${other}"`).join(", ");
  return `it has files that preprocess did not write: ${few}${others.length > 5 ? ", …" : ""}`;
}

/**
 * Writes `<name>.inter`, its columns, `<modality>_feat.npy`, `<modality>_text.safetensors`, `users.csv`,
 * `items.csv`, `items_meta.csv` and `dataset.json` into a folder with a temporary name, and renames it.
 *
 * @param folder The dataset's folder; the folders above it are made.
 * @param contents What it is to hold.
 * @param overwrite Whether a folder of the same name is replaced.
 * @throws {UsageError} The folder is there and may not be replaced.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeDataset } from "./write_dataset.ts";
 * const folder = `${await Deno.makeTempDir()}/shop`;
 * await writeDataset(folder, {
 *   name: "shop",
 *   rows: { start: new Uint32Array([0, 1]), items: new Uint32Array([0]) },
 *   labels: new Uint8Array(1),
 *   userIds: ["ann"],
 *   itemIds: ["B001EYH3AG"],
 *   modalities: [],
 *   description: {},
 * }, false);
 * ```
 */
export async function writeDataset(
  folder: string,
  contents: DatasetContents,
  overwrite: boolean,
): Promise<void> {
  await refuseExisting(folder, overwrite);
  await clearTemporaryFolders(folder, ownerName);
  await clearTemporaryFolders(folder, ownerName, "former");
  let temporary: TemporaryFolder | undefined;
  try {
    temporary = await createTemporaryFolder(folder, ownerName);
    const { path, owner } = temporary;
    const text = `${path}/${contents.name}.inter`;
    await writeInteractions(text, contents);
    await writeInteractionColumns(text, interactionsOf(contents));
    for (const { name, rows, columns, values } of contents.modalities) {
      await writeNpy(`${path}/${name}_feat.npy`, [rows, columns], values);
    }
    for (const [name, fit] of contents.textFits ?? []) {
      await writeTextFit(`${path}/${textFitFile(name)}`, fit);
    }
    await writeIds(`${path}/users.csv`, "userID", contents.userIds);
    await writeIds(`${path}/items.csv`, "itemID", contents.itemIds);
    const { meta } = contents;
    if (meta !== undefined) await writeItemMeta(`${path}/${itemMetaFile}`, meta.columns, meta.rows);
    await writeText(owner, `${JSON.stringify(contents.description, undefined, 2)}\n`);
    await owner.syncData();
    await exchange(path, folder, overwrite);
  } catch (error) {
    if (temporary !== undefined) {
      await Deno.remove(temporary.path, { recursive: true }).catch(() => {/* it was renamed */});
    }
    throw writeFailure(folder, error);
  } finally {
    temporary?.owner.close();
    if (temporary !== undefined) endUnfinished(temporary.path);
  }
}

/**
 * Gives a folder its name. A folder cannot be renamed onto one with files, so the former one is moved
 * aside before, locked: whoever finds it so waits, or puts it back if this process is dead by then.
 */
async function exchange(path: string, folder: string, overwrite: boolean): Promise<void> {
  if (!overwrite || !await isTaken(folder)) return await Deno.rename(path, folder);
  using held = await Deno.open(`${folder}/${ownerName}`);
  await tryLock(held);
  const former = temporaryName(folder, "former");
  await Deno.rename(folder, former);
  try {
    await Deno.rename(path, folder);
  } catch (error) {
    await Deno.rename(former, folder);
    throw error;
  }
  await Deno.remove(former, { recursive: true }).catch(() => {/* the next one clears it */});
}

async function writeText(file: Deno.FsFile, text: string): Promise<void> {
  await writeFully(file, new TextEncoder().encode(text));
}

/** What will be read of the rows. */
function interactionsOf({ rows: { start, items }, labels }: DatasetContents): SplitInteractions {
  const users = new Uint32Array(items.length);
  for (let user = 0; user + 1 < start.length; user++) {
    users.fill(user, start[user], start[user + 1]);
  }
  const ofItems = items.reduce((most, item) => Math.max(most, item + 1), 0);
  return { users: start.length - 1, items: ofItems, ...rowsOfSplits({ users, items, labels }) };
}

async function writeInteractions(path: string, contents: DatasetContents): Promise<void> {
  const { rows: { start, items, times }, labels } = contents;
  using file = await Deno.open(path, { write: true, createNew: true });
  const write = (text: string) => writeText(file, text);
  let block = `userID\titemID\t${times === undefined ? "" : "timestamp\t"}x_label\n`;
  for (let user = 0; user + 1 < start.length; user++) {
    for (let n = start[user]; n < start[user + 1]; n++) {
      block += `${user}\t${items[n]}\t`;
      if (times !== undefined) block += Number.isFinite(times[n]) ? `${times[n]}\t` : "\t";
      block += `${labels[n]}\n`;
    }
    if (block.length < blockLength) continue;
    await write(block);
    block = "";
  }
  await write(block);
  await file.syncData();
}
