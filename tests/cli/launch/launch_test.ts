import { assertEquals, assertStringIncludes } from "@std/assert";
import { launchedCommands, pathOptions } from "../../../cli/launch/permissions.ts";
import { projectFolder } from "../run_cli.ts";

const project = projectFolder.replace(/\/$/, "");
const manifest = JSON.parse(await Deno.readTextFile(`${projectFolder}deno.json`));
const tasks: Readonly<Record<string, string>> = manifest.tasks;
const text = new TextDecoder();

/** A folder that the user stands in, one that no argument names, and one that an argument does. */
interface Folders {
  readonly standing: string;
  readonly outside: string;
  readonly named: string;
}

async function withFolders(use: (folders: Folders) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const folders = {
    standing: `${folder}/it's "here"`,
    outside: `${folder}/outside`,
    named: `${folder}/named $HOME`,
  };
  try {
    for (const path of Object.values(folders)) await Deno.mkdir(path);
    await Deno.mkdir(`${folder}/bin`);
    await use(folders);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A Deno that runs the probe where it is to run the command line. */
async function probingDeno(path: string, attempts: readonly string[]): Promise<string> {
  const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
  const probe = `${projectFolder}tests/cli/launch/probe.ts`;
  await Deno.writeTextFile(
    path,
    `#!/bin/sh
for word do
  shift
  case $word in
    cli/main.ts) set -- "$@" ${quoted(probe)} ${quoted(JSON.stringify(attempts))} ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec ${quoted(Deno.execPath())} "$@"
`,
    { mode: 0o755 },
  );
  return path;
}

/** What a task is allowed of the attempts, by both ways to start it. */
async function allowedTo(
  task: string,
  args: readonly string[],
  folders: Folders,
  attempts: readonly string[],
): Promise<string[][]> {
  const bin = `${folders.outside}/../bin`;
  const deno = await probingDeno(`${bin}/deno`, attempts);
  const env = { INIT_CWD: folders.standing, NO_COLOR: "1", XDG_RUNTIME_DIR: "/tmp" };
  const ways = [
    new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", task, ...args],
      cwd: projectFolder,
      env: { ...env, BANDPASS_DENO: deno },
    }),
    new Deno.Command(`${projectFolder}bandpass`, {
      args: [task, ...args],
      cwd: folders.standing,
      // What INIT_CWD says there is of another program.
      env: { ...env, INIT_CWD: "/", PATH: `${bin}:${Deno.env.get("PATH")}` },
    }),
  ];
  return await Promise.all(ways.map(async (way) => {
    const { code, stdout, stderr } = await way.output();
    assertEquals(code, 0, text.decode(stderr));
    return JSON.parse(text.decode(stdout));
  }));
}

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
const never = ["net", "listen", "fetch", "import", "run", "python", "ffi", "sys", "home"];
const always = ["folder", "threads", "memory"];

/** Each row of README.md: what arguments are given, and what is written. */
const rows: Readonly<Record<string, (folders: Folders) => { args: string[]; writes: string[] }>> = {
  preprocess: ({ named }) => ({ args: ["--data-dir", named], writes: [named] }),
  train: ({ named }) => ({
    args: [`--resume=${named}`],
    writes: ["runs", "datasets", ".cache"].map((name) => `${project}/${name}`).concat(named),
  }),
  evaluate: ({ named }) => ({ args: ["--run", named], writes: cached }),
  recommend: ({ named }) => ({ args: ["--out", `${named}/a.csv`], writes: [...cached, named] }),
  export: ({ named }) => ({ args: ["--run=x", `--out=${named}/`], writes: [...cached, named] }),
  spectrum: ({ named }) => ({ args: ["--plot", `${named}/a.svg`], writes: [...cached, named] }),
  verify: ({ named }) => ({ args: ["--json", named], writes: [] }),
};

const cached = ["datasets", ".cache"].map((name) => `${project}/${name}`);

