/**
 * Which files and folders the arguments of each command name.
 *
 * @module
 */
import {
  featureParts,
  isModelFile,
  isPresetFile,
  newItemParts,
  tableParts,
  textParts,
  trecParts,
} from "../common/path_forms.ts";
import { findRun, type RunFiles } from "../common/run_reference.ts";
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

/** What a command needs. */
export interface Needs {
  /** Folders of the project that it writes in. */
  readonly writes: readonly string[];
  /** Whether it reads the project and the folder that the user stands in. */
  readonly readsNothing?: boolean;
  /**
   * Options that name files and folders, as {@linkcode parseArguments} takes them; where there are
   * arguments without options too, all options that take a value.
   */
  readonly options: Readonly<Record<string, Use>>;
  /** What arguments without options name. */
  readonly arguments?: Use;
  /** Folders of the project that it writes in where options without a value are given, by these. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Programs that it starts where a further option has a value. */
  readonly starts?: {
    readonly option: string;
    readonly value: string;
    readonly programs: readonly string[];
  };
}

const fromUser = (word: string, { folder }: Place) => absolutePath(word, folder);

/** Of options that name no path. */
const nothing: Use = () => [];
const reads: Use = (word, place) => word === "-" ? [] : [{ path: fromUser(word, place) }];
const writes: Use = (word, place) => [{ path: fromUser(word, place), write: true }];

/**
 * A file appears under another name first. Deno cannot be told of a name with a comma: the folder of
 * such a file is written in.
 */
const writesFile: Use = (word, place) => {
  if (word === "-") return [];
  const path = fromUser(word, place);
  const folder = folderOf(path);
  const names = path.slice(folder.length).includes(",")
    ? [folder]
    : [path, soleTemporaryName(path)];
  return names.map((name) => ({ path: name, write: true }));
};

/** A model's file may import what lies beside it. */
const readsModel: Use = (word, place) =>
  isModelFile(word) ? [{ path: folderOf(fromUser(word, place)) }] : [];

const readsPreset: Use = (word, place) => isPresetFile(word) ? reads(word, place) : [];

/** A configuration may name a folder of datasets, from the project's folder. */
const readsConfiguration: Use = (word, place) => {
  const path = fromUser(word, place);
  const data = place.dataDirectory(path);
  return data === undefined ? [{ path }] : [{ path }, { path: absolutePath(data, place.project) }];
};

const readsRun: Use = (word, place) => {
  const path = findRun(word, place.folder, place.project, place.runs)?.path;
  return path === undefined ? [] : [{ path }, ...readsConfiguration(`${path}/config.json`, place)];
};

