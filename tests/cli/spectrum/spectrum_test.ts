import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import {
  bandReports,
  cutReport,
  modalityReport,
  type SpectrumReport,
} from "../../../cli/spectrum/spectrum_report.ts";
import { spectrumSvg } from "../../../cli/spectrum/spectrum_svg.ts";
import { spectrumPlot, spectrumText } from "../../../cli/spectrum/spectrum_text.ts";
import { readSafetensors } from "../../../data/safetensors.ts";
import { assertEach } from "../../assert_each.ts";
import { projectFolder, runScript, runTask } from "../run_cli.ts";

const run = (...args: string[]) => runScript("tests/cli/fixture.ts", ["spectrum", ...args]);

Deno.test("spectrum has the interactions of the sample and 256 eigenpairs as its defaults", async () => {
  const { code, stdout, stderr } = await run();
  assertEquals(code, 0, stderr);
  assertEquals(JSON.parse(stdout), {
    ...{ dataset: "sample", dataDirectory: "datasets", graph: "interactions", neighbours: 10 },
    ...{ eigenpairs: 256, bands: 3, tolerance: 1e-5, seed: 0, adapter: "auto", json: false },
    ...{ block: 16, restarts: 60 },
  });
  const given = await run("--basis", "300", "--block", "8", "--restarts", "9");
  const { basis, block, restarts } = JSON.parse(given.stdout);
  assertEquals([basis, block, restarts], [300, 8, 9]);
});

Deno.test("spectrum refuses values out of range, and flags that would do nothing", async () => {
  const cases: [string[], string][] = [
    [["--eigenpairs", "0"], "eigenpairs"],
    [["--eigenpairs", "many"], "eigenpairs"],
    [["--bands", "17"], "bands"],
    [["--block", "6"], "block"],
    [["--neighbours", "5"], "Cannot use --neighbours with the interaction graph"],
    [["--out", "vectors.npy"], "expected a name that ends with .safetensors, .csv, .json"],
  ];
  for (const [args, text] of cases) {
    const { code, stdout, stderr } = await run(...args);
    assertEquals([code, stdout], [2, ""], stderr);
    assertStringIncludes(stderr, text);
  }
});

Deno.test("bandReports() cuts frequencies in equal widths, with empty bands", () => {
  assertEquals(bandReports([1, 0.95, 0.1, 0], 3), [
    { first: 0, end: 2, lowest: 0, highest: 1 - 0.95 },
    { first: 2, end: 2 },
    { first: 2, end: 4, lowest: 0.9, highest: 1 },
  ]);
  assertEquals(bandReports([1], 2), [{ first: 0, end: 0 }, {
    first: 0,
    end: 1,
    lowest: 0,
    highest: 0,
  }]);
});

Deno.test("bandReports() keeps the copies of a repeated eigenvalue in one band", () => {
  // The border is at 0.8, and rounding puts one copy above it and one below.
  const eigenvalues = [1, 0.8 + 1e-8, 0.8, 0.8 - 1e-8, 0.6];
  assertEquals(bandReports(eigenvalues, 2).map(({ first, end }) => [first, end]), [[0, 4], [4, 5]]);
  const alike = [1, 1 - 1e-9, 1 - 2e-9];
  assertEquals(bandReports(alike, 2).map(({ first, end }) => [first, end]), [[0, 3], [3, 3]]);
});

Deno.test("modalityReport() shares out all of the energy", () => {
  const bands = bandReports([1, 0.9, 0.2, 0], 2);
  const report = modalityReport("image", [2, 1, 1, 0], 8, bands);
  assertEquals(report.bands, [0.375, 0.125]);
  assertEquals(report.remainder, 0.5);
  // The half is reached with the last eigenpair that has energy.
  assertEquals(report.equal_energy_borders, [2]);
  assertEquals(modalityReport("image", [1, 1, 0, 0], 8, bands).equal_energy_borders, [4]);
});

