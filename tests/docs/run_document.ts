/**
 * Runs the commands of a document as its reader does.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { dirname } from "node:path";
import { projectFolder } from "../cli/run_cli.ts";
import { foreign } from "../repository.ts";
import { type CommandDocument, runLines } from "./documents.ts";
import { publicFiles } from "./public_files.ts";
import { shownFiles } from "./fenced.ts";

/** Recipes for files that others publish: small ones of the same form stand in for them. */
const recipes = "docs/datasets.md";

async function writePublicFiles(folder: string): Promise<void> {
  for (const [path, contents] of await publicFiles()) {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.writeFile(
      `${folder}/${path}`,
      typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
    );
  }
}

/** A clone of the project, as a reader has it, and an empty folder beside it. */
async function withClone(use: (clone: string, beside: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const [clone, beside] = [`${folder}/bandpass`, `${folder}/beside`];
    for (const made of [clone, beside]) await Deno.mkdir(made);
    const entries = Array.from(Deno.readDirSync(projectFolder), ({ name }) => name)
      .filter((name) => !foreign.has(name)).map((name) => projectFolder + name);
    await new Deno.Command("cp", { args: ["-R", ...entries, clone] }).output();
    await use(clone, beside);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Trainings, tunes and studies are cut short: what they are to show here is that they begin and end. */
function shortened(line: string): string {
  if (/bandpass tune\b.*--trials/.test(line)) {
    return line.replace(/--trials \d+ --epochs \d+ --seeds \d+/, "--trials 6 --epochs 1 --seeds 1");
  }
  if (/--(epochs|resume|dry-run|list-\w+)/.test(line)) return line;
  return line.replace(/bandpass train\b/, "$& --epochs 1").replace("in 0 1 2;", "in 0;")
    .replace(/bandpass study [a-z]+/, "$& --epochs 1 --seeds 1");
}

const environment = {
  NO_COLOR: "1",
  PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
};

/**
 * Tests that the commands of a document work one after the other, in a clone of the project.
 *
 * @param document The document.
 */
export function testDocument(document: CommandDocument): void {
  const { path, text } = document;
  const lines = runLines(document).map(shortened);
  Deno.test(`the commands of ${path} work one after the other`, () =>
    withClone(async (clone, beside) => {
      const folder = text.includes("../bandpass/bandpass") ? beside : clone;
      for (const [name, contents] of shownFiles(text)) {
        await Deno.writeTextFile(`${folder}/${name}`, contents);
      }
      if (path === recipes) await writePublicFiles(folder);
      const { code, stdout, stderr } = await new Deno.Command("sh", {
        args: ["-eux", "-c", lines.join("\n")],
        cwd: folder,
        env: environment,
        stdin: "null",
      }).output();
      const tail = (bytes: Uint8Array) => new TextDecoder().decode(bytes).slice(-3000);
      assertEquals(code, 0, `${tail(stdout)}\n${tail(stderr)}`);
      if (shownFiles(text).has("serve.ts")) await askService(folder);
    }));
}

/** Starts the service of docs/tutorial.md on a free port, and asks it for a known and an unknown customer. */
async function askService(folder: string): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String(listener.addr.port);
  listener.close();
  const program = await Deno.readTextFile(`${folder}/serve.ts`);
  await Deno.writeTextFile(`${folder}/serve.ts`, program.replace("8000", port));
  const service = new Deno.Command(Deno.execPath(), {
    args: ["run", "--check", "--allow-read", `--allow-net=127.0.0.1:${port}`, "serve.ts"],
    cwd: folder,
    env: environment,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  try {
    // Deno says on stderr where it listens.
    let said = "";
    for await (const text of service.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (said.includes(`127.0.0.1:${port}/`)) break;
    }
    assert(said.includes(`127.0.0.1:${port}/`), said);
    const known = await fetch(`http://127.0.0.1:${port}/?user=c1001`);
    const items = await known.json();
    assertEquals([known.status, items.length, typeof items[0].name], [200, 5, "string"]);
    const unknown = await fetch(`http://127.0.0.1:${port}/?user=nobody`);
    assertEquals([unknown.status, await unknown.json()], [404, { error: 'No customer "nobody"' }]);
  } finally {
    try {
      service.kill();
    } catch {
      // It has ended by itself.
    }
    await service.status;
  }
}
