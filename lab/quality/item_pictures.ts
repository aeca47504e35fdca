/**
 * Pictures of items from a folder, for a page that has them in it.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { imageFormat, imageName } from "../../data/encode/image_format.ts";
import { readFailure } from "../../data/file_failure.ts";
import { readFully } from "../../data/read_fully.ts";
import { fileSize, openRegularFile } from "../../data/regular_file.ts";
import { DataError } from "../../errors.ts";

/** Pictures, and how many could not be had. */
export interface ItemPictures {
  /** A `data:` address for each item that has a picture. */
  readonly addresses: ReadonlyMap<number, string>;
  /** Items without a file of their name. */
  readonly missing: number;
  /** Items whose picture is too large, or comes after others that are too much together. */
  readonly tooLarge: number;
  /** Items whose file is no picture that browsers show. */
  readonly unknown: number;
}

/** Bytes of a picture at most, and of all together. */
export const mostBytes = { each: 1 << 20, all: 24 << 20 };

/**
 * Reads the pictures of items: files that are named by the items' ids, with the ending of a picture.
 *
 * @param folder The folder; folders in it are not looked at.
 * @param items The items, the most wanted first.
 * @param idOf The id of an item.
 * @throws {DataError} The folder cannot be listed, a file cannot be read, or no item has a picture.
 */
export async function readPictures(
  folder: string,
  items: readonly number[],
  idOf: (item: number) => string | number,
): Promise<ItemPictures> {
  const files = await picturesIn(folder);
  const addresses = new Map<number, string>();
  let [missing, tooLarge, unknown, read] = [0, 0, 0, 0];
  for (const item of items) {
    const file = files.get(String(idOf(item)));
    if (file === undefined) missing++;
    else {
      const bytes = await contents(
        `${folder}/${file}`,
        Math.min(mostBytes.each, mostBytes.all - read),
      );
      const format = bytes && imageFormat(bytes);
      if (bytes === undefined) tooLarge++;
      else if (format === undefined) unknown++;
      else {
        const address = `data:image/${format.toLowerCase()};base64,`;
        addresses.set(item, address + Buffer.from(bytes).toString("base64"));
        read += bytes.length;
      }
    }
  }
  if (items.length > 0 && missing === items.length) {
    throw new DataError(
      `Cannot use "${folder}" for pictures: it has none of "${idOf(items[0])}" or of ` +
        `${items.length - 1} other items`,
      "Name each picture by its item's id, with .jpg, .png, .webp or .gif after it",
    );
  }
  return { addresses, missing, tooLarge, unknown };
}

/** The files of a folder that may be pictures, by their name without its ending: the first of several. */
async function picturesIn(folder: string): Promise<Map<string, string>> {
  const files: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (imageName.test(name)) files.push(name);
    }
  } catch (error) {
    throw readFailure(folder, error);
  }
  return new Map(
    files.sort().reverse().map((name) => [name.slice(0, name.lastIndexOf(".")), name]),
  );
}

/** The bytes of a file; nothing where there are more than may be. */
async function contents(path: string, most: number): Promise<Uint8Array | undefined> {
  using file = await openRegularFile(path);
  const size = await fileSize(file);
  if (size > most) return undefined;
  const bytes = new Uint8Array(size);
  await readFully(file, path, bytes);
  return bytes;
}