/** A run that is written in; nothing is written where there is none. */
const writesRun: Use = (word, place) => {
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
const keepsInRun: Use = (word, place) => {
  const runs = `${place.project}/runs`;
  return writesRun(word, place).map((wanted) =>
    wanted.write && wanted.path.includes(",") && isWithin(wanted.path, runs)
      ? { path: runs, write: true }
      : wanted
  );
};

/** A folder of trials whose tasks are told where to run; nothing is written in any other. */
const writesTrials: Use = (word, place) => {
  const path = fromUser(word, place);
  const file = `${path}/slurm/place.json`;
  if (!place.runs.exists(file)) return [];
  return [{ path, write: true }, ...readsConfiguration(file, place).slice(1)];
};

const readsFeatures: Use = (word, place) => {
  const { path, idPath } = featureParts(word) ?? {};
  return [path, idPath].flatMap((part) => part === undefined ? [] : reads(part, place));
};

const readsTable: Use = (word, place) => reads(tableParts(word).path, place);

const readsNewItems: Use = (word, place) => {
  const { path, idPath } = newItemParts(word);
  return [path, idPath].flatMap((part) => part === undefined ? [] : reads(part, place));
};

const readsText: Use = (word, place) => {
  const path = textParts(word)?.path;
  return path === undefined ? [] : reads(path, place);
};

const readsTrec: Use = (word, place) => reads(trecParts(word).path, place);

/** A study of the user's own is a file; others have names. */
const readsStudy: Use = (word, place) => word.endsWith(".json") ? reads(word, place) : [];

const made = { writes: ["datasets", ".cache"] };
const ofRun = {
  "--run": readsRun,
  "--model": readsModel,
  "--data-dir": reads,
  "--adapter": nothing,
};

/** All commands whose permissions follow from their arguments. */
export const commands: Readonly<Record<string, Needs>> = {
  preprocess: {
    writes: [],
    options: {
      "--data-dir": writes,
      "--input": reads,
      "--features": readsFeatures,
      "--text": readsText,
      "--meta": readsTable,
    },
  },
  train: {
    writes: ["runs", "datasets", ".cache"],
    options: {
      "--config": readsConfiguration,
      "--data-dir": reads,
      "--model": readsModel,
      "--preset": readsPreset,
      "--resume": writesRun,
    },
  },
  tune: {
    writes: ["runs", "datasets", ".cache"],
    options: { "--data-dir": reads, "--space": reads },
    starts: { option: "--engine", value: "slurm", programs: ["sbatch", "squeue", "scancel"] },
  },
  blend: {
    writes: ["runs", "datasets", ".cache"],
    options: { "--run": nothing, "--data-dir": reads, "--adapter": nothing },
    arguments: readsRun,
  },
  study: {
    writes: ["runs", "datasets", ".cache"],
    options: {
      "--data-dir": reads,
      "--dataset": nothing,
      "--seeds": nothing,
      "--epochs": nothing,
      "--set": nothing,
      "--name": nothing,
      "--adapter": nothing,
    },
    arguments: readsStudy,
  },
  evaluate: {
    ...made,
    options: {
      ...ofRun,
      "--run": keepsInRun,
      "--split": nothing,
      "--mask": nothing,
      "--by": nothing,
      "--cold-start": nothing,
    },
    arguments: keepsInRun,
  },
  report: {
    writes: [],
    options: { "-o, --out": writesFile },
    arguments: readsRun,
  },
  compare: {
    ...made,
    options: {
      "--model": readsModel,
      "--data-dir": reads,
      "--adapter": nothing,
      "--trec": readsTrec,
      "--qrels": reads,
      "--baseline": nothing,
      "--group": nothing,
      "--metrics": nothing,
      "--by": nothing,
      "--split": nothing,
      "--mask": nothing,
      "--resamples": nothing,
      "--format": nothing,
    },
    arguments: keepsInRun,
  },
  recommend: {
    ...made,
    options: {
      ...ofRun,
      "--users": reads,
      "--items": readsTable,
      "--new-items": readsNewItems,
      "-o, --out": writesFile,
      "--user": nothing,
      "--history": nothing,
      "--filter": nothing,
      "-k, --top-k": nothing,
      "--exclude-seen []": nothing,
      "--unknown": nothing,
      "--format": nothing,
    },
    arguments: readsRun,
  },
  export: {
    ...made,
    options: {
      ...ofRun,
      "--out": writes,
      "--format": nothing,
      "--split": nothing,
      "--mask": nothing,
      "--top-k": nothing,
    },
    arguments: readsRun,
  },
  datasets: {
    writes: ["datasets"],
    options: { "--data-dir": reads },
    arguments: nothing,
  },
  runs: {
    writes: [],
    options: { "--dataset": nothing, "--sort": nothing },
    arguments: nothing,
    switches: { "--remove": "runs" },
  },
  trial: { ...made, options: { "--task": nothing }, arguments: writesTrials },
  spectrum: {
    ...made,
    options: { "--data-dir": reads, "--out": writesFile, "--plot": writesFile },
  },
  verify: { writes: [], options: { "--adapter": nothing }, arguments: reads },
  doctor: { writes: [], options: {}, readsNothing: true },
};

/**
 * The options of a command that name files and folders.
 *
 * @param command The command.
 */
export function pathOptions(command: string): string[] {
  return Object.entries(commands[command].options).flatMap(([option, use]) =>
    use === nothing ? [] : [option]
  );
}