Deno.test("modalityReport() of features without energy, and of a sum that rounding raises", () => {
  const bands = bandReports([1, 0.5], 2);
  const nothing = modalityReport("image", [0, 0], 0, bands);
  assertEquals([nothing.bands, nothing.remainder], [[0, 0], 0]);
  assertEquals(nothing.equal_energy_borders, [2]);
  assertEquals(modalityReport("image", [5, 5.000001], 10, bands).remainder, 0);
});

const report: SpectrumReport = {
  ...{ dataset: "shop", graph: "interactions", nodes: 1200, edges: 1, components: 2 },
  eigenvalues: [1.0000000000000002, 1, ...Array.from({ length: 60 }, (_, k) => 0.9 - k / 100)],
  residuals: new Array(62).fill(2e-7),
  ...{ orthogonality: 3e-7, operator: "gram", method: "lanczos", restarts: 1, products: 1100 },
  ...{ seconds: 1.26, kept: false, adapter: "a device" },
  bands: [
    { first: 0, end: 2, lowest: -1e-16, highest: 0 },
    { first: 2, end: 2 },
    { first: 2, end: 62, lowest: 0.1, highest: 0.69 },
  ],
  modalities: [{
    name: "a<b",
    bands: [0.25, 0, 0.5],
    remainder: 0.25,
    eigenpairs: [0.125, 0.125, 0.5, ...new Array(59).fill(0)],
    equal_energy_borders: [2, 62],
  }],
};

Deno.test("spectrumText() says what was found, how well, and where energy is", () => {
  const text = spectrumText(report);
  for (
    const line of [
      "shop, interactions: 1,200 nodes, 1 edge, 2 components with edges; a device\n",
      "62 eigenpairs of Â = D^-½ A D^-½, found by block Lanczos on the smaller side with 1 restart " +
      "and 1,100 products, in 1.3 s\n",
      "largest residual ‖Âv−λv‖ 2.0e-7, largest entry of |VᵀV−I| 3.0e-7\n",
      "  1.000000 ×2  0.900000  0.890000",
      "  … 29 more eigenvalues: --json and --out have all …\n",
      "  band    frequency         eigenpairs     a<b\n",
      "  0       0.0000 to 0.0000           2  25.0 %\n",
      "  1       empty                      0   0.0 %\n",
      "  beyond  above 0.6900                  25.0 %\n",
      "3 bands of equal energy would meet after this many eigenpairs\n  a<b     2, all\n",
    ]
  ) assertStringIncludes(text, line);
  assert(text.endsWith("\n") && !text.includes("NaN") && !text.includes("-0.0000"));
  assertStringIncludes(spectrumText({ ...report, kept: true }), "in 1.3 s, in an earlier run\n");
  assertStringIncludes(
    spectrumText({ ...report, modalities: [] }),
    "no features to show the energy of",
  );
});

Deno.test("spectrumPlot() draws one eigenvalue, and many", () => {
  for (const count of [1, 2, 63, 64, 65, 300]) {
    const plot = spectrumPlot(Array.from({ length: count }, (_, k) => 1 - k / 400));
    const lines = plot.trimEnd().split("\n");
    assertEquals(lines.length, 15);
    assertStringIncludes(lines[1], "  1.0000 │█");
    assertEquals(lines[13].length, 10 + Math.min(64, count));
    assertEach(lines, (line) => line.length <= 80, "at most 80 wide", "lines");
  }
});

Deno.test("spectrumSvg() is well-formed, names escaped, with a line a modality", () => {
  for (const some of [report, { ...report, modalities: [] }]) {
    const svg = spectrumSvg(some);
    assert(!svg.includes("NaN") && !svg.includes("a<b"));
    const opened = svg.match(/<(svg|text)[ >]/g)!.length;
    assertEquals(svg.match(/<\/(svg|text)>/g)!.length, opened);
    assertEquals(svg.match(/<polyline/g)!.length, 1 + some.modalities.length);
  }
  const one = spectrumSvg({ ...report, eigenvalues: [1], bands: [{ first: 0, end: 1 }] });
  assert(!one.includes("NaN") && !one.includes("Infinity"));
});

