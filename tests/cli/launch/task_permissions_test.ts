import { assertEquals } from "@std/assert";
import { launchedCommands } from "../../../cli/launch/permissions.ts";
import { projectFolder } from "../run_cli.ts";
import { allowedTo } from "./allowed_to.ts";
import { type Folders, withFolders } from "./folders.ts";

const project = projectFolder.replace(/\/$/, "");
const manifest = JSON.parse(await Deno.readTextFile(`${projectFolder}deno.json`));
const tasks: Readonly<Record<string, string>> = manifest.tasks;
const text = new TextDecoder();

/** What a task that Deno runs by itself is allowed of the attempts. */
async function fixedAllowedTo(task: string, attempts: readonly string[]): Promise<string[]> {
  const flags = tasks[task].split(" ").filter((word) => /^--(no-prompt|allow-)/.test(word));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, "tests/cli/launch/probe.ts", JSON.stringify(attempts)],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
  }).output();
  return JSON.parse(text.decode(stdout) || text.decode(stderr));
}

/** Nothing that computes needs these. */
const never = ["net", "listen", "fetch", "import", "run", "python", "ffi", "sys", "home", "token"];
const always = ["folder", "threads", "terminal", "memory"];

/** A row of docs/promises.md. */
interface Row {
  /** What arguments are given. */
  readonly args: string[];
  /** What of the folder that they name is read: all of it, or a file (default: nothing). */
  readonly read?: string;
  /** Files that are written. */
  readonly writes: string[];
  /** What else it may that others may not (default: nothing). */
  readonly also?: string[];
}

/** A file in each of some folders, which are written in. */
const probes = (...folders: string[]) => folders.map((folder) => `${folder}/probe`);
const cached = probes(`${project}/datasets`, `${project}/.cache`);

const rows: Readonly<Record<string, (folders: Folders) => Row>> = {
  preprocess: ({ named }) => ({
    args: ["--data-dir", named],
    read: named,
    writes: probes(named),
  }),
  encode: ({ named }) => ({
    args: ["--model", named, "--out", `${named}/a.safetensors`],
    read: named,
    writes: [...probes(`${project}/.cache`), `${named}/a.safetensors`],
    also: ["sys"],
  }),
  train: ({ named }) => ({
    args: [`--resume=${named}`],
    read: named,
    writes: [...probes(`${project}/runs`, named), ...cached],
  }),
  blend: ({ named }) => ({
    args: [named, "x", "--run", "y"],
    read: named,
    writes: [...probes(`${project}/runs`), ...cached],
  }),
  tune: ({ named }) => ({
    args: ["--space", `${named}/a.json`],
    read: `${named}/a.json`,
    writes: [...probes(`${project}/runs`), ...cached],
  }),
  evaluate: ({ named }) => ({
    args: [named],
    read: named,
    writes: [...cached, ...probes(named)],
  }),
  compare: ({ named }) => ({
    args: [named, "x", "--trec", "y=y.run"],
    read: named,
    writes: [...cached, ...probes(named)],
  }),
  study: ({ named }) => ({
    args: [`${named}/a.json`, "--name", "x"],
    read: `${named}/a.json`,
    writes: [...probes(`${project}/runs`), ...cached],
  }),
  report: ({ named }) => ({
    args: [named, "--out", `${named}/a.html`],
    read: named,
    writes: [`${named}/a.html`],
  }),
  recommend: ({ named }) => ({
    args: ["last", "--out", `${named}/a.csv`],
    read: `${named}/a.csv`,
    writes: [...cached, `${named}/a.csv`],
  }),
  explain: ({ named }) => ({
    args: ["last", "--user", "ann", "--plot", `${named}/a.svg`],
    read: `${named}/a.svg`,
    writes: [...cached, `${named}/a.svg`],
  }),
  export: ({ named }) => ({
    args: ["--run=x", `--out=${named}/`],
    read: named,
    writes: [...cached, ...probes(named)],
  }),
  push: ({ named }) => ({
    args: ["last", "--to", "postgres://ann@127.0.0.1:1/shop", "--passfile", `${named}/a`],
    read: `${named}/a`,
    writes: cached,
    // Where the database is, and nowhere else.
    also: ["net"],
  }),
  mcp: ({ named }) => ({ args: [named], read: named, writes: cached }),
  serve: ({ named }) => ({
    args: ["last", "--token-file", `${named}/config.json`],
    read: `${named}/config.json`,
    writes: cached,
    also: ["token"],
  }),
  datasets: ({ named }) => ({
    args: ["shop", "--data-dir", named],
    read: named,
    writes: probes(`${project}/datasets`),
  }),
  runs: () => ({
    args: ["a", "--remove"],
    read: project,
    writes: probes(`${project}/runs`),
  }),
  "run-trial": ({ named }) => ({
    args: [named, "--task", "12_3@node1"],
    read: named,
    writes: [...cached, ...probes(named)],
  }),
  spectrum: ({ named }) => ({
    args: ["--plot", `${named}/a.svg`],
    read: `${named}/a.svg`,
    writes: [...cached, `${named}/a.svg`],
  }),
  verify: ({ named }) => ({ args: ["--json", named], read: named, writes: [] }),
  doctor: () => ({ args: [], writes: [] }),
};

