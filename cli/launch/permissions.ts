/**
 * What a command may do: its arguments decide, and nothing but them.
 *
 * `deno task` and `./bandpass` both go by this. No command has the network, other programs or native
 * libraries, whatever its arguments are. Deno judges a path by its name, so a name is all that is
 * granted; but where a name leads is looked at first.
 *
 * @module
 */
import { featureParts, isModelFile, textParts } from "../common/path_forms.ts";
import { absolutePath, folderOf, isWithin } from "./granted_paths.ts";

/** What Deno is to allow. */
export interface Permissions {
  /** Files and folders, absolute; folders with all that is below them. */
  readonly read: readonly string[];
  /** Folders, absolute, with all that is below them. */
  readonly write: readonly string[];
}

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
}

/** A path that Deno cannot be told of, or that would open too much. */
export class RefusedPath extends Error {
  /**
   * Makes the error.
   *
   * @param message What is refused, and why.
   * @param nextStep What the user can do.
   */
  constructor(message: string, readonly nextStep: string) {
    super(message);
  }
}

/** What is to be read, or written as well. */
interface Wanted {
  readonly path: string;
  readonly write?: boolean;
}

/** What the value of an option makes a command read and write. */
type Use = (value: string, place: Place) => readonly Wanted[];

interface Needs {
  /** Folders of the project that it writes in. */
  readonly writes: readonly string[];
  /** Options that name files and folders. */
  readonly options: Readonly<Record<string, Use>>;
  /** Whether its arguments are files to read. */
  readonly files?: boolean;
}

const fromUser = (value: string, { folder }: Place) => absolutePath(value, folder);

const reads: Use = (value, place) => value === "-" ? [] : [{ path: fromUser(value, place) }];
const writes: Use = (value, place) => [{ path: fromUser(value, place), write: true }];

/** A file appears under another name first, so that the folder is written in. */
const writesFile: Use = (value, place) =>
  value === "-" ? [] : [{ path: folderOf(fromUser(value, place)), write: true }];

/** A model's file may import what lies beside it. */
const readsModel: Use = (value, place) =>
  isModelFile(value) ? [{ path: folderOf(fromUser(value, place)) }] : [];

/** A configuration may name a folder of datasets, from the project's folder. */
const readsConfiguration: Use = (value, place) => {
  const path = fromUser(value, place);
  const data = place.dataDirectory(path);
  return data === undefined ? [{ path }] : [{ path }, { path: absolutePath(data, place.project) }];
};

const readsRun: Use = (value, place) => [
  ...reads(value, place),
  ...readsConfiguration(`${fromUser(value, place)}/config.json`, place),
];

const readsFeatures: Use = (value, place) => {
  const { path, idPath } = featureParts(value) ?? {};
  return [path, idPath].flatMap((part) => part === undefined ? [] : reads(part, place));
};

const readsText: Use = (value, place) => {
  const path = textParts(value)?.path;
  return path === undefined ? [] : reads(path, place);
};

const made = { writes: ["datasets", ".cache"] };
const ofRun = { "run": readsRun, "model": readsModel, "data-dir": reads };

const environment = ["INIT_CWD", "LP_NUM_THREADS"];

/** How much memory is free: what a software driver can be given. */
const system = ["systemMemoryInfo"];

/** All commands whose arguments name files. */
const commands: Readonly<Record<string, Needs>> = {
  preprocess: {
    writes: [],
    options: {
      "data-dir": writes,
      "input": reads,
      "features": readsFeatures,
      "text": readsText,
    },
  },
  train: {
    writes: ["runs", "datasets", ".cache"],
    options: {
      "config": readsConfiguration,
      "data-dir": reads,
      "model": readsModel,
      "resume": (value, place) => [...writes(value, place), ...readsRun(value, place)],
    },
  },
  evaluate: { ...made, options: ofRun },
  recommend: { ...made, options: { ...ofRun, users: reads, items: reads, out: writesFile } },
  export: { ...made, options: { ...ofRun, out: writes } },
  spectrum: { ...made, options: { "data-dir": reads, "out": writesFile, "plot": writesFile } },
  verify: { writes: [], options: {}, files: true },
};

/** The commands whose arguments decide on what they may do; others have fixed permissions in `deno.json`. */
export const launchedCommands: readonly string[] = Object.keys(commands);

/**
 * The options of a command that decide on its permissions.
 *
 * @param command The command.
 */
export function pathOptions(command: string): string[] {
  return Object.keys(commands[command].options);
}

