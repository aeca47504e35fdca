import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { DataError, UsageError } from "../../../errors.ts";
import { studies, studyNamed } from "../../../lab/study/studies.ts";
import { planStudy } from "../../../lab/study/study_grid.ts";
import { parseStudyFile } from "../../../lab/study/study_file.ts";
import { transformed } from "../../../lab/study/transformation.ts";

const folder = await Deno.makeTempDir();
const sample = await readDataset(`${folder}/sample`);
await Deno.remove(folder, { recursive: true });
/** TikTok's name, for which there are published settings, and the sample's data. */
const tiktok = { ...sample, name: "tiktok" };

const asked = (name: string, dataset = sample, settings = {}) => ({
  study: studyNamed(name),
  data: [{ dataset, dataDirectory: "datasets" }],
  settings,
  epochs: 2,
  seeds: 2,
});

for (const { name } of studies) {
  Deno.test(`the study "${name}" is a grid that its models accept`, () => {
    for (const dataset of [sample, tiktok]) {
      const [{ variants, trials }] = planStudy(asked(name, dataset));
      const names = variants.map((variant) => variant.name);
      assertEquals(new Set(names).size, names.length);
      assertEquals(trials.length, 2 * variants.length);
      assertEquals(trials.map(({ step }) => step.number), [...trials.keys()]);
      for (const { baseline } of variants) {
        assert(baseline === undefined || names.includes(baseline));
      }
    }
  });
}

Deno.test("modalities knocks each out, and cuts up to four", () => {
  const [{ variants, notes }] = planStudy(asked("modalities"));
  assertEquals(variants.map(({ name, x }) => [name, x]), [
    ["all: image + text", 2],
    ["image", 1],
    ["text", 1],
    ["cut in 3", 3],
    ["cut in 4", 4],
  ]);
  assertMatch(
    notes![0],
    /^The dataset has 2 modalities: image, text\. .*3 are image_a, image_b, text; 4 are /,
  );
  const one = { ...sample, modalities: sample.modalities.slice(0, 1) };
  const [alone] = planStudy(asked("modalities", one));
  assertEquals(alone.variants.map(({ x }) => x), [1, 2, 3, 4]);
  const four = transformed(sample, { split: ["image", "text"] }, 0);
  const [all] = planStudy(asked("modalities", four));
  assertEquals([all.variants.length, all.notes], [9, []]);
});

Deno.test("bins goes up to all that there are", () => {
  const names = (settings: Record<string, unknown>) =>
    planStudy(asked("bins", sample, settings))[0].variants.map(({ name }) => name);
  assertEquals(names({}), [
    ...["all 9", "keep_bins=1", "keep_bins=2", "keep_bins=4", "keep_bins=8"],
  ]);
  assertEquals(names({ dim: "8" })[0], "all 5");
});

Deno.test("planStudy() takes published settings, and what is asked for over them", () => {
  const [{ trials }] = planStudy(asked("denoise", tiktok, { layers: "2" }));
  const { settings } = trials[2].step.trial;
  assertEquals([settings.standardise, settings.layers, settings.denoiser], [true, 2, "attention"]);
});

Deno.test("planStudy() refuses what a study sets itself, and what models do not know", () => {
  const set = assertThrows(
    () => planStudy(asked("denoise", sample, { denoiser: "none" })),
    UsageError,
    'Cannot set "denoiser": the study "denoise" sets it itself',
  );
  assert(set.nextStep?.startsWith("Leave"));
  assertThrows(() => planStudy(asked("bins", sample, { dims: 3 })), UsageError, '"dims"');
  const own = (file: Record<string, unknown>) =>
    planStudy({ ...asked("bins"), study: parseStudyFile(JSON.stringify(file), "own.json") });
  assertThrows(
    () => own({ model: "bpr", vary: { reg: [-1] } }),
    UsageError,
    'of the variant "reg=-1" of the study "own"',
  );
  // A model without training is the same with every seed, unless its data follow from it.
  const alphas = { model: "gfcf", vary: { alpha: [1, 2] } };
  assertEquals(own(alphas)[0].trials.map(({ step }) => step.trial.seed), [0, 0]);
  const noisy = { name: "noise", model: "mmgf", data: { noise: { snr: 0, correlation: 0 } } };
  assertEquals(own({ model: "gfcf", variants: [{ name: "a" }, noisy] })[0].trials.length, 3);
  assertThrows(() => own({ model: "bprr", vary: { reg: [1] } }), UsageError, "bprr");
  assertThrows(
    () => own({ model: "bpr", vary: { reg: [1] }, axes: { y: "loss" } }),
    UsageError,
    'its y axis is "loss"',
  );
  assertThrows(
    () => own({ model: "bpr", variants: [{ name: "a", data: { modalities: ["sound"] } }] }),
    UsageError,
    'Cannot use the modality "sound"',
  );
});

Deno.test("planStudy() refuses a dataset without features where a model needs them", () => {
  const without = { ...sample, modalities: [] };
  for (const name of ["modalities", "noise", "denoise", "bands"]) {
    assertThrows(() => planStudy(asked(name, without)), DataError, "needs features");
  }
  const study = parseStudyFile('{"model": "bpr", "vary": {"dim": [8]}}', "own.json");
  assertEquals(planStudy({ ...asked("bins", without), study })[0].trials.length, 2);
});

Deno.test("studyNamed() refuses an unknown name with the nearest", () => {
  const error = assertThrows(() => studyNamed("denose"), UsageError, '"denose"');
  assertEquals(error.nextStep, 'Did you mean "denoise"?');
});

Deno.test("ablations weigh the losses of models as published, whatever their defaults are", () => {
  const { variants } = studyNamed("ablations").gridOf(sample, {});
  const settingsOf = (name: string) => variants.find((variant) => variant.name === name)?.settings;
  assertEquals(settingsOf("fitmm"), { ib_weight: 1 });
  assertEquals(settingsOf("fitmm without bands"), { ib_weight: 1, bands: 1 });
  assertEquals(settingsOf("ssr"), { mask_weight: 1e-3, alignment_weight: 1e-4 });
});