for (const task of launchedCommands) {
  Deno.test(`${task} may do what docs/promises.md says, and no more, by both ways to start it`, () =>
    withFolders(async (folders) => {
      const { standing, outside, named } = folders;
      await Deno.writeTextFile(`${named}/config.json`, "{}");
      await Deno.mkdir(`${named}/slurm`);
      await Deno.writeTextFile(`${named}/slurm/place.json`, "{}");
      const { args, read, writes, also = [] } = rows[task](folders);
      // Folders that are not there yet would refuse for another reason.
      for (const name of ["runs", "datasets", ".cache"]) {
        await Deno.mkdir(`${project}/${name}`, { recursive: true });
      }
      const reads = read === undefined ? [] : [project, standing, read];
      const notRead = [project, standing, named].filter((path) => !reads.includes(path))
        .concat(outside, `${named}/..`, "/", "/etc/passwd", "/proc/self/environ");
      const places = ["runs", "datasets", ".cache", "cli"].map((name) => `${project}/${name}`);
      const notWritten = probes(project, ...places, standing, outside, named, `${named}/..`)
        .filter((path) => !writes.includes(path));
      const mayNot = [
        ...never.filter((name) => !also.includes(name)),
        "environment",
        ...notRead.map((path) => `read ${path}`),
        ...notWritten.map((path) => `write ${path}`),
      ];
      const may = [
        ...always,
        ...also,
        // The second time, the file that is written is there to be read.
        ...writes.map((path) => `write ${path}`),
        ...reads.map((path) => `read ${path}`),
      ];
      const ways = await allowedTo(task, args, folders, [...mayNot, ...may]);
      for (const path of writes) await Deno.remove(path);
      assertEquals(ways, [may, may]);
    }));
}

Deno.test("serve may listen where its arguments say, and nowhere else", () =>
  withFolders(async (folders) => {
    const own = "listen 127.0.0.1:18461";
    const others = ["listen 127.0.0.1:18462", "listen 127.0.0.2:18461", "listen 0.0.0.0:18461"];
    const attempts = [own, ...others, "net", "fetch", "import"];
    const args = ["last", "--port=1", "--port", "18461"];
    assertEquals(await allowedTo("serve", args, folders, attempts), [[own], [own]]);
    for (const host of ["127.0.0.1,0.0.0.0", "0.0.0.0:1", "*"]) {
      const args = ["last", "--port", "18461", "--host", host];
      assertEquals(await allowedTo("serve", args, folders, attempts), [[], []], host);
    }
  }));

Deno.test("preprocess has the permissions of encoders with --encode, and without it none of them", () =>
  withFolders(async (folders) => {
    const args = ["--encode", `image=${folders.named}`, "--data-dir", folders.named];
    const probe = `write ${project}/.cache/probe`;
    const attempts = ["sys", "ffi", "environment", "fetch", "import", probe];
    assertEquals(await allowedTo("preprocess", args, folders, attempts), [
      ["sys", probe],
      ["sys", probe],
    ]);
    await Deno.remove(`${project}/.cache/probe`);
  }));

Deno.test("tasks whose arguments decide on nothing may do what docs/promises.md says", () =>
  withFolders(async ({ outside }) => {
    const reads = ["docs", ".", outside].map((name) => `read ${name}`);
    const writes = probes("docs", "datasets", ".cache", "cli", outside)
      .map((path) => `write ${path}`);
    const attempts = [...never, ...always, ...reads, ...writes];
    for (const name of ["datasets", ".cache"]) {
      await Deno.mkdir(`${project}/${name}`, { recursive: true });
    }
    const expected = {
      completions: ["folder"],
      help: ["folder"],
      docs: ["read docs", "write docs/probe"],
      bench: ["threads", ...reads],
      "bench-training": ["threads", ...reads, "write datasets/probe"],
      fuzz: [...reads, "write .cache/probe"],
      "bench-spectrum": ["python", "threads", ...reads],
      "bench-peers": ["run", "python", ...reads, "write datasets/probe"],
      "bench-serve": [
        ...["net", "listen", "fetch", "run", "python", "threads"],
        ...reads,
        "write .cache/probe",
      ],
    };
    for (const [task, allowed] of Object.entries(expected)) {
      assertEquals(await fixedAllowedTo(task, attempts), allowed, task);
    }
    for (const folder of ["docs", "datasets", ".cache"]) {
      await Deno.remove(`${project}/${folder}/probe`);
    }
    const developers = ["test", "test-documents", "test-browser", "check", "bundle-page"];
    const known = [...Object.keys(expected), ...launchedCommands, ...developers];
    assertEquals(Object.keys(tasks).sort(), known.sort());
  }));
