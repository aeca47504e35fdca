import { assertEquals, assertStringIncludes } from "@std/assert";
import { projectFolder } from "../run_cli.ts";
import { withFolders } from "./folders.ts";

const text = new TextDecoder();

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
    for (const [expected, stdoutText] of [[0, "sets/a\n"], [1, ""]] as const) {
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