Deno.test("spectrum finds, writes and plots the spectrum of the sample", async () => {
  const cache = `${projectFolder}.cache`;
  await Deno.mkdir(cache, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: cache });
  const file = (name: string) => `${folder}/${name}`;
  const args = ["spectrum", "--eigenpairs", "12", "--graph", "text", "--bands", "2"];
  const first = await runTask([...args, "--json", "--out", file("a.safetensors")], {
    INIT_CWD: folder,
  });
  assertEquals(first.code, 0, first.stderr);
  const found: SpectrumReport = JSON.parse(first.stdout);
  assertEquals([found.graph, found.nodes, found.eigenvalues.length], ["text", 600, 12]);
  assertAlmostEquals(found.eigenvalues[0], 1, 1e-6);
  assertEach(found.residuals, (residual) => residual <= 1e-5, "at most 1e-5", "residuals");
  assert(found.orthogonality <= 1e-4, `orthogonality ${found.orthogonality}`);
  for (const { name, bands, remainder } of found.modalities) {
    assertAlmostEquals(bands.reduce((sum, share) => sum + share, remainder), 1, 1e-6, name);
  }
  const { tensors } = await readSafetensors(file("a.safetensors"));
  assertEquals(tensors.get("vectors")!.shape, [600, 12]);
  assertEquals(Array.from(tensors.get("values")!.values), found.eigenvalues);
  const second = await runTask([...args, "--out", "b.csv", "--plot", "b.svg"], {
    INIT_CWD: folder,
  });
  assertEquals(second.code, 0, second.stderr);
  assertStringIncludes(second.stdout, "12 eigenpairs of Â");
  assertStringIncludes(second.stdout, ", in an earlier run");
  const table = (await Deno.readTextFile(file("b.csv"))).trimEnd().split("\n");
  assertEquals([table.length, table[0]], [13, "eigenpair,eigenvalue,frequency,residual"]);
  assert((await Deno.readTextFile(file("b.svg"))).startsWith("<svg "));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("spectrum says what is wrong with a graph, and how many eigenpairs there are", async () => {
  const cases: [string[], number, string][] = [
    [["--graph", "imag"], 2, 'next: Did you mean "image"?'],
    [["--graph", "smell"], 2, "the modalities image, text"],
    [["--eigenpairs", "20", "--restarts", "0"], 1, "of 20 eigenpairs"],
    [["--eigenpairs", "20", "--basis", "30"], 2, "a basis of 30 columns is too small"],
    [["--eigenpairs", "1801"], 2, "Ask for at most 1800: --eigenpairs 1800"],
    [["--dataset", "nowhere"], 3, 'Cannot find the dataset "nowhere"'],
  ];
  for (const [args, code, text] of cases) {
    const outcome = await runTask(["spectrum", ...args]);
    assertEquals([outcome.code, outcome.stdout], [code, ""], outcome.stderr);
    assertStringIncludes(outcome.stderr, text);
    assert(!outcome.stderr.includes("    at "), outcome.stderr);
  }
});

Deno.test("cutReport() says how far a figure can move where a repeated eigenvalue comes last", () => {
  const image = modalityReport("image", [2, 1, 1, 1], 8, bandReports([1, 0.5, 0.5, 0.5], 1));
  const values = [1, 0.5, 0.5, 0.5];
  assertEquals(cutReport(values, 0.5, 1e-5, [image]), {
    ...{ eigenvalue: 0.5, times: 3 },
    shares: { image: [0.375, 0.75] },
  });
  // One of its eigenvectors may be all that was found.
  assertEquals(cutReport([1, 0.7, 0.6, 0.5], 0.5, 1e-5, [image])!.times, 1);
  for (const next of [0.4999, 0.25, -1, -Infinity]) {
    assertEquals(cutReport(values, next, 1e-5, [image]), undefined);
  }
  const cut = cutReport(values, 0.5, 1e-5, [image]);
  const text = spectrumText({ ...report, cut });
  assertStringIncludes(text, "The last eigenvalue, 0.500000, is repeated (×3 found)");
  assertStringIncludes(text, "image: 37.5 % here, up to 75.0 % with all of them");
});