/**
 * What a command may do.
 *
 * @param command One of {@linkcode launchedCommands}.
 * @param args Its arguments.
 * @param place Where it runs.
 * @throws {RefusedPath} A path cannot be granted.
 * @example
 * ```ts
 * import { permissionsOf } from "./permissions.ts";
 * const place = {
 *   folder: "/home/ann",
 *   project: "/opt/bandpass",
 *   realPath: (path: string) => path,
 *   dataDirectory: () => undefined,
 * };
 * permissionsOf("recommend", ["--run=r", "--out", "lists/a.csv"], place).write;
 * // ["/opt/bandpass/datasets", "/opt/bandpass/.cache", "/home/ann/lists"]
 * ```
 */
export function permissionsOf(
  command: string,
  args: readonly string[],
  place: Place,
): Permissions {
  const { writes: written, options, files } = commands[command];
  const { folder, project } = place;
  const wanted = Object.entries(options).flatMap(([name, use]) =>
    valuesOf(args, name).flatMap((value) => use(value, place))
  );
  if (files) wanted.push(...positional(args).flatMap((value) => reads(value, place)));
  // The one command that writes a folder of the user's chooses its default for itself.
  const folders = command === "preprocess" && !wanted.some(({ write }) => write)
    ? ["datasets"]
    : written;
  const inProject = folders.map((name) => ({ path: `${project}/${name}`, write: true }));
  // Nobody asked for the current folder by itself, so that it is left out where it cannot be had.
  const standing = isTooMuch(folder, place) || folder.includes(",") ? [] : [{ path: folder }];
  const all: Wanted[] = [{ path: project }, ...standing, ...inProject, ...wanted];
  // The graver refusal is told first.
  const write = granted(command, all.filter(({ write }) => write), place, "write in");
  return { read: granted(command, all, place, "read"), write };
}

/**
 * The flags of `deno run` that allow it, and what every command may ask: where the user stands, how many
 * threads a software driver takes, and how much memory is free.
 *
 * @param permissions What Deno is to allow.
 * @example
 * ```ts
 * import { flagsOf } from "./permissions.ts";
 * flagsOf({ read: ["/a", "/b"], write: [] });
 * // ["--allow-env=INIT_CWD,LP_NUM_THREADS", "--allow-sys=systemMemoryInfo", "--allow-read=/a,/b"]
 * ```
 */
export function flagsOf({ read, write }: Permissions): string[] {
  const flag = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`--allow-${name}=${values.join(",")}`];
  return [
    ...flag("env", environment),
    ...flag("sys", system),
    ...flag("read", read),
    ...flag("write", write),
  ];
}

/** The values of an option in both of its forms. */
function valuesOf(args: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let n = 0; n < args.length && args[n] !== "--"; n++) {
    if (args[n] === `--${name}` && n + 1 < args.length) values.push(args[++n]);
    else if (args[n].startsWith(`--${name}=`)) values.push(args[n].slice(name.length + 3));
  }
  return values.filter((value) => value !== "");
}

/** Arguments that are no options. */
function positional(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  const before = (end === -1 ? args : args.slice(0, end)).filter((arg) => !arg.startsWith("-"));
  return end === -1 ? before : [...before, ...args.slice(end + 1)];
}

/** The paths, without those that lie in others; each must be one that can be granted. */
function granted(
  command: string,
  wanted: readonly Wanted[],
  place: Place,
  action: "read" | "write in",
): string[] {
  const all = [...new Set(wanted.map(({ path }) => path))];
  const forbidden = all.find((path) => isTooMuch(path, place));
  if (forbidden !== undefined) throw tooMuch(command, action, forbidden);
  const least = all.filter((path) => !all.some((other) => other !== path && isWithin(path, other)));
  const parted = least.find((path) => path.includes(","));
  if (parted !== undefined) throw withComma(command, action, parted);
  return least;
}

/** Whether a path is everything, or where systems show devices and processes as files. */
function isTooMuch(path: string, { realPath }: Place): boolean {
  return [path, realPath(path)].some((name) =>
    name === "/" || ["/dev", "/proc", "/sys"].some((system) => isWithin(name, system))
  );
}

function tooMuch(command: string, action: string, path: string): RefusedPath {
  return new RefusedPath(
    `Cannot let "${command}" ${action} "${path}": that is ` +
      (path === "/" ? "all there is" : "all there is, or no place for files"),
    "Name a file or folder elsewhere; where an option takes -, that is stdin or stdout",
  );
}

function withComma(command: string, action: string, path: string): RefusedPath {
  return new RefusedPath(
    `Cannot let "${command}" ${action} "${path}": Deno parts the paths of a permission by commas, ` +
      "and this path has one in its name",
    "Rename it, or name one without a comma",
  );
}
