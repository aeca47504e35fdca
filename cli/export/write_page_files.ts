/**
 * The folder of a page, which is replaced when the new one is written: whole, or not at all.
 *
 * @module
 */
import { dirname } from "node:path";
import { isTaken } from "../../data/exists.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { readTextFile } from "../../data/regular_file.ts";
import {
  clearTemporaryFolders,
  createTemporaryFolder,
  temporariesOf,
} from "../../data/temporary.ts";
import { endUnfinished } from "../../data/unfinished.ts";
import { UsageError } from "../../errors.ts";
import type { PageFile } from "../../page/page_file.ts";
import { type PageIndex, pagePaths } from "../../page/page_index.ts";
import { shownPath } from "../common/paths.ts";

/** Files and folders that a page consists of; its index is the first to go, and the last to come. */
const names = [
  pagePaths.index,
  ...["index.html", "icon.svg", "page.css", "page.js", pagePaths.items, pagePaths.users],
  ...["histories", "images", "runs"],
];

/** What the folder that a page is written into is named after, and the file that tells whether its process lives. */
const [unfinished, ownerName] = ["page", "owner"];

/** An index has a few numbers an epoch and a run; a longer file is none. */
const mostIndexBytes = 1 << 26;

/**
 * Makes the folder, and refuses one with a page that is not to be replaced.
 *
 * @param out The folder.
 * @param overwrite Whether a page that is there is replaced.
 * @throws {UsageError} A page is there that is not to be replaced, or something that is no page.
 */
export async function prepareFolderOfPage(out: string, overwrite: boolean): Promise<void> {
  try {
    await Deno.mkdir(out, { recursive: true });
    const [taken] = await takenNames(out);
    if (taken === undefined) return;
    const isPage = await isPageIn(out);
    if (overwrite && isPage) return;
    throw new UsageError(
      `Cannot write a page to "${shownPath(out)}": "${taken}" is already there`,
      isPage
        ? "Choose another --out, or replace the page with --overwrite"
        : "Choose another --out: there is no page that --overwrite could replace",
    );
  } catch (error) {
    throw writeFailure(out, error);
  }
}

async function takenNames(folder: string): Promise<string[]> {
  const isThere = await Promise.all(names.map((name) => isTaken(`${folder}/${name}`)));
  return names.filter((_, n) => isThere[n]);
}

/** Whether a folder has a page of ours, or what is left of one: what belongs to anybody else is not removed. */
async function isPageIn(folder: string): Promise<boolean> {
  if ((await temporariesOf(`${folder}/${unfinished}`, "tmp")).length > 0) return true;
  const path = `${folder}/${pagePaths.index}`;
  if (!await isTaken(path)) return false;
  try {
    const { format, runs } = JSON.parse(await readTextFile(path, mostIndexBytes)) as PageIndex;
    return typeof format === "number" && Array.isArray(runs);
  } catch {
    return false;
  }
}

/**
 * Makes the files, and puts them in place of the page that is there, with the users that may be in that.
 *
 * @param out The folder, prepared.
 * @param files They.
 * @param onProgress Told what is written, and which share is.
 * @returns Their bytes.
 * @throws {BandpassError} They cannot be written; the page that was there is still there then.
 */
export async function writePageFiles(
  out: string,
  files: readonly PageFile[],
  onProgress: (text: string, share: number) => void,
): Promise<number> {
  const path = `${out}/${unfinished}`;
  await clearTemporaryFolders(path, ownerName);
  const temporary = await createTemporaryFolder(path, ownerName).catch((error) => {
    throw writeFailure(path, error);
  });
  try {
    const written = await writeAll(`${temporary.path}/new`, files, onProgress);
    await exchange(out, temporary.path).catch((error) => {
      throw writeFailure(out, error);
    });
    return written;
  } finally {
    temporary.owner.close();
    await Deno.remove(temporary.path, { recursive: true }).catch((error) => {
      throw writeFailure(temporary.path, error);
    });
    endUnfinished(temporary.path);
  }
}

async function writeAll(
  folder: string,
  files: readonly PageFile[],
  onProgress: (text: string, share: number) => void,
): Promise<number> {
  let written = 0;
  let shown = -1;
  const made = new Set<string>();
  for (const [n, { path, bytes }] of files.entries()) {
    // Elsewhere than on a terminal each text is a line of its own, and there may be a picture for each of 100,000 items.
    const tenths = Math.floor(10 * n / files.length);
    if (tenths > shown) onProgress(`writing file ${n + 1} of ${files.length}`, n / files.length);
    shown = tenths;
    const contents = await bytes();
    const parent = dirname(`${folder}/${path}`);
    try {
      if (!made.has(parent)) await Deno.mkdir(parent, { recursive: true });
      await Deno.writeFile(`${folder}/${path}`, contents);
    } catch (error) {
      throw writeFailure(`${folder}/${path}`, error);
    }
    made.add(parent);
    written += contents.length;
  }
  return written;
}

/** Moves the page in a folder aside, and the new one there; what cannot be moved leaves all as it was. */
async function exchange(out: string, temporary: string): Promise<void> {
  const [fresh, former] = [`${temporary}/new`, `${temporary}/former`];
  await Deno.mkdir(former);
  const moved: string[] = [];
  try {
    for (const name of await takenNames(out)) {
      await Deno.rename(`${out}/${name}`, `${former}/${name}`);
      moved.push(name);
    }
    for (const name of (await takenNames(fresh)).toReversed()) {
      await Deno.rename(`${fresh}/${name}`, `${out}/${name}`);
    }
  } catch (error) {
    for (const name of moved.toReversed()) {
      await Deno.rename(`${former}/${name}`, `${out}/${name}`);
    }
    throw error;
  }
}
