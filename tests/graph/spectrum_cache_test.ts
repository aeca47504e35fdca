import { assert, assertEquals } from "@std/assert";
import type { Csr } from "../../algebra/csr.ts";
import { graphSpectrum } from "../../graph/spectrum.ts";
import type { SpectrumOptions } from "../../graph/spectrum_plan.ts";
import { withKernels } from "../../gpu/kernel_choices.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { hypercube, randomGraph } from "./graphs.ts";

const tested = await testGpu();

/** Asks for eigenpairs, and gives them with what was noted. */
async function ask(
  folder: string,
  graph: Csr,
  options: Partial<SpectrumOptions> = {},
  gpu = tested,
) {
  const notes: string[] = [];
  const spectrum = await graphSpectrum(gpu, graph, {
    ...{ eigenpairs: 3, label: "a test" },
    ...options,
  }, { folder, note: (text) => notes.push(text) });
  return { spectrum, notes };
}

const filesOf = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

Deno.test("graphSpectrum() keeps eigenpairs, and finds them again", async () => {
  const folder = `${await Deno.makeTempDir()}/cache`;
  const first = await ask(folder, randomGraph(30, 40, 1));
  assertEquals(first.notes, [
    "Finding 3 eigenpairs of a test, 30 nodes; cached for the next run",
  ]);
  const second = await ask(folder, randomGraph(30, 40, 1));
  assertEquals(second.notes, []);
  assertEquals(second.spectrum, { ...first.spectrum, kept: true });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("graphSpectrum() keeps apart what differs in graph, K, tolerance, seed or kernels", async () => {
  const folder = await Deno.makeTempDir();
  const graph = randomGraph(30, 40, 1);
  const reweighted = { ...graph, value: graph.value.map((value) => 2 * value) };
  const cases: [Csr, Partial<SpectrumOptions>][] = [
    [graph, {}],
    [hypercube(4), {}],
    [reweighted, {}],
    [graph, { eigenpairs: 4 }],
    [graph, { tolerance: 1e-4 }],
    [graph, { seed: 1 }],
    [graph, { block: 8 }],
    [graph, { basis: 300 }],
  ];
  for (const [one, options] of cases) {
    assertEquals((await ask(folder, one, options)).notes.length, 1, JSON.stringify(options));
  }
  assertEquals(filesOf(folder).length, cases.length);
  const tuned = withKernels(tested, { ...tested.kernels, products: "wide registers" });
  assertEquals((await ask(folder, graph, {}, tuned)).notes.length, 1, "measured kernels");
  assertEquals((await ask(folder, graph, {}, tuned)).notes.length, 0, "measured kernels");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("graphSpectrum() computes again what is damaged or foreign, and says so", async () => {
  const folder = await Deno.makeTempDir();
  const graph = randomGraph(30, 40, 1);
  const { spectrum } = await ask(folder, graph);
  const [name] = filesOf(folder);
  const path = `${folder}/${name}`;
  const whole = await Deno.readFile(path);
  await ask(folder, graph, { seed: 1 });
  const other = filesOf(folder).find((file) => file !== name)!;
  const flipped = whole.slice();
  flipped[flipped.length - 3] ^= 1;
  const damages: [string, Uint8Array][] = [
    ["it ends inside", whole.slice(0, whole.length - 100)],
    ["expected a whole safetensors file", new Uint8Array()],
    ["expected a whole safetensors file", new TextEncoder().encode("not a file of eigenpairs")],
    ["has changed since it was written", flipped],
    ["has changed since it was cached", await Deno.readFile(`${folder}/${other}`)],
  ];
  for (const [text, bytes] of damages) {
    await Deno.writeFile(path, bytes);
    const again = await ask(folder, graph);
    assert(again.notes[0].includes(text), again.notes[0]);
    assert(again.notes[0].endsWith("it is computed again"), again.notes[0]);
    assertEquals(again.notes.length, 2);
    assertEquals(again.spectrum.vectors, spectrum.vectors);
    assertEquals((await ask(folder, graph)).notes, [], "it was not kept again");
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("graphSpectrum() goes on where nothing can be kept", async () => {
  const file = await Deno.makeTempFile();
  const { spectrum, notes } = await ask(`${file}/cache`, randomGraph(30, 40, 1));
  assertEquals(spectrum.values.length, 3);
  assert(notes[1].startsWith(`Cannot cache the eigenpairs in "${file}/cache/`), notes[1]);
  await Deno.remove(file);
});
