import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { allCommands } from "../../../cli/commands.ts";
import { parseArguments } from "../../../cli/launch/arguments.ts";
import { absolutePath, folderOf, isWithin, realPath } from "../../../cli/launch/granted_paths.ts";
import { commands, pathOptions } from "../../../cli/launch/needs.ts";
import type { Place } from "../../../cli/launch/uses.ts";
import {
  flagsOf,
  launchedCommands,
  permissionsOf,
  RefusedPath,
} from "../../../cli/launch/permissions.ts";
import { soleTemporaryName } from "../../../data/sole_temporary_name.ts";

/** The runs that there are; one of them has the name of another. */
const runs = ["/home/ann/run", "/home/ann/both", "/home/ann/comma", "/tmp/run"].concat(
  ["both", "newest", "a,b"].map((name) => `/opt/bandpass/runs/${name}`),
);

const place: Place = {
  folder: "/home/ann",
  project: "/opt/bandpass",
  realPath: (path) => path.replace(/^\/home\/ann\/everything/, "") || "/",
  dataDirectory: (file) =>
    ({
      "/home/ann/run/config.json": "/data/sets",
      "/home/ann/c.json": "../sets",
      "/home/ann/comma/config.json": "/data,/home/ann/victim",
    })[file],
  runs: {
    exists: (path) => runs.includes(path),
    isRun: (path) => runs.includes(path),
    newestRun: (folder) => `${folder}/newest`,
  },
};

/** A file, and the one name under which it appears first. */
const withTemporary = (path: string) => [path, soleTemporaryName(path)];

const of = (command: string, ...args: string[]) => permissionsOf(command, args, place);
const refusal = (command: string, ...args: string[]) =>
  assertThrows(() => of(command, ...args), RefusedPath).message;

/** What is read beside the project and the folder that the user stands in. */
const readBeside = (command: string, ...args: string[]) =>
  of(command, ...args).read.filter((path) => path !== "/home/ann" && path !== "/opt/bandpass");

/** What is written beside the project. */
const writtenBeside = (command: string, ...args: string[]) =>
  of(command, ...args).write.filter((path) => !path.startsWith("/opt/bandpass"));

Deno.test("permissionsOf() grants the project's folders and no others by itself", () => {
  const [runs, datasets, cache] = ["runs", "datasets", ".cache"].map((name) =>
    `/opt/bandpass/${name}`
  );
  const read = ["/opt/bandpass", "/home/ann"];
  assertEquals(of("train"), { read, write: [runs, datasets, cache] });
  assertEquals(of("preprocess"), { read, write: [datasets] });
  for (const command of ["evaluate", "recommend", "export", "spectrum"]) {
    assertEquals(of(command), { read, write: [datasets, cache] });
  }
  assertEquals(of("verify"), { read, write: [] });
  assertEquals(of("datasets", "sample"), { read, write: [datasets] });
  assertEquals(of("runs", "a*"), { read, write: [] });
  assertEquals(of("runs", "/tmp/a", "--remove", "--yes"), { read, write: [runs] });
  assertEquals(of("doctor", "--adapter", "/a"), { read: [`${cache}/kernels.json`], write: [] });
  assertEquals(of("doctor", "--tune"), { read: [cache], write: [cache] });
  assertEquals(of("doctor", "--forget"), of("doctor", "--tune"));
  assertEquals(of("recommend", "--out", "-", "--users=-"), of("recommend"));
});

Deno.test("permissionsOf() lets tune start Slurm's programs where Slurm is the engine, and nothing else", () => {
  const slurm = ["sbatch", "squeue", "scancel"];
  assertEquals(of("tune", "--engine", "slurm").run, slurm);
  assertEquals(of("tune", "--engine=local", "--engine=slurm").run, slurm);
  assertEquals(of("tune", "--engine", "slurm", "--engine", "local").run, undefined);
  assertEquals(of("tune", "--name", "slurm", "--", "--engine=slurm").run, undefined);
  assertEquals(of("train", "--engine", "slurm").run, undefined);
  assertEquals(flagsOf(of("tune", "--engine=slurm")).slice(-2), [
    ...["--allow-run=sbatch,squeue,scancel", "--quiet"],
  ]);
});

