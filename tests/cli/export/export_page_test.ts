import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { projectFolder, runTask } from "../run_cli.ts";
import { userIds, withOwnIds } from "../own_ids.ts";

/** The files of a folder, by their paths in it. */
async function filesIn(folder: string, path = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${path}`)) {
    if (isDirectory) files.push(...await filesIn(folder, `${path}${name}/`));
    else files.push(path + name);
  }
  return files;
}

Deno.test("export --format page writes a page, and replaces nothing but a page", () =>
  withOwnIds(async (run, folder) => {
    const out = `${folder}/page`;
    const write = (...args: string[]) =>
      runTask(["export", run, "--out", out, "--format", "page", ...args]);
    const first = await write("--with-users", "--top-k", "2");
    assertEquals([first.code, first.stdout], [0, ""], first.stderr);
    assertStringIncludes(first.stderr, "Wrote a page of 1 run, 5 items and 3 users to");
    assert((await Deno.readTextFile(`${out}/users.json`)).includes(userIds[1]));
    // User 0 took all but item 4.
    const list = new Uint32Array((await Deno.readFile(`${out}/runs/0/lists/0.bin`)).buffer, 0, 2);
    assertEquals([...list], [4, 0xffffffff]);

    const again = await write();
    assertEquals(again.code, 2, again.stderr);
    assertStringIncludes(again.stderr, "or replace the page with --overwrite");
    const replaced = await write("--overwrite");
    assertEquals(replaced.code, 0, replaced.stderr);
    const files = await filesIn(out);
    assertEquals(files.filter((path) => /users|histories|lists/.test(path)), []);
    for (const path of files.filter((path) => path.endsWith(".json"))) {
      assert(!(await Deno.readTextFile(`${out}/${path}`)).includes(userIds[1]), path);
    }

    await Deno.remove(`${out}/page.json`);
    const refused = await write("--overwrite");
    assertEquals(refused.code, 2, refused.stderr);
    assertStringIncludes(refused.stderr, "there is no page that --overwrite could replace");
    assertEquals((await filesIn(out)).length, files.length - 1);

    // What is left of a page whose process was killed is replaced.
    await Deno.mkdir(`${out}/page.0123456789abcdef.tmp`);
    await Deno.writeTextFile(`${out}/page.0123456789abcdef.tmp/owner`, "");
    const written = await write("--overwrite");
    assertEquals(written.code, 0, written.stderr);
    assertEquals(await filesIn(out), files);
  }));

Deno.test("export --format page says of which run a note is, where it shows several", async () => {
  const runs = ["a", "b"].map((name) => `page-of-${Deno.pid}-${name}`);
  const out = await Deno.makeTempDir();
  try {
    for (const run of runs) {
      const { code, stderr } = await runTask(["train", "--model", "popularity", "--run", run]);
      assertEquals(code, 0, stderr);
    }
    const [run, other] = runs;
    const { code, stderr } = await runTask(
      ["export", run, "--out", out, "--format", "page", "--beside", other],
    );
    assertEquals(code, 0, stderr);
    for (const run of runs) {
      assertEquals(stderr.split(`${run}: 16 items without a train row`).length, 2, stderr);
    }
  } finally {
    for (const run of runs) await Deno.remove(`${projectFolder}runs/${run}`, { recursive: true });
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("export refuses options that have no effect in its format", async () => {
  const cases = [
    [["--format", "page", "--mask", "train"], "--mask with --format page"],
    [["--format", "npy", "--with-users"], "--with-users with --format npy"],
    [["--format", "trec", "--beside", "b"], "--beside with --format trec"],
  ] as const;
  for (const [args, message] of cases) {
    const { code, stderr } = await runTask(["export", "a", "--out", "b", ...args]);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, message);
  }
});
