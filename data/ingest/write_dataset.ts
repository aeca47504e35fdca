/**
 * Writes a dataset's folder, whole or not at all.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { Modality } from "../dataset.ts";
import { writeFailure } from "../file_failure.ts";
import { writeIds } from "../id_file.ts";
import { writeNpy } from "../npy.ts";
import type { UserRows } from "./user_rows.ts";

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
  /** How it was made, for `dataset.json`. */
  readonly description: unknown;
}

/** Characters that are gathered before they are written. */
const blockLength = 1 << 20;

/**
 * Refuses a folder that is there already.
 *
 * @param folder The dataset's folder.
 * @param overwrite Whether it may be replaced.
 * @throws {UsageError} It is there and may not be replaced.
 * @example
 * ```ts
 * import { refuseExisting } from "./write_dataset.ts";
 * await refuseExisting("datasets/new", false);
 * ```
 */
export async function refuseExisting(folder: string, overwrite: boolean): Promise<void> {
  const isThere = await Deno.lstat(folder).then(() => true, () => false);
  if (isThere && !overwrite) {
    throw new UsageError(
      `Cannot write "${folder}": it is there already`,
      ({ setting }) =>
        `Choose another ${setting("dataset")}, or replace it with ${setting("overwrite")}`,
    );
  }
}

/**
 * Writes `<name>.inter`, `<modality>_feat.npy`, `users.csv`, `items.csv` and `dataset.json` into a
 * folder with a temporary name, and renames it.
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
  const temporary = `${folder}.${Deno.pid}.tmp`;
  const former = `${folder}.${Deno.pid}.former.tmp`;
  try {
    await Deno.mkdir(temporary, { recursive: true });
    await writeInteractions(`${temporary}/${contents.name}.inter`, contents);
    for (const { name, rows, columns, values } of contents.modalities) {
      await writeNpy(`${temporary}/${name}_feat.npy`, [rows, columns], values);
    }
    await writeIds(`${temporary}/users.csv`, "userID", contents.userIds);
    await writeIds(`${temporary}/items.csv`, "itemID", contents.itemIds);
    const description = JSON.stringify(contents.description, undefined, 2);
    await Deno.writeTextFile(`${temporary}/dataset.json`, `${description}\n`);
    if (overwrite) {
      // A folder cannot be renamed onto one with files.
      await Deno.rename(folder, former).catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
    }
    await Deno.rename(temporary, folder);
  } catch (error) {
    await Deno.rename(former, folder).catch(() => {/* nothing was moved away */});
    await Deno.remove(temporary, { recursive: true }).catch(() => {/* it was never made */});
    throw writeFailure(folder, error);
  }
  await Deno.remove(former, { recursive: true }).catch(() => {/* there was none */});
}

async function writeInteractions(path: string, contents: DatasetContents): Promise<void> {
  const { rows: { start, items, times }, labels } = contents;
  using file = await Deno.open(path, { write: true, createNew: true });
  const encoder = new TextEncoder();
  const write = async (text: string) => {
    const bytes = encoder.encode(text);
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
  };
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
