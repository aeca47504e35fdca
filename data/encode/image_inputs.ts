/**
 * Images by the ids of their items, and their bytes.
 *
 * @module
 */
import { isAbsolute, join, normalize, relative } from "node:path";
import { DataError } from "../../errors.ts";
import { byteSize, grouped } from "../counts.ts";
import { readFailure } from "../file_failure.ts";
import { readFully } from "../read_fully.ts";
import { fileSize, openRegularFile } from "../regular_file.ts";
import type { EncoderInput } from "./encoder.ts";
import { imageFormat, imageFormats, imageName } from "./image_format.ts";
import type { FoundInputs } from "./table_inputs.ts";

/** A larger file is none that shows an item. */
const mostBytes = 1 << 28;

/**
 * The images of a folder, each named after its item: `B001.jpg`. What lies in folders in it is left out.
 *
 * @param path The folder.
 * @param isWanted Which items are wanted (default: all).
 * @throws {DataError} It is no folder, has no images, or two of one item.
 */
export async function folderInputs(
  path: string,
  isWanted: (id: string) => boolean = () => true,
): Promise<FoundInputs> {
  const names: string[] = [];
  const others: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(path)) {
      (imageName.test(name) && !isDirectory ? names : others).push(name);
    }
  } catch (error) {
    throw readFailure(path, error);
  }
  if (names.length === 0) {
    throw new DataError(
      `Cannot use "${path}": found no images in it, expected files such as ID.jpg`,
      `Name each after its item, and give it the ending of ${imageFormats.join(", ")}`,
    );
  }
  const nameOf = new Map<string, string>();
  const inputs: EncoderInput[] = [];
  let unknown = 0;
  for (const name of names.sort()) {
    const id = name.replace(imageName, "");
    const before = nameOf.get(id);
    if (before !== undefined) {
      throw new DataError(
        `Cannot use "${path}": "${before}" and "${name}" are both of the item "${id}"`,
        "Keep one image of each item",
      );
    }
    nameOf.set(id, name);
    if (isWanted(id)) inputs.push({ id, content: join(path, name) });
    else unknown++;
  }
  const example = others.sort()[0];
  const remarks = others.length === 0 ? [] : [
    others.length === 1
      ? `Left out: "${example}", which is no image`
      : `Left out: ${
        grouped(others.length)
      } files and folders that are no images, such as "${example}"`,
  ];
  const rowsAre = "by the names of the files";
  return { inputs, empty: [], unknown, repeated: 0, sources: [], rowsAre, remarks };
}

/**
 * The path of an image that a table has, from the table's folder.
 *
 * @param content What the table has.
 * @param folder The table's folder, in which the image has to be, or in a folder in it.
 * @throws {DataError} It is elsewhere, where nothing may be read.
 * @example
 * ```ts
 * import { imagePath } from "./image_inputs.ts";
 * imagePath("photos/B1.jpg", "/shop"); // "/shop/photos/B1.jpg"
 * ```
 */
export function imagePath(content: string, folder: string): string {
  if (isAddress(content)) {
    throw new DataError(
      `Cannot read "${content}": it is an address, expected the path of a file`,
      "Download the images first; nothing is downloaded here",
    );
  }
  const path = isAbsolute(content) ? normalize(content) : join(folder, content);
  const inFolder = relative(folder, path);
  if (isAbsolute(inFolder) || inFolder === ".." || inFolder.startsWith("../")) {
    throw new DataError(
      `Cannot read "${path}": it is not in "${folder}", the folder of the table, nor below it`,
    );
  }
  return path;
}

const isAddress = (content: string) => /^[a-z]+:\/\//i.test(content);

/**
 * Reads the file of an image.
 *
 * @param path The file.
 * @throws {DataError} It is missing, too large, or no image.
 */
export async function readImage(path: string): Promise<Uint8Array> {
  using file = await openRegularFile(path);
  try {
    const size = await fileSize(file);
    if (size > mostBytes) {
      throw new DataError(
        `Cannot read "${path}": it has ${byteSize(size)}, expected at most ${byteSize(mostBytes)}`,
      );
    }
    const bytes = new Uint8Array(size);
    await readFully(file, path, bytes);
    if (imageFormat(bytes) === undefined) {
      throw new DataError(
        `Cannot read "${path}": ${size === 0 ? "it is empty" : "it is no image"}, expected ` +
          imageFormats.join(", "),
      );
    }
    return bytes;
  } catch (error) {
    throw readFailure(path, error);
  }
}
