/**
 * Pictures of items in a folder: files that are named by the items' ids, with the ending of a picture.
 *
 * @module
 */
import { imageFormat, imageName } from "./encode/image_format.ts";
import { readFailure } from "./file_failure.ts";
import { readFully } from "./read_fully.ts";
import { fileSize, openRegularFile } from "./regular_file.ts";

/** The folder of a dataset that has the pictures of its items. */
export const pictureFolder = "images";

/**
 * The files of a folder that may be pictures; folders in it are not looked at.
 *
 * @param folder The folder.
 * @param followsLinks Whether symbolic links are files too, which may lead anywhere (default: they are).
 * @returns Their names by the id that they are named by: the first of several.
 * @throws {DataError} The folder cannot be listed.
 */
export async function pictureFiles(
  folder: string,
  followsLinks = true,
): Promise<Map<string, string>> {
  const files: string[] = [];
  try {
    for await (const { name, isFile, isSymlink } of Deno.readDir(folder)) {
      if (imageName.test(name) && (isFile || followsLinks && isSymlink)) files.push(name);
    }
  } catch (error) {
    throw readFailure(folder, error);
  }
  return new Map(
    files.sort().reverse().map((name) => [name.slice(0, name.lastIndexOf(".")), name]),
  );
}

/**
 * Reads a picture.
 *
 * @param path The file.
 * @param most The most bytes that it may have.
 * @returns Nothing where it has more.
 * @throws {DataError} It cannot be read.
 */
export async function readPicture(
  path: string,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  using file = await openRegularFile(path);
  const size = await fileSize(file);
  if (size > most) return undefined;
  const bytes = new Uint8Array(size);
  await readFully(file, path, bytes);
  return bytes;
}

/**
 * The format of a picture by its content.
 *
 * @param path The file.
 * @param most The most bytes that it may have.
 * @returns In small letters, such as `jpeg`; nothing where it is none that browsers show, or has more bytes.
 * @throws {DataError} It cannot be read.
 */
export async function pictureFormat(path: string, most: number): Promise<string | undefined> {
  using file = await openRegularFile(path);
  const size = await fileSize(file);
  if (size > most) return undefined;
  const beginning = new Uint8Array(Math.min(size, 12));
  await readFully(file, path, beginning);
  return imageFormat(beginning)?.toLowerCase();
}
