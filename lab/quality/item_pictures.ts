/**
 * Pictures of items from a folder, for a page that has them in it.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { imageFormat } from "../../data/encode/image_format.ts";
import { pictureFiles, readPicture } from "../../data/picture_files.ts";
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
  const files = await pictureFiles(folder);
  const addresses = new Map<number, string>();
  let [missing, tooLarge, unknown, read] = [0, 0, 0, 0];
  for (const item of items) {
    const file = files.get(String(idOf(item)));
    if (file === undefined) missing++;
    else {
      const most = Math.min(mostBytes.each, mostBytes.all - read);
      const bytes = await readPicture(`${folder}/${file}`, most);
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
