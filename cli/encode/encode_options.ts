/**
 * What `encode` and `preprocess --encode` are told to encode.
 *
 * @module
 */
import type { InputKind } from "../../data/encode/encoder.ts";
import type { InputTable } from "../../data/encode/table_inputs.ts";
import { UsageError } from "../../errors.ts";
import { columnParts } from "../common/path_forms.ts";
import { userPath } from "../common/paths.ts";

/** Where texts or images come from: columns of a table, or a folder of images. */
export type EncodeSource =
  | { readonly kind: InputKind; readonly table: InputTable }
  | { readonly kind: "images"; readonly folder: string };

/** How a table names its column of ids. */
export const tableForm = "FILE#ID_COLUMN:COLUMN";

/**
 * The texts of `--text FILE:COLUMN[,COLUMN…]`.
 *
 * @param text What the user typed.
 * @throws {UsageError} It has another form.
 * @example
 * ```ts
 * import { textsOption } from "./encode_options.ts";
 * textsOption("/tmp/items.csv:title,brand");
 * // { kind: "text", table: { path: "/tmp/items.csv", columns: ["title", "brand"], … } }
 * ```
 */
export function textsOption(text: string): EncodeSource {
  const parts = columnParts(text);
  if (parts === undefined || parts.columns.split(",").includes("")) {
    throw new UsageError(
      `Cannot use --text "${text}": expected FILE:COLUMN[,COLUMN…]`,
      "For example: --text items.csv:title,description, or items.csv#asin:title where the column of " +
        'ids is called "asin"',
    );
  }
  const { path, idColumn, columns } = parts;
  refuseStdin("text", path);
  return { kind: "text", table: { path: userPath(path), idColumn, columns: columns.split(",") } };
}

/**
 * The images of `--images FOLDER` or `--images FILE:COLUMN`.
 *
 * @param text What the user typed.
 * @throws {UsageError} It has another form.
 * @example
 * ```ts
 * import { imagesOption } from "./encode_options.ts";
 * imagesOption("/tmp/images"); // { kind: "images", folder: "/tmp/images" }
 * ```
 */
export function imagesOption(text: string): EncodeSource {
  const parts = columnParts(text);
  refuseStdin("images", parts?.path ?? text);
  if (parts === undefined) return { kind: "images", folder: userPath(text) };
  const { path, idColumn, columns } = parts;
  if (columns.includes(",")) {
    throw new UsageError(
      `Cannot use --images "${text}": an item has one image, expected one column with its path`,
      "For example: --images items.csv:photo, or --images photos/ for a folder with ID.jpg",
    );
  }
  return { kind: "images", table: { path: userPath(path), idColumn, columns: [columns] } };
}

function refuseStdin(option: string, path: string): void {
  if (path !== "-") return;
  throw new UsageError(
    `Cannot read --${option} from stdin: expected a file`,
    "Write it to a file first, and name the file",
  );
}

/**
 * The folder or the table of a source.
 *
 * @param source The source.
 */
export function sourcePath(source: EncodeSource): string {
  return "folder" in source ? source.folder : source.table.path;
}