for (const task of launchedCommands) {
  Deno.test(`${task} may do what README.md promises, and no more, by both ways to start it`, () =>
    withFolders(async (folders) => {
      const { standing, outside, named } = folders;
      const { args, writes } = rows[task](folders);
      // Folders that are not there yet would refuse for another reason.
      for (const folder of writes) await Deno.mkdir(folder, { recursive: true });
      const reads = [project, standing, named].map((path) => `read ${path}`);
      const places = ["runs", "datasets", ".cache", "cli"].map((name) => `${project}/${name}`);
      const forbidden = [project, ...places, standing, outside, named, `${named}/..`]
        .filter((path) => !writes.includes(path));
      const mayNot = [
        ...never,
        "environment",
        ...[outside, `${named}/..`, "/", "/etc/passwd", "/proc/self/environ"]
          .map((path) => `read ${path}`),
        ...forbidden.map((path) => `write ${path}`),
      ];
      const may = [...always, ...reads, ...writes.map((path) => `write ${path}`)];
      const ways = await allowedTo(task, args, folders, [...mayNot, ...may]);
      for (const folder of writes) await Deno.remove(`${folder}/probe`);
      assertEquals(ways, [may, may]);
    }));
}

Deno.test("tasks whose arguments decide on nothing may do what README.md promises", () =>
  withFolders(async ({ outside }) => {
    const reads = ["docs", "."].map((name) => `read ${name}`).concat(`read ${outside}`);
    const writes = ["docs", "datasets", ".cache", "cli"].map((name) => `write ${name}`)
      .concat(`write ${outside}`);
    const attempts = [...never, ...always, ...reads, ...writes];
    for (const name of ["datasets", ".cache"]) {
      await Deno.mkdir(`${project}/${name}`, { recursive: true });
    }
    const expected = {
      doctor: ["threads"],
      completions: [],
      help: [],
      docs: ["read docs", "write docs"],
      bench: ["threads", ...reads],
      "bench-training": ["threads", ...reads, "write datasets"],
      fuzz: [...reads, "write .cache"],
      "bench-spectrum": ["python", "threads", ...reads],
    };
    for (const [task, allowed] of Object.entries(expected)) {
      assertEquals(await fixedAllowedTo(task, attempts), allowed, task);
    }
    for (const folder of ["docs", "datasets", ".cache"]) {
      await Deno.remove(`${project}/${folder}/probe`);
    }
    const known = [...Object.keys(expected), ...launchedCommands, "test", "check"];
    assertEquals(Object.keys(tasks).sort(), known.sort());
  }));

Deno.test("README.md has a row of permissions for each task", async () => {
  const readme = await Deno.readTextFile(`${projectFolder}README.md`);
  const [, table] = /\n### Permissions\n[^]*?\n(\| task[^]*?)\n\n/.exec(readme)!;
  const cells = table.split("\n").slice(2).map((row) =>
    row.split("|").slice(1, -1).map((cell) => cell.trim())
  );
  const named = cells.flatMap(([task]) =>
    Array.from(task.matchAll(/`(.*?)`/g), ([, name]) => name)
  );
  assertEquals(named.sort(), Object.keys(tasks).sort());
  const row = (task: string) => cells.find(([names]) => names.includes(`\`${task}\``))!;
  for (const task of launchedCommands) {
    const [, read, write, ...others] = row(task);
    for (const option of pathOptions(task)) {
      assertStringIncludes(`${read}, ${write}`, `\`--${option}\``, task);
    }
    assertEquals(others, ["those two", "no", "no", "no"], task);
  }
});