Deno.test("permissionsOf() lets a task of Slurm write in the folder of its trials, and in no other", () => {
  const of = (...args: string[]) =>
    permissionsOf("run-trial", args, {
      ...place,
      runs: { ...place.runs, exists: (path) => path === "/tmp/trials/slurm/place.json" },
      dataDirectory: (file) => file === "/tmp/trials/slurm/place.json" ? "/data/sets" : undefined,
    });
  const made = ["/opt/bandpass/datasets", "/opt/bandpass/.cache"];
  const { read, write } = of("/tmp/trials/", "--task", "1_0@/tmp/other");
  assertEquals(write, [...made, "/tmp/trials"]);
  assertEquals(read, ["/opt/bandpass", "/home/ann", "/tmp/trials", "/data/sets"]);
  assertEquals(of("/tmp/other", "--task=1_0@a").write, made);
});

Deno.test("permissionsOf() grants what arguments name, in both of their forms", () => {
  assertEquals(writtenBeside("preprocess", "--data-dir", "/tmp/d"), ["/tmp/d"]);
  assertEquals(of("preprocess", "--data-dir=/tmp/d").write, ["/tmp/d"]);
  assertEquals(
    writtenBeside("recommend", "--out", "lists/a.csv"),
    withTemporary("/home/ann/lists/a.csv"),
  );
  assertEquals(writtenBeside("recommend", "--out=/a.csv"), withTemporary("/a.csv"));
  assertEquals(writtenBeside("recommend", "-o", "/tmp/l/a.csv"), withTemporary("/tmp/l/a.csv"));
  assertEquals(
    writtenBeside("recommend", "-o/tmp/l/a.csv", "-k", "5"),
    withTemporary("/tmp/l/a.csv"),
  );
  assertEquals(writtenBeside("export", "--out", "../e/"), ["/home/e"]);
  const plots = writtenBeside("spectrum", "--out", "a/s.safetensors", "--plot=/tmp/p/s.svg");
  assertEquals(plots, ["/home/ann/a/s.safetensors", "/tmp/p/s.svg"].flatMap(withTemporary));
  assertEquals(writtenBeside("train", "--resume", "/tmp/run"), ["/tmp/run"]);
  assertEquals(writtenBeside("train", "--resume", "/tmp/none"), []);
  assertEquals(writtenBeside("train", "--data-dir", "/tmp/d", "--run", "/tmp/run"), []);
  assertEquals(readBeside("train", "--data-dir", "/tmp/d", "--config=/etc/c.json"), [
    "/etc/c.json",
    "/tmp/d",
  ]);
  const lists = readBeside("recommend", "--users", "/u/a", "--items=/i/b#sku", "--run", "/r");
  assertEquals(lists.sort(), ["/i/b", "/r", "/u/a"]);
  assertEquals(
    readBeside(
      "preprocess",
      ...["--input=/a/i.csv", "--features", "x=/f/x.npy#/f2/ids.csv", "--features=y=/g/y.csv"],
      ...["--text", "w=/t/w.tsv#asin:title,brand", "--meta=/m/m.csv#sku"],
    ),
    ["/a/i.csv", "/f/x.npy", "/f2/ids.csv", "/g/y.csv", "/t/w.tsv", "/m/m.csv"],
  );
  assertEquals(
    readBeside("preprocess", "--input", "/a/day=*/?.csv", "--features=x=/v/*.parquet"),
    ["/a", "/v"],
  );
  assertEquals(readBeside("verify", "/a", "--json", "--", "/-b", "-c"), ["/a", "/-b"]);
  assertEquals(readBeside("verify", "b", "-", "--adapter", "cpu"), []);
});

