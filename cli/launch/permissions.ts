/**
 * What a command may do: its arguments decide, and nothing but them.
 *
 * `deno task` and `./bandpass` both go by this. No command reaches the network but the one that listens, at the one
 * address that it is given, and the one that speaks to a database, at its host and port; none starts programs
 * but those of Slurm, and none loads native libraries but those of encoders, where it is asked for. Deno
 * judges a path by its name, so a name is all that is granted; but where a name leads is
 * looked at first.
 *
 * @module
 */
import { databaseEndpoint } from "../common/database_url.ts";
import { addressText, listenAddress, standardAddress } from "../common/listen_address.ts";
import { parseArguments } from "./arguments.ts";
import { isWithin } from "./granted_paths.ts";
import { commands } from "./needs.ts";
import { tokenVariable } from "./token_variable.ts";
import type { Place, Wanted } from "./uses.ts";

/** What Deno is to allow. */
export interface Permissions {
  /** Files and folders, absolute; folders with all that is below them. */
  readonly read: readonly string[];
  /** Files and folders, absolute; folders with all that is below them. */
  readonly write: readonly string[];
  /** Programs that it starts (default: none). */
  readonly run?: readonly string[];
  /** Whether it runs encoders, which are native libraries (default: no). */
  readonly encodes?: boolean;
  /** The host and the port of the database that it speaks to (default: none). */
  readonly database?: string;
  /** The host and port that it listens at (default: it has no network). */
  readonly listens?: string;
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

const environment = ["INIT_CWD", "LP_NUM_THREADS", "TERM"];

/** How much memory is free: what a software driver can be given. */
const system = ["systemMemoryInfo"];

/**
 * What the packages of encoders ask: sharp for the system's C library, which comes with a report of the whole
 * process, and for where libvips is; ONNX Runtime is told to send nothing home.
 */
const ofEncoders = {
  environment: ["npm_package_config_libvips", "MALLOC_ARENA_MAX", "ORT_DISABLE_TELEMETRY"],
  system: ["cpus", "hostname", "networkInterfaces"],
};

/**
 * Who connects to a database, by what, and what the server is told; the last two are asked for by the library
 * that connects.
 */
const ofDatabases = [
  ...["PGUSER", "PGPASSWORD", "PGOPTIONS"],
  ...["PGAPPNAME", "PGTARGETSESSIONATTRS"],
];

/** Says which packages encoders need, and that Deno fetches none. */
const lockOfEncoders = ["--cached-only", "--lock=cli/encode/deno.lock"];

/** The commands that the launcher starts; other tasks have fixed permissions in `deno.json`. */
export const launchedCommands: readonly string[] = Object.keys(commands);

/**
 * What a command may do.
 *
 * @param command One of {@linkcode launchedCommands}.
 * @param args Its arguments.
 * @param place Where it runs.
 * @throws {RefusedPath} A path cannot be granted.
 * @example
 * ```ts
 * import { runsOnDisk } from "../common/run_reference.ts";
 * import { permissionsOf } from "./permissions.ts";
 * const place = {
 *   folder: "/home/ann",
 *   project: "/opt/bandpass",
 *   realPath: (path: string) => path,
 *   dataDirectory: () => undefined,
 *   runs: runsOnDisk,
 * };
 * permissionsOf("export", ["last", "--out", "lists"], place).write;
 * // ["/opt/bandpass/datasets", "/opt/bandpass/.cache", "/home/ann/lists"]
 * ```
 */
export function permissionsOf(
  command: string,
  args: readonly string[],
  place: Place,
): Permissions {
  const { writes, readsNothing, reads = [], options, arguments: useOfArgument, switches } =
    commands[command];
  const { starts, encodes, listens, connects } = commands[command];
  const given = Object.entries(switches ?? {}).filter(([name]) => args.includes(name));
  const written = [...writes, ...given.map(([, name]) => name)];
  const { folder, project } = place;
  const known = [...Object.keys(options), ...starts === undefined ? [] : [starts.option]];
  const { values, positional } = parseArguments(args, known);
  const wanted = Object.entries(options).flatMap(([option, use]) =>
    values(option).flatMap((value) => use(value, place))
  );
  if (useOfArgument !== undefined) {
    wanted.push(...positional.flatMap((word) => useOfArgument(word, place)));
  }
  // The one command that writes a folder of the user's chooses its default for itself.
  const folders = command === "preprocess" && !wanted.some(({ write }) => write)
    ? ["datasets"]
    : written;
  // Whoever asks for help needs no packages.
  const isHelp = args.includes("--help") || args.includes("-h");
  const isEncoding = encodes !== undefined && values(encodes).length > 0 && !isHelp;
  const kept = isEncoding ? [".cache"] : [];
  const inProject = [...folders, ...kept].map((name) => ({
    path: `${project}/${name}`,
    write: true,
  }));
  // Nobody asked for the current folder by itself, so that it is left out where it cannot be had.
  const standing = isTooMuch(folder, place) || folder.includes(",") ? [] : [{ path: folder }];
  const around = readsNothing
    ? reads.map((name) => ({ path: `${project}/${name}` }))
    : [{ path: project }, ...standing];
  const all: Wanted[] = [...around, ...inProject, ...wanted];
  // The graver refusal is told first.
  const write = granted(command, all.filter(({ write }) => write), place, "write");
  const read = granted(command, all, place, "read");
  // Of an option that is given twice, the last one counts.
  const isStarting = starts !== undefined && values(starts.option).at(-1) === starts.value;
  const address = listens && addressOf(listens, values);
  const endpoint = connects && databaseEndpoint(values(connects).at(-1) ?? "");
  return {
    ...{ read, write },
    ...isStarting && { run: starts.programs },
    ...isEncoding && { encodes: true },
    ...endpoint && { database: addressText(endpoint) },
    ...address !== undefined && { listens: address },
  };
}

/** Where a command listens; nothing where that is no address, which the command tells. */
function addressOf(
  { host, port }: { readonly host: string; readonly port: string },
  values: (option: string) => readonly string[],
): string | undefined {
  const last = (option: string, standard: string) => values(option).at(-1) ?? standard;
  const address = listenAddress(
    last(host, standardAddress.host),
    last(port, standardAddress.port),
  );
  return address && addressText(address);
}

/**
 * The flags of `deno run` that allow it, and what every command may ask: where the user stands, how
 * many threads a software driver takes, whether the terminal is dumb, and how much memory is free.
 *
 * @param permissions What Deno is to allow.
 * @example
 * ```ts
 * import { flagsOf } from "./permissions.ts";
 * flagsOf({ read: ["/a", "/b"], write: [] });
 * // ["--allow-env=INIT_CWD,LP_NUM_THREADS,TERM", "--allow-sys=systemMemoryInfo", "--allow-read=/a,/b"]
 * ```
 */
export function flagsOf(
  { read, write, run = [], encodes = false, listens, database }: Permissions,
): string[] {
  const flag = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`--allow-${name}=${values.join(",")}`];
  return [
    ...flag("env", [
      ...environment,
      ...encodes ? ofEncoders.environment : [],
      ...database === undefined ? [] : ofDatabases,
      ...listens === undefined ? [] : [tokenVariable],
    ]),
    ...flag("sys", [...system, ...encodes ? ofEncoders.system : []]),
    ...flag("read", read),
    ...flag("write", write),
    ...flag("run", run),
    ...flag("net", [listens, database].filter((address) => address !== undefined)),
    // Deno would tell of a program that is not there before the command can, and can say what to do.
    ...run.length > 0 ? ["--quiet"] : [],
    ...encodes ? lockOfEncoders : [],
  ];
}

/** The paths, without those that lie in others; each must be one that can be granted. */
function granted(
  command: string,
  wanted: readonly Wanted[],
  place: Place,
  action: "read" | "write",
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
      (path === "/" ? "the whole file system" : "the whole file system or a system folder"),
    "Name a file or folder elsewhere; where an option takes -, that is stdin or stdout",
  );
}

function withComma(command: string, action: string, path: string): RefusedPath {
  return new RefusedPath(
    `Cannot let "${command}" ${action} "${path}": Deno separates the paths of a permission by commas, ` +
      "and this path contains one",
    "Rename it, or name one without a comma; where an option takes -, that is stdin or stdout",
  );
}
