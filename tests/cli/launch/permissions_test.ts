import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { allCommands } from "../../../cli/commands.ts";
import { absolutePath, folderOf, isWithin, realPath } from "../../../cli/launch/granted_paths.ts";
import {
  flagsOf,
  launchedCommands,
  pathOptions,
  permissionsOf,
  type Place,
  RefusedPath,
} from "../../../cli/launch/permissions.ts";

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
};

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
  assertEquals(of("recommend", "--out", "-", "--users=-"), of("recommend"));
});

Deno.test("permissionsOf() grants what arguments name, in both of their forms", () => {
  assertEquals(writtenBeside("preprocess", "--data-dir", "/tmp/d"), ["/tmp/d"]);
  assertEquals(of("preprocess", "--data-dir=/tmp/d").write, ["/tmp/d"]);
  assertEquals(writtenBeside("recommend", "--out", "lists/a.csv"), ["/home/ann/lists"]);
  assertEquals(writtenBeside("recommend", "--out=/tmp/l/a.csv"), ["/tmp/l"]);
  assertEquals(writtenBeside("export", "--out", "../e/"), ["/home/e"]);
  const plots = writtenBeside("spectrum", "--out", "a/s.safetensors", "--plot=/tmp/p/s.svg");
  assertEquals(plots, ["/home/ann/a", "/tmp/p"]);
  assertEquals(writtenBeside("train", "--resume", "/tmp/run"), ["/tmp/run"]);
  assertEquals(writtenBeside("train", "--data-dir", "/tmp/d", "--run", "/tmp/run"), []);
  assertEquals(readBeside("train", "--data-dir", "/tmp/d", "--config=/etc/c.json"), [
    "/etc/c.json",
    "/tmp/d",
  ]);
  const lists = readBeside("recommend", "--users", "/u/a", "--items=/i/b", "--run", "/r");
  assertEquals(lists.sort(), ["/i/b", "/r", "/u/a"]);
  assertEquals(
    readBeside(
      "preprocess",
      ...["--input=/a/i.csv", "--features", "x=/f/x.npy#/f2/ids.csv", "--features=y=/g/y.csv"],
      ...["--text", "w=/t/w.tsv#asin:title,brand"],
    ),
    ["/a/i.csv", "/f/x.npy", "/f2/ids.csv", "/g/y.csv", "/t/w.tsv"],
  );
  assertEquals(readBeside("verify", "/a", "--json", "--", "/-b", "-c"), ["/a", "/-b"]);
  assertEquals(readBeside("verify", "b", "-", "--adapter", "cpu"), []);
});

Deno.test("permissionsOf() takes no option from behind --, nor one that a command lacks", () => {
  assertEquals(of("recommend", "--", "--out", "/tmp/a"), of("recommend"));
  assertEquals(of("evaluate", "--out", "/tmp/a/b"), of("evaluate"));
  assertEquals(of("recommend", "--outer=/tmp/a/b", "--out"), of("recommend"));
});

Deno.test("permissionsOf() lets a model's file import what lies beside it", () => {
  assertEquals(readBeside("train", "--model", "/m/a.ts"), ["/m"]);
  assertEquals(readBeside("evaluate", "--run", "x", "--model=../m/a.ts"), ["/home/m"]);
  assertEquals(readBeside("train", "--model", "lightgcn"), []);
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
      ["preprocess", "--data-dir", "a,b"],
      ["preprocess", "--input", "/tmp/a,b.csv"],
      ["evaluate", "--run=comma"],
      ["verify", "/tmp/a,b"],
    ]
  ) assertStringIncludes(refusal(command, ...args), "commas");
  assertStringIncludes(refusal("recommend", "--out=sales, 2025/r.csv"), "write in");
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
      ["recommend", "--out=/r.csv"],
      ["recommend", "--out", "everything/r.csv"],
      ["recommend", "--out", "/dev/null"],
      ["recommend", "--users=/proc/self/environ"],
      ["preprocess", "--data-dir", "/sys/a"],
      ["preprocess", "--input=/dev/fd/63"],
      ["train", "--data-dir", "/"],
    ]
  ) assertStringIncludes(refusal(command, ...args), "all there is");
  assertEquals(readBeside("preprocess", "--input=/a.csv"), ["/a.csv"]);
});

Deno.test("flagsOf() names no permission but those of environment, free memory, reading and writing", () => {
  for (const command of launchedCommands) {
    const names = flagsOf(of(command)).map((flag) => flag.split("=")[0]);
    const writing = command === "verify" ? [] : ["--allow-write"];
    assertEquals(names, ["--allow-env", "--allow-sys", "--allow-read", ...writing], command);
  }
});

Deno.test("the options that decide on permissions are those of the commands", () => {
  const commands = allCommands();
  // Commands with options that name no path have fixed permissions.
  const fixed = ["doctor", "completions"];
  const names = commands.map((command) => command.name());
  assertEquals([...launchedCommands, ...fixed].sort(), names.sort());
  const isPath = /folder|file/;
  for (const command of commands.filter((known) => !fixed.includes(known.name()))) {
    const known = pathOptions(command.name());
    const named = command.options.filter(({ flags }) => isPath.test(flags));
    for (const { long, flags } of named) {
      assert(known.includes(long!.slice(2)), `${command.name()} ${flags}`);
    }
  }
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
