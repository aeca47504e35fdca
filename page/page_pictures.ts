/**
 * The pictures that a dataset has of its items: those of the folder `images` in its own folder.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { pictureFiles, pictureFolder, pictureFormat, readPicture } from "../data/picture_files.ts";
import type { PageFile } from "./page_file.ts";
import { pagePaths } from "./page_index.ts";

/** Pictures of items as files of a page. */
export interface PagePictures {
  /** The ending of the picture of each item that has one, by its content. */
  readonly endings: ReadonlyMap<number, string>;
  /** The files. */
  readonly files: readonly PageFile[];
}

/** The most bytes of a picture; larger ones are left out. */
const mostBytes = 1 << 20;

/**
 * Looks for the pictures of a dataset. Nothing from outside its folder is taken: no symbolic links are followed.
 *
 * @param dataset The dataset.
 * @throws {DataError} The folder or a picture cannot be read.
 */
export async function pagePictures({ folder, items, itemIds }: Dataset): Promise<PagePictures> {
  const endings = new Map<number, string>();
  const files: PageFile[] = [];
  const pictures = `${folder}/${pictureFolder}`;
  if (folder === undefined || !await isFolder(pictures)) return { endings, files };
  const names = await pictureFiles(pictures, false);
  for (let item = 0; item < items; item++) {
    const name = names.get(String(itemIds.idOf(item)));
    if (name === undefined) continue;
    const path = `${pictures}/${name}`;
    // What it says to be does not count, but what it is: a name in the page comes from its content.
    const format = await pictureFormat(path, mostBytes);
    if (format === undefined) continue;
    endings.set(item, format);
    files.push({
      path: pagePaths.picture(item, format),
      bytes: async () => (await readPicture(path, mostBytes)) ?? new Uint8Array(),
    });
  }
  return { endings, files };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.lstat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
