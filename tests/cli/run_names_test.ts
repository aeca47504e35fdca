import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Outcome, projectFolder, runTask, withRun } from "./run_cli.ts";

/** Gives a way to run tasks from a folder elsewhere, and removes it after use. */
async function elsewhere(
  use: (run: (...args: string[]) => Promise<Outcome>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await use((...args) => runTask(args, { INIT_CWD: folder }), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What is said of the sample. */
const untrained = "16 items without a train row: scored as the 5 items nearest by features\n";

Deno.test("a run is found by what was printed, by its name, and as the last one", () =>
  elsewhere((run) =>
    withRun(async (name, path) => {
      const training = await run("train", "--model", "popularity", "--run", name, "--json");
      assertEquals(training.code, 0, training.stderr);
      const shown = JSON.parse(training.stdout).run;
      assertEquals(await Deno.realPath(shown), path);
      for (
        const [args, note] of [
          [[shown], ""],
          [[name], ""],
          [["--run", `runs/${name}`], ""],
          [["last"], `The last run is ${shown}\n`],
        ] as const
      ) {
        const { code, stdout, stderr } = await run("evaluate", ...args, "--json");
        assertEquals([code, stderr], [0, note + untrained]);
        assertEquals(JSON.parse(stdout).run, shown);
      }
      const again = await run("train", "--model", "popularity", "--run", name);
      assertEquals([again.code, again.stdout], [2, ""]);
      assertStringIncludes(again.stderr, `Cannot create the run: "${shown}" already exists`);
      assertStringIncludes(again.stderr, "next: Give another name\n");
    })
  ));

Deno.test("a run where the user stands comes before one of its name in runs/", () =>
  elsewhere((run, folder) =>
    withRun(async (name, path) => {
      const training = await run("train", "--model", "popularity", "--run", name);
      assertEquals(training.code, 0, training.stderr);
      await new Deno.Command("cp", { args: ["-r", path, `${folder}/${name}`] }).output();
      const recommend = ["recommend", name, "--history", "1", "--out", "a, b.csv"];
      const { code, stdout, stderr } = await run(...recommend);
      assertEquals([code, stdout], [0, ""], stderr);
      assertStringIncludes(stderr, `Two runs are called "${name}": using ${name}, not ${path}\n`);
      assertStringIncludes(stderr, "in a, b.csv\n");
      const evaluation = await run("evaluate", `./${name}`, "--json");
      assertEquals([evaluation.code, evaluation.stderr], [0, untrained]);
      assertEquals(JSON.parse(evaluation.stdout).run, name);
      const near = await run("evaluate", `./${name.slice(0, -1)}x`);
      assertEquals([near.code, near.stdout], [3, ""]);
      assertStringIncludes(near.stderr, `next: Did you mean "${folder}/${name}"?\n`);
      const named = await run("evaluate", `${name}x`);
      assertStringIncludes(named.stderr, `next: Did you mean "${path}"?\n`);
    })
  ));

Deno.test("hints call the program by a path that works where the user stands", async () => {
  for (
    const [folder, name] of [
      [projectFolder, "./bandpass"],
      [`${projectFolder}docs`, "../bandpass"],
      ["/", `${projectFolder.slice(1)}bandpass`],
      ["/usr/bin", `${projectFolder}bandpass`],
    ]
  ) {
    const { code, stderr } = await new Deno.Command(`${projectFolder}bandpass`, {
      args: ["evaluate"],
      cwd: folder,
      env: { NO_COLOR: "1", PATH: `${Deno.execPath()}/..:${Deno.env.get("PATH")}` },
    }).output();
    assertEquals(code, 2);
    const text = new TextDecoder().decode(stderr);
    assertStringIncludes(text, `use the newest: ${name} evaluate last\n`);
    const help = await new Deno.Command("sh", {
      args: ["-c", `${name} help`],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals(help.code, 0);
    assertStringIncludes(new TextDecoder().decode(help.stdout), `\n  ${name} train\n`);
  }
});

Deno.test("nothing of a driver is printed where XDG_RUNTIME_DIR is not set, by both ways", async () => {
  for (
    const [program, ...args] of [
      [`${projectFolder}bandpass`],
      [Deno.execPath(), "task", "--quiet"],
    ]
  ) {
    const { code, stderr } = await new Deno.Command(program, {
      args: [...args, "doctor"],
      cwd: projectFolder,
      env: { NO_COLOR: "1", XDG_RUNTIME_DIR: "" },
    }).output();
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  }
});
