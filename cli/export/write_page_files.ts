/**
 * The folder of a page: whole, or with a file that says that it is not.
 *
 * @module
 */
import { dirname } from "node:path";
import { writeFileAtomically } from "../../data/atomic_file.ts";
import { isTaken } from "../../data/exists.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { UsageError } from "../../errors.ts";
import type { PageFile } from "../../page/page_file.ts";
import { type PageIndex, pagePaths } from "../../page/page_index.ts";
import { shownPath } from "../common/paths.ts";

/** A file that is there while a page is written, so that what is left of one that was not finished can be replaced. */
const unfinished = "unfinished-page";

/** Files and folders that a page consists of; its index is the first to go, and the last to come. */
const names = [
  pagePaths.index,
  unfinished,
  ...["index.html", "icon.svg", "page.css", "page.js", pagePaths.items, pagePaths.users],
  ...["histories", "images", "runs"],
];

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
  if (await isTaken(`${folder}/${unfinished}`)) return true;
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
 * Makes the files, and writes them in their order, in place of the page that is there, with the users that may be in
 * that.
 *
 * @param out The folder, prepared.
 * @param files They; `page.json` is the last.
 * @param onProgress Told what is written, and which share is.
 * @returns Their bytes.
 * @throws {BandpassError} They cannot be written.
 */
export async function writePageFiles(
  out: string,
  files: readonly PageFile[],
  onProgress: (text: string, share: number) => void,
): Promise<number> {
  await Deno.writeTextFile(`${out}/${unfinished}`, "").catch((error) => {
    throw writeFailure(`${out}/${unfinished}`, error);
  });
  for (const name of await takenNames(out)) {
    if (name !== unfinished) await Deno.remove(`${out}/${name}`, { recursive: true });
  }
  let written = 0;
  let shown = -1;
  const made = new Set<string>();
  for (const [n, { path, bytes }] of files.entries()) {
    // Elsewhere than on a terminal each text is a line of its own, and there may be a picture for each of 100,000 items.
    const tenths = Math.floor(10 * n / files.length);
    if (tenths > shown) onProgress(`writing file ${n + 1} of ${files.length}`, n / files.length);
    shown = tenths;
    const folder = dirname(`${out}/${path}`);
    if (!made.has(folder)) {
      await Deno.mkdir(folder, { recursive: true }).catch((error) => {
        throw writeFailure(folder, error);
      });
      made.add(folder);
    }
    const contents = await bytes();
    await writeFileAtomically(`${out}/${path}`, contents);
    written += contents.length;
  }
  await Deno.remove(`${out}/${unfinished}`);
  return written;
}
