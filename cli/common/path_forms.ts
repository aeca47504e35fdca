/**
 * Where the paths are in arguments that hold more than a path.
 *
 * The launcher, which decides what a command may read, and the commands go by the same rules; this
 * file imports nothing, so that the launcher starts in no time.
 *
 * @module
 */

/**
 * Whether what `--model` says is a file, and not the name of a built-in model.
 *
 * @param model What the user typed.
 * @example
 * ```ts
 * import { isModelFile } from "./path_forms.ts";
 * isModelFile("./my_model.ts"); // true
 * isModelFile("lightgcn"); // false
 * ```
 */
export function isModelFile(model: string): boolean {
  return /[/\\.]/.test(model);
}

/**
 * Whether what `--preset` says is a file, and not the name of a built-in preset.
 *
 * @param preset What the user typed.
 * @example
 * ```ts
 * import { isPresetFile } from "./path_forms.ts";
 * isPresetFile("runs/found/preset.json"); // true
 * isPresetFile("tiktok"); // false
 * ```
 */
export function isPresetFile(preset: string): boolean {
  return preset.includes("/") || preset.endsWith(".json");
}

/** The parts of a `--features`. */
export interface FeatureParts {
  /** The modality. */
  readonly name: string;
  /** The table, or the array. */
  readonly path: string;
  /** The ids of the array's rows. */
  readonly idPath?: string;
}

/**
 * The parts of `NAME=FILE`, or of `NAME=FILE.npy#IDS`.
 *
 * @param text What the user typed.
 * @returns Nothing if it has another form.
 * @example
 * ```ts
 * import { featureParts } from "./path_forms.ts";
 * featureParts("image=image.npy#ids.csv")?.idPath; // "ids.csv"
 * ```
 */
export function featureParts(text: string): FeatureParts | undefined {
  const parts = namedParts(text);
  if (parts === undefined) return undefined;
  const { name, value } = parts;
  const [, path, idPath] = /^(.+\.npy)#(.+)$/s.exec(value) ?? [undefined, value, undefined];
  return { name, path, idPath };
}

/** The parts of a table that is named with its column of ids, or without. */
export interface TableParts {
  /** The table. */
  readonly path: string;
  /** The column of ids. */
  readonly idColumn?: string;
}

/**
 * The parts of `FILE`, or of `FILE#ID_COLUMN`.
 *
 * @param text What the user typed.
 * @example
 * ```ts
 * import { tableParts } from "./path_forms.ts";
 * tableParts("stock.csv#sku"); // { path: "stock.csv", idColumn: "sku" }
 * ```
 */
export function tableParts(text: string): TableParts {
  const [, path, idColumn] = /^(.+)#([^#/\\]+)$/s.exec(text) ?? [undefined, text, undefined];
  return { path, idColumn };
}

/** The parts of a `--new-items`. */
export interface NewItemParts extends TableParts {
  /** The modality. */
  readonly name?: string;
  /** The ids of an array's rows. */
  readonly idPath?: string;
}

/**
 * The parts of `FILE` or `NAME=FILE`, where FILE may be `FILE#ID_COLUMN` or `FILE.npy#IDS`.
 *
 * @param text What the user typed.
 * @example
 * ```ts
 * import { newItemParts } from "./path_forms.ts";
 * newItemParts("words=new.csv#asin"); // { name: "words", path: "new.csv", idColumn: "asin" }
 * ```
 */
export function newItemParts(text: string): NewItemParts {
  const [, name, file] = /^([\p{L}\p{N}_-]+)=(.+)$/su.exec(text) ?? [undefined, undefined, text];
  const named = name === undefined ? {} : { name };
  const [, path, idPath] = /^(.+\.npy)#(.+)$/s.exec(file) ?? [];
  return path === undefined ? { ...named, ...tableParts(file) } : { ...named, path, idPath };
}

/** Columns of a table. */
export interface ColumnParts extends TableParts {
  /** The columns, with commas between. */
  readonly columns: string;
}

/**
 * The parts of `FILE:COLUMN[,COLUMN…]`, or of `FILE#ID_COLUMN:COLUMN[,COLUMN…]`.
 *
 * @param text What the user typed.
 * @returns Nothing if it has another form.
 * @example
 * ```ts
 * import { columnParts } from "./path_forms.ts";
 * columnParts("items.tsv#asin:title,brand")?.columns; // "title,brand"
 * columnParts("images/"); // undefined
 * ```
 */
export function columnParts(text: string): ColumnParts | undefined {
  const [, place, columns] = /^(.+):([^:/\\]+)$/s.exec(text) ?? [];
  return place === undefined ? undefined : { ...tableParts(place), columns };
}

/**
 * The parts of `NAME=VALUE`.
 *
 * @param text What the user typed.
 * @returns Nothing if it has another form.
 * @example
 * ```ts
 * import { namedParts } from "./path_forms.ts";
 * namedParts("image=images/")?.value; // "images/"
 * ```
 */
export function namedParts(text: string): { name: string; value: string } | undefined {
  const [, name, value] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  return name === undefined ? undefined : { name, value };
}

/** The parts of a `--text`. */
export interface TextParts extends ColumnParts {
  /** The modality. */
  readonly name: string;
}

/**
 * The parts of `NAME=FILE:COLUMN[,COLUMN…]`, or of `NAME=FILE#ID_COLUMN:COLUMN[,COLUMN…]`.
 *
 * @param text What the user typed.
 * @returns Nothing if it has another form.
 * @example
 * ```ts
 * import { textParts } from "./path_forms.ts";
 * textParts("words=items.tsv#asin:title,brand")?.path; // "items.tsv"
 * ```
 */
export function textParts(text: string): TextParts | undefined {
  const [, name, place, columns] = /^([^=]*)=(.+):([^:]+)$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, ...tableParts(place), columns };
}

/** The parts of a `--trec`. */
export interface TrecParts {
  /** What its lists are called. */
  readonly name?: string;
  /** The file. */
  readonly path: string;
}

/**
 * The parts of `FILE`, or of `NAME=FILE`.
 *
 * @param text What the user typed.
 * @example
 * ```ts
 * import { trecParts } from "./path_forms.ts";
 * trecParts("als=als.run"); // { name: "als", path: "als.run" }
 * ```
 */
export function trecParts(text: string): TrecParts {
  const [, name, path] = /^([^=/\\]+)=(.+)$/s.exec(text) ?? [];
  return path === undefined ? { path: text } : { name, path };
}