Deno.test("a model's file has the permissions of the command that imports it", () =>
  withFolders(async ({ standing, outside }) => {
    await Deno.writeTextFile(
      `${standing}/model.ts`,
      `const may = (attempt: () => unknown) => {
  try { attempt(); return true; } catch { return false; }
};
console.log(JSON.stringify([
  may(() => Deno.writeTextFileSync(${JSON.stringify(`${outside}/a`)}, "")),
  may(() => Deno.readDirSync(${JSON.stringify(outside)})),
  may(() => new Deno.Command("true").outputSync()),
  may(() => Deno.listen({ port: 0 })),
  may(() => Deno.env.get("HOME")),
  may(() => Deno.readDirSync(${JSON.stringify(standing)})),
]));
`,
    );
    for (
      const args of [
        ["train", "--list-settings"],
        ["evaluate", "--run", "x"],
        ["recommend", "--run=x", "--out", "a.csv"],
        ["export", "--run=x", "--out=a"],
      ]
    ) {
      const { stdout } = await new Deno.Command(`${projectFolder}bandpass`, {
        args: [...args, "--model", "model.ts"],
        cwd: standing,
      }).output();
      assertEquals(JSON.parse(text.decode(stdout)), [false, false, false, false, false, true]);
    }
  }));

Deno.test("a path that cannot be granted is a usage error with its reason", () =>
  withFolders(async ({ standing, outside }) => {
    const folder = `${standing}/shop,${outside}`;
    await Deno.mkdir(folder, { recursive: true });
    const ways = [
      { program: `${projectFolder}bandpass`, args: [], cwd: folder },
      { program: Deno.execPath(), args: ["task", "--quiet"], cwd: projectFolder },
    ];
    for (const { program, args, cwd } of ways) {
      const { code, stdout, stderr } = await new Deno.Command(program, {
        args: [...args, "export", "--run=x", "--out", "e"],
        cwd,
        env: {
          INIT_CWD: folder,
          NO_COLOR: "1",
          PATH: `${Deno.execPath()}/..:${Deno.env.get("PATH")}`,
        },
      }).output();
      assertEquals([code, text.decode(stdout)], [2, ""]);
      assertStringIncludes(text.decode(stderr), "commas");
      assertStringIncludes(text.decode(stderr), "\n  next: ");
    }
  }));

/** The command line that `deno task` and `./bandpass` come to, reading a table from stdin. */
function preprocessing(dataset: string, standing: string) {
  return new Deno.Command("sh", {
    args: ["cli/launch.sh", "preprocess", "--dataset", dataset, "--data-dir=sets"],
    cwd: projectFolder,
    env: { INIT_CWD: standing, BANDPASS_DENO: Deno.execPath(), NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test("the launcher becomes the command: stdin, exit code and signals are the command's own", () =>
  withFolders(async ({ standing }) => {
    const rows = Array.from({ length: 40 }, (_, n) => `u${n % 5},i${n % 8}\n`);
    const table = new TextEncoder().encode(`user,item\n${rows.join("")}`);
    for (const [expected, stdoutText] of [[0, `${standing}/sets/a\n`], [1, ""]] as const) {
      const child = preprocessing("a", standing);
      const writer = child.stdin.getWriter();
      // The second time, the dataset is there already and stdin is not read.
      await writer.write(table).catch(() => {});
      await writer.close().catch(() => {});
      const { code, stdout, stderr } = await child.output();
      assertEquals(
        [Math.min(code, 1), text.decode(stdout)],
        [expected, stdoutText],
        text.decode(stderr),
      );
    }
    const child = preprocessing("b", standing);
    const writer = child.stdin.getWriter();
    // Rows are looked at in blocks: more than one of them is needed before it says what it found.
    const long = new TextEncoder().encode(`user,item\n${rows.join("").repeat(5000)}`);
    writer.write(long).catch(() => {});
    let said = "";
    for await (const chunk of child.stderr) {
      said += text.decode(chunk, { stream: true });
      // It reads, and stdin has no end; so that what ends it is the signal.
      if (said.includes("Reading stdin")) child.kill("SIGTERM");
    }
    assertEquals((await child.status).signal, "SIGTERM", said);
    await writer.abort().catch(() => {});
    await child.stdout.cancel();
  }));