Deno.test("permissionsOf() finds a run as the commands do", () => {
  // A name of a run here, and one in runs/ of the project, which is granted already.
  assertEquals(writtenBeside("train", "--resume=run"), ["/home/ann/run"]);
  assertEquals(writtenBeside("train", "--resume", "both"), ["/home/ann/both"]);
  for (const name of ["newest", "runs/both", "last", "none"]) {
    assertEquals(of("train", "--resume", name), of("train"), name);
  }
  // An evaluation keeps metrics in its run, and in no other.
  assertEquals(writtenBeside("evaluate", "/tmp/run"), ["/tmp/run"]);
  assertEquals(writtenBeside("evaluate", "--run=both"), ["/home/ann/both"]);
  assertEquals(writtenBeside("recommend", "/tmp/run"), []);
  const keptIn = (name: string) =>
    of("evaluate", name).write.filter((path) => path.startsWith("/opt/bandpass/runs"));
  assertEquals(keptIn("runs/both"), ["/opt/bandpass/runs/both"]);
  assertEquals(keptIn("runs/a,b"), ["/opt/bandpass/runs"]);
  assertEquals(keptIn("none"), []);
  for (const command of ["evaluate", "recommend", "export"]) {
    assertEquals(readBeside(command, "/tmp/run"), ["/tmp/run"]);
    assertEquals(readBeside(command, "run", "--adapter", "/tmp/run"), ["/data/sets"]);
    assertEquals(readBeside(command, "--", "--run", "/tmp/run"), ["/tmp/run"]);
  }
});

Deno.test("permissionsOf() takes no option from behind --, nor one that a command lacks", () => {
  assertEquals(of("spectrum", "--", "--out", "/tmp/a"), of("spectrum"));
  assertEquals(writtenBeside("evaluate", "--out", "/tmp/a/b"), []);
  assertEquals(of("recommend", "--outer=/tmp/a/b", "--out"), of("recommend"));
});

Deno.test("permissionsOf() lets a model's file import what lies beside it", () => {
  assertEquals(readBeside("train", "--model", "/m/a.ts"), ["/m"]);
  assertEquals(readBeside("evaluate", "--run", "x", "--model=../m/a.ts"), ["/home/m"]);
  assertEquals(readBeside("train", "--model", "lightgcn"), []);
  assertEquals(readBeside("train", "--preset", "/tmp/p.json"), ["/tmp/p.json"]);
  assertEquals(readBeside("train", "--preset", "tiktok"), []);
  assertEquals(readBeside("tune", "--space", "/tmp/s.json"), ["/tmp/s.json"]);
});

Deno.test("permissionsOf() reads where a configuration or a run has its datasets", () => {
  for (const command of ["evaluate", "recommend", "export"]) {
    assertEquals(readBeside(command, "--run", "run/"), ["/data/sets"]);
  }
  assertEquals(readBeside("train", "--resume=run"), ["/data/sets"]);
  // As the command itself does, from the project's folder.
  assertEquals(readBeside("train", "--config", "c.json"), ["/opt/sets"]);
  assertEquals(readBeside("train", "--config", "none.json"), []);
});

Deno.test("permissionsOf() refuses a comma that Deno would part a path at", () => {
  for (
    const [command, ...args] of [
      ["export", "--out", "/tmp/shop,/home/ann/victim"],
      ["recommend", "--out=sales, 2025/r.csv"],
      ["spectrum", "--plot", "/tmp/a,b/c.svg"],
      ["preprocess", "--data-dir", "a,b"],
      ["preprocess", "--input", "/tmp/a,b.csv"],
      ["evaluate", "--run=comma"],
      ["verify", "/tmp/a,b"],
    ]
  ) assertStringIncludes(refusal(command, ...args), "commas");
  assertStringIncludes(refusal("recommend", "--out=sales, 2025/r.csv"), "write");
  // What lies in a folder that is granted needs no grant of its own.
  assertEquals(of("preprocess", "--input", "sales, 2025.csv"), of("preprocess"));
  assertEquals(writtenBeside("recommend", "--out", "a, b.csv"), ["/home/ann"]);
});

Deno.test("permissionsOf() leaves out a current folder with a comma, which no argument names", () => {
  const inComma = { ...place, folder: "/home/a,b" };
  assertEquals(permissionsOf("train", [], inComma).read, ["/opt/bandpass"]);
  assertThrows(() => permissionsOf("export", ["--out", "e"], inComma), RefusedPath, "commas");
  assertEquals(permissionsOf("train", [], { ...place, folder: "/" }).read, ["/opt/bandpass"]);
});

Deno.test("permissionsOf() refuses everything, devices and processes, by whatever name", () => {
  for (
    const [command, ...args] of [
      ["export", "--out", "/"],
      ["export", "--out=../../.."],
      ["export", "--out", "everything"],
      ["recommend", "--out=/a, b.csv"],
      ["recommend", "--out", "everything"],
      ["recommend", "--out", "/dev/null"],
      ["recommend", "--users=/proc/self/environ"],
      ["preprocess", "--data-dir", "/sys/a"],
      ["preprocess", "--input=/dev/fd/63"],
      ["train", "--data-dir", "/"],
    ]
  ) assertStringIncludes(refusal(command, ...args), "the whole file system");
  assertEquals(readBeside("preprocess", "--input=/a.csv"), ["/a.csv"]);
});

