/**
 * What the words of arguments make a command read and write.
 *
 * @module
 */
import {
  columnParts,
  featureParts,
  isModelFile,
  isPresetFile,
  namedParts,
  newItemParts,
  tableParts,
  textParts,
  trecParts,
} from "../common/path_forms.ts";
import { findRun, type RunFiles } from "../common/run_reference.ts";
import { fixedFolder, folderOfTable } from "../../data/table/wildcards.ts";
import { soleTemporaryName } from "../../data/sole_temporary_name.ts";
import { absolutePath, folderOf, isWithin } from "./granted_paths.ts";

/** Where a command runs. */
export interface Place {
  /** The folder that the user stands in, without symbolic links. */
  readonly folder: string;
  /** The folder of the project, without symbolic links. */
  readonly project: string;
  /** A path with its symbolic links followed, as far as it exists. */
  readonly realPath: (path: string) => string;
  /** The `data_dir` of a configuration file; nothing where it has none, or is none. */
  readonly dataDirectory: (file: string) => string | undefined;
  /** The runs that there are. */
  readonly runs: RunFiles;
}

/** What is to be read, or written as well. */
export interface Wanted {
  /** A file or a folder, absolute. */
  readonly path: string;
  /** Whether it is written. */
  readonly write?: boolean;
}

/** What a word that the user typed makes a command read and write. */
export type Use = (word: string, place: Place) => readonly Wanted[];

const fromUser = (word: string, { folder }: Place) => absolutePath(word, folder);

/** Of options that name no path. */
export const nothing: Use = () => [];
/** A file, a folder, or those that a pattern means, which are read; `-` is standard input. */
export const reads: Use = (word, place) =>
  word === "-" ? [] : [{ path: fromUser(fixedFolder(word), place) }];
/** A folder that is written in. */
export const writes: Use = (word, place) => [{ path: fromUser(word, place), write: true }];

/**
 * A file appears under another name first. Deno cannot be told of a name with a comma: the folder of
 * such a file is written in.
 */
export const writesFile: Use = (word, place) => {
  if (word === "-") return [];
  const path = fromUser(word, place);
  const folder = folderOf(path);
  const names = path.slice(folder.length).includes(",")
    ? [folder]
    : [path, soleTemporaryName(path)];
  return names.map((name) => ({ path: name, write: true }));
};

/** A model's file may import what lies beside it. */
export const readsModel: Use = (word, place) =>
  isModelFile(word) ? [{ path: folderOf(fromUser(word, place)) }] : [];

/** A preset of the user's own is a file; others have names. */
export const readsPreset: Use = (word, place) => isPresetFile(word) ? reads(word, place) : [];

/** A configuration may name a folder of datasets, from the project's folder. */
export const readsConfiguration: Use = (word, place) => {
  const path = fromUser(word, place);
  const data = place.dataDirectory(path);
  return data === undefined ? [{ path }] : [{ path }, { path: absolutePath(data, place.project) }];
};

/** A run, and the folder of datasets that its configuration names. */
export const readsRun: Use = (word, place) => {
  const path = findRun(word, place.folder, place.project, place.runs)?.path;
  return path === undefined ? [] : [{ path }, ...readsConfiguration(`${path}/config.json`, place)];
};

/** A run that is written in; nothing is written where there is none. */
export const writesRun: Use = (word, place) => {
  const wanted = readsRun(word, place);
  return wanted.map(({ path }) => ({
    path,
    write: path === wanted[0].path && place.runs.isRun(path),
  }));
};

/**
 * A run that its evaluation keeps metrics in. Deno cannot be told of a folder with a comma: in the project,
 * the folder of all runs is written in.
 */
export const keepsInRun: Use = (word, place) => {
  const runs = `${place.project}/runs`;
  return writesRun(word, place).map((wanted) =>
    wanted.write && wanted.path.includes(",") && isWithin(wanted.path, runs)
      ? { path: runs, write: true }
      : wanted
  );
};

/** A folder of trials whose tasks are told where to run; nothing is written in any other. */
export const writesTrials: Use = (word, place) => {
  const path = fromUser(word, place);
  const file = `${path}/slurm/place.json`;
  if (!place.runs.exists(file)) return [];
  return [{ path, write: true }, ...readsConfiguration(file, place).slice(1)];
};

/** The file of a modality, and that of its ids. */
export const readsFeatures: Use = (word, place) => {
  const { path, idPath } = featureParts(word) ?? {};
  return [path, idPath].flatMap((part) => part === undefined ? [] : reads(part, place));
};

/** A table with the names of its columns. */
export const readsTable: Use = (word, place) => reads(tableParts(word).path, place);

/** The file of new items, and that of their ids. */
export const readsNewItems: Use = (word, place) => {
  const { path, idPath } = newItemParts(word);
  return [path, idPath].flatMap((part) => part === undefined ? [] : reads(part, place));
};

/** A table of texts. */
export const readsText: Use = (word, place) => {
  const path = textParts(word)?.path;
  return path === undefined ? [] : reads(path, place);
};

/** Columns of a table. */
export const readsColumns: Use = (word, place) => {
  const path = columnParts(word)?.path;
  return path === undefined ? [] : reads(path, place);
};

/** A folder of images, or the folder of a table that says where they are. */
export const readsImages: Use = (word, place) => {
  const path = columnParts(word)?.path;
  return path === undefined ? reads(word, place) : [{ path: folderOfTable(fromUser(path, place)) }];
};

/** A folder or a file with a name before it. */
export const readsNamed: Use = (word, place) => {
  const path = namedParts(word)?.value;
  return path === undefined ? [] : reads(path, place);
};

/** What {@linkcode readsImages} reads, with a name before it. */
export const readsNamedImages: Use = (word, place) => {
  const value = namedParts(word)?.value;
  return value === undefined ? [] : readsImages(value, place);
};

/** A TREC run, with or without a name. */
export const readsTrec: Use = (word, place) => reads(trecParts(word).path, place);

/** A study of the user's own is a file; others have names. */
export const readsStudy: Use = (word, place) => word.endsWith(".json") ? reads(word, place) : [];
