/**
 * The tests of ops and of the device, in a browser.
 *
 * @module
 */
import { chromiumPath, withChromium, withServer } from "./chromium.ts";
import type { TestOutcome } from "./run_registered.ts";

const root = new URL("../../", import.meta.url).pathname;

/** What is of Deno or of the checks themselves, and not of the device. */
const ofDeno = [
  "tests/gpu/software_threads_test.ts",
  "tests/shaders/op_check_test.ts",
  "tests/shaders/sources_test.ts",
];

/** The files of tests that run in a browser. */
export async function filesOfTests(): Promise<string[]> {
  const files: string[] = [];
  for (const folder of ["tests/gpu", "tests/shaders"]) {
    for await (const { name } of Deno.readDir(`${root}${folder}`)) {
      const path = `${folder}/${name}`;
      if (name.endsWith("_test.ts") && !ofDeno.includes(path)) files.push(path);
    }
  }
  return files.sort();
}

/**
 * Bundles modules for a browser, with their WGSL.
 *
 * @param modules Paths from the project's folder, in the order in which they are to run.
 */
export async function bundled(modules: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await Deno.makeTempDir({ dir: root, prefix: ".bundle-" });
  try {
    const entry = `${folder}/entry.ts`;
    await Deno.writeTextFile(
      entry,
      modules.map((path) => `import ${JSON.stringify(`../${path}`)};\n`).join(""),
    );
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--quiet", "--platform", "browser", entry],
      cwd: root,
    }).output();
    if (!success) throw new Error(`Cannot bundle: ${new TextDecoder().decode(stderr)}`);
    return new Uint8Array(stdout);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Runs tests in Chromium.
 *
 * @param files Their files.
 * @param options `isQuick`: the first test of each op with one shape, and those of NaN.
 * @param onOutcome Told of each test.
 */
export async function runInBrowser(
  files: readonly string[],
  { isQuick }: { readonly isQuick: boolean },
  onOutcome: (outcome: TestOutcome) => void,
): Promise<void> {
  if (chromiumPath === undefined) throw new Error("Chromium is not installed");
  const script = await bundled([
    "tests/browser/test_registry.ts",
    ...files,
    "tests/browser/run_registered.ts",
  ]);
  const page = '<!doctype html><title>Tests</title><script type="module" src="tests.js"></script>';
  const source = (path: string) =>
    Promise.resolve(
      path === "tests.js"
        ? script
        : path === "index.html"
        ? new TextEncoder().encode(page)
        : undefined,
    );
  await withServer(source, (address) =>
    withChromium(async (browser) => {
      const tab = await browser.newPage();
      await tab.exposeFunction("report", (text: string) => onOutcome(JSON.parse(text)));
      await tab.goto(address);
      await tab.waitForFunction("'runTests' in globalThis");
      await tab.evaluate(`runTests(${isQuick})`);
    }));
}
