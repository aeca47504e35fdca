/**
 * Which files and folders the arguments of each command name.
 *
 * @module
 */
import {
  keepsInRun,
  nothing,
  reads,
  readsColumns,
  readsConfiguration,
  readsFeatures,
  readsImages,
  readsModel,
  readsNamed,
  readsNamedImages,
  readsNewItems,
  readsPreset,
  readsRun,
  readsStudy,
  readsTable,
  readsText,
  readsTrec,
  type Use,
  writes,
  writesFile,
  writesRun,
  writesTrials,
} from "./uses.ts";

/** What a command needs. */
export interface Needs {
  /** Folders of the project that it writes in. */
  readonly writes: readonly string[];
  /** Whether it does without reading the project and the folder that the user stands in (default: no). */
  readonly readsNothing?: boolean;
  /** Files of the project that it reads all the same. */
  readonly reads?: readonly string[];
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
  /** The option with which it runs encoders (default: it never does). */
  readonly encodes?: string;
  /** The option with the URL of the database that it speaks to (default: it has no network). */
  readonly connects?: string;
  /** The options that say where it listens (default: it has no network). */
  readonly listens?: { readonly host: string; readonly port: string };
}

/** The table of kernels that `doctor --tune` has measured (cli/common/own_kernels.ts). */
const ownKernels = ".cache/kernels.json";

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
      "--images": readsNamedImages,
      "--encode": readsNamed,
      "--meta": readsTable,
    },
    encodes: "--encode",
  },
  encode: {
    writes: [],
    options: {
      "--model": reads,
      "--text": readsColumns,
      "--images": readsImages,
      "-o, --out": writesFile,
    },
    encodes: "--model",
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
  explain: {
    ...made,
    options: {
      ...ofRun,
      "--plot": writesFile,
      "--user": nothing,
      "--history": nothing,
      "--item": nothing,
      "--similar": nothing,
      "-k, --top-k": nothing,
    },
    arguments: readsRun,
  },
  export: {
    ...made,
    options: {
      ...ofRun,
      "--out": writes,
      "--beside": readsRun,
      "--format": nothing,
      "--split": nothing,
      "--mask": nothing,
      "--top-k": nothing,
    },
    arguments: readsRun,
  },
  push: {
    ...made,
    options: {
      ...ofRun,
      "--to": nothing,
      "--schema": nothing,
      "-k, --top-k": nothing,
      "--keep": nothing,
      "--passfile": reads,
      "--sslrootcert": reads,
    },
    arguments: readsRun,
    connects: "--to",
  },
  serve: {
    ...made,
    options: {
      ...ofRun,
      "--token-file": reads,
      "--host": nothing,
      "--port": nothing,
      "--host-name": nothing,
      "--log": nothing,
    },
    arguments: readsRun,
    listens: { host: "--host", port: "--port" },
  },
  mcp: { ...made, options: ofRun, arguments: readsRun },
  datasets: {
    writes: ["datasets"],
    options: { "--data-dir": reads, "--html": writesFile, "--pictures": reads },
    arguments: nothing,
  },
  runs: {
    writes: [],
    options: { "--dataset": nothing, "--sort": nothing },
    arguments: nothing,
    switches: { "--remove": "runs" },
  },
  "run-trial": { ...made, options: { "--task": nothing }, arguments: writesTrials },
  spectrum: {
    ...made,
    options: { "--data-dir": reads, "--out": writesFile, "--plot": writesFile },
  },
  verify: { writes: [], options: { "--adapter": nothing }, arguments: reads },
  doctor: {
    writes: [],
    reads: [ownKernels],
    options: {},
    readsNothing: true,
    switches: { "--tune": ".cache", "--forget": ".cache" },
  },
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
