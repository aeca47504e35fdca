/**
 * `--features NAME=FILE`, `--text NAME=FILE:COLUMN` and `--meta FILE` of `preprocess`.
 *
 * @module
 */
import type { FeatureSource } from "../../data/ingest/item_features.ts";
import type { TextSource } from "../../data/ingest/item_texts.ts";
import type { MetaSource } from "../../data/ingest/meta_rows.ts";
import { UsageError } from "../../errors.ts";
import { featureParts, tableParts, textParts } from "../common/path_forms.ts";
import { userPath } from "../common/paths.ts";

/**
 * Adds a `--features` to those before it.
 *
 * @param text `NAME=FILE`, or `NAME=FILE.npy#IDS`.
 * @param before Those before it.
 * @throws {UsageError} It has another form.
 * @example
 * ```ts
 * import { collectFeatures } from "./modality_options.ts";
 * collectFeatures("image=/tmp/image.npy#/tmp/ids.csv")[0].idPath; // "/tmp/ids.csv"
 * ```
 */
export function collectFeatures(
  text: string,
  before: readonly FeatureSource[] = [],
): FeatureSource[] {
  const parts = featureParts(text);
  if (parts === undefined) {
    throw new UsageError(
      `Cannot use --features "${text}": expected NAME=FILE`,
      "For example: --features image=image.npy, or image=image.npy#ids.csv with the id of each row",
    );
  }
  const { name, path, idPath } = parts;
  refuseName("features", name);
  refuseStdin("features", path);
  return [
    ...before,
    { name, path: userPath(path), idPath: idPath === undefined ? undefined : userPath(idPath) },
  ];
}

/**
 * Adds a `--text` to those before it.
 *
 * @param text `NAME=FILE:COLUMN[,COLUMN…]`, or `NAME=FILE#ID_COLUMN:COLUMN[,COLUMN…]`.
 * @param before Those before it.
 * @throws {UsageError} It has another form.
 * @example
 * ```ts
 * import { collectTexts } from "./modality_options.ts";
 * collectTexts("words=/tmp/items.tsv#asin:title,brand")[0].columns; // ["title", "brand"]
 * ```
 */
export function collectTexts(text: string, before: readonly TextSource[] = []): TextSource[] {
  const parts = textParts(text);
  if (parts === undefined) {
    throw new UsageError(
      `Cannot use --text "${text}": expected NAME=FILE:COLUMN[,COLUMN…]`,
      "For example: --text words=items.csv:title,description, or items.csv#asin:title where the " +
        'column of ids is called "asin"',
    );
  }
  const { name, path, idColumn, columns } = parts;
  refuseName("text", name);
  if (columns.split(",").includes("")) {
    throw new UsageError(
      `Cannot use --text "${text}": a column has an empty name`,
      "Separate the names of columns with single commas",
    );
  }
  refuseStdin("text", path);
  return [...before, { name, path: userPath(path), idColumn, columns: columns.split(",") }];
}

/**
 * The table of a `--meta`.
 *
 * @param text `FILE`, or `FILE#ID_COLUMN`.
 * @throws {UsageError} It is stdin.
 * @example
 * ```ts
 * import { metaSource } from "./modality_options.ts";
 * metaSource("/tmp/items.csv#asin"); // { path: "/tmp/items.csv", idColumn: "asin" }
 * ```
 */
export function metaSource(text: string): MetaSource {
  const { path, idColumn } = tableParts(text);
  refuseStdin("meta", path);
  return { path: userPath(path), idColumn };
}

/**
 * Refuses two modalities of one name, which would be one file.
 *
 * @param names The names of all modalities.
 * @throws {UsageError} A name is there twice.
 * @example
 * ```ts
 * import { refuseRepeatedNames } from "./modality_options.ts";
 * refuseRepeatedNames(["image", "text"]);
 * ```
 */
export function refuseRepeatedNames(names: readonly string[]): void {
  const repeated = names.find((name, n) => names.indexOf(name) < n);
  if (repeated === undefined) return;
  throw new UsageError(
    `Cannot create two modalities with the name "${repeated}"`,
    "Give each --features and --text its own name",
  );
}

function refuseName(option: string, name: string): void {
  if (name === "user") {
    throw new UsageError(
      `Cannot use the name "user" of --${option}: user_feat.npy holds features of users, not of items`,
      "Choose another name",
    );
  }
  if (/^[\p{L}\p{N}_-]+$/u.test(name)) return;
  throw new UsageError(
    `Cannot use the name "${name}" of --${option}: expected letters, digits, "_" and "-"`,
    `It becomes a file: NAME_feat.npy`,
  );
}

/** Stdin can be read once, and is where interactions come from. */
function refuseStdin(option: string, path: string): void {
  if (path !== "-") return;
  throw new UsageError(
    `Cannot read --${option} from stdin: it is read once, for the interactions`,
    "Write it to a file first, and name the file",
  );
}