Deno.test("permissionsOf() grants the network where serve listens, as the last of its options says", () => {
  const listens = (...args: string[]) => of("serve", "last", ...args).listens;
  assertEquals(listens(), "127.0.0.1:8080");
  assertEquals(listens("--host", "::1", "--port=1", "--port", "2"), "[::1]:2");
  for (const host of ["a,b", "a:1", "a b", "-x"]) {
    assertEquals(listens("--host", host), undefined);
  }
  for (const port of ["70000", "1,2", "x"]) assertEquals(listens("--port", port), undefined);
});

Deno.test("flagsOf() names no permission but those of environment, free memory, reading and writing, and of a server", () => {
  for (const command of launchedCommands) {
    const names = flagsOf(of(command)).map((flag) => flag.split("=")[0]);
    const isReader = ["encode", "verify", "doctor", "runs", "report"].includes(command);
    const writing = isReader ? [] : ["--allow-write"];
    const others = ["--allow-read", ...writing, ...command === "serve" ? ["--allow-net"] : []];
    assertEquals(names, ["--allow-env", "--allow-sys", ...others], command);
  }
});

Deno.test("the launcher knows the options of the commands", () => {
  const all = allCommands();
  // It needs no permission but to know where the user stands.
  const fixed = ["completions"];
  assertEquals([...launchedCommands, ...fixed].sort(), all.map((known) => known.name()).sort());
  const isPath = /[<|=](folder|file|run)\b/;
  for (const command of all.filter((known) => !fixed.includes(known.name()))) {
    const name = command.name();
    const valued = command.options.filter(({ required, optional }) => required || optional);
    const flags = new Map(
      valued.map(({ flags }) => [flags.replace(/ <.*>$/, "").replace(/ \[.*\]$/, " []"), flags]),
    );
    const named = [...flags].flatMap(([option, text]) => isPath.test(text) ? [option] : []);
    assertEquals(pathOptions(name).sort(), named.sort(), name);
    // What belongs to no option can be told of it only where all options are known.
    const known = command.registeredArguments.length > 0 ? [...flags.keys()] : named;
    assertEquals(Object.keys(commands[name].options).sort(), known.sort(), name);
    assertEquals(commands[name].arguments !== undefined, command.registeredArguments.length > 0);
  }
});

Deno.test("parseArguments() parts arguments as the parser of the command line does", () => {
  const options = ["-o, --out", "--seen []", "-k, --top-k"];
  const parsed = (...args: string[]) => {
    const { values, positional } = parseArguments(args, options);
    return [...options.map((option) => values(option).join("|")), positional.join("|")];
  };
  assertEquals(parsed("a", "--out", "b", "--out=c", "d"), ["b|c", "", "", "a|d"]);
  assertEquals(parsed("-o", "b", "-oc", "-jvod", "-jk", "5"), ["b|c|d", "", "5", ""]);
  assertEquals(parsed("--seen", "all", "--seen", "--out", "-x", "a"), ["-x", "all", "", "a"]);
  assertEquals(parsed("--json", "a", "--verbose=1", "-", "--", "--out", "b"), [
    ...["", "", ""],
    "a|-|--out|b",
  ]);
  assertEquals(parsed("--out=", "a", "--seen=", "--out"), ["", "", "", "a"]);
});

Deno.test("paths are compared by their parts, and links are followed as far as there are any", async () => {
  assertEquals(absolutePath("/a/./b/../c//", "/x"), "/a/c");
  assertEquals(absolutePath("../../../..", "/x/y"), "/");
  assertEquals([folderOf("/a/b"), folderOf("/a"), folderOf("/")], ["/a", "/", "/"]);
  assert(isWithin("/a/b", "/a") && isWithin("/a", "/") && !isWithin("/ab", "/a"));
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.mkdir(`${folder}/a`);
    await Deno.symlink("a", `${folder}/link`);
    assertEquals(realPath(`${folder}/link/b/c`), `${folder}/a/b/c`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
