/**
 * Compares variants of kernels in whole training steps: a program for each, in one process and in turns, so that
 * a busy machine weighs on all alike. Prints CPU milliseconds of all threads a step, the ratios of pairs to the
 * first variant, and whether the parameters are the same to the bit in the end.
 *
 * Usage: deno run --allow-read --allow-env=LP_NUM_THREADS bench/step_variants.ts --dataset tiktok
 *   --data-dir ../shared/data --model lightgcn --variants sparseProducts=subgroups,products=subgroups
 *   --variants sparseProducts=textures,products=textures --steps 4 --rounds 10
 *
 * `--variants` names a variant for families of gpu/kernel_choices.ts; the others stay as the device has them.
 *
 * @module
 */
import { cpuUsage } from "node:process";
import { readDataset } from "../data/folder.ts";
import { openGpu } from "../gpu/device.ts";
import { kernelFamilies, kernelVariants, withKernels } from "../gpu/kernel_choices.ts";
import { megabytes, Memory } from "../gpu/memory.ts";
import { readFloats } from "../gpu/readback.ts";
import { shareCores } from "../gpu/software_threads.ts";
import { isTrained, trainedSettings } from "../models/define_model.ts";
import { presetFor } from "../models/presets.ts";
import { modelNamed } from "../models/registry.ts";
import { beginEpoch, buildTrainingStep } from "../training/session.ts";
import { benchArguments } from "./bench_arguments.ts";
import { quartiles } from "./quartiles.ts";

const { values } = benchArguments(import.meta.url, {
  options: {
    dataset: { type: "string", default: "sample" },
    "data-dir": { type: "string", default: "datasets" },
    model: { type: "string", default: "lightgcn" },
    variants: { type: "string", multiple: true, default: [] },
    steps: { type: "string", default: "4" },
    rounds: { type: "string", default: "10" },
  },
});
if (values.variants.length < 2) throw new Error("expected --variants twice, to compare two");
const [steps, rounds] = [Number(values.steps), Number(values.rounds)];
const definition = modelNamed(values.model);
if (!isTrained(definition)) throw new Error(`"${values.model}" is not trained`);
const settings = trainedSettings(definition, {
  ...presetFor(values.dataset, definition.name)?.settings,
});
const dataset = await readDataset(`${values["data-dir"]}/${values.dataset}`);
shareCores();
const gpu = await openGpu("auto");

/** A step of training by some variants, and what it has taken. */
const sideOf = async (name: string) => {
  const choices = Object.fromEntries(
    name.split(",").map((choice) => {
      const [family, variant] = choice.split("=");
      const known = kernelFamilies.find((one) => one === family);
      if (known && kernelVariants[known].some((one) => one === variant)) return [family, variant];
      throw new Error(`unknown variant "${choice}"; there are ${JSON.stringify(kernelVariants)}`);
    }),
  );
  const memory = new Memory(withKernels(gpu, { ...gpu.kernels, ...choices }), { reuse: true });
  const model = await definition.build({ memory, dataset, settings, seed: 0, note: () => {} });
  const step = buildTrainingStep(memory, model, dataset, settings);
  for (const { allocation } of model.parameters) memory.keep(allocation);
  await step.program.compile();
  beginEpoch(memory, step, { seed: 0, epoch: 0, epochStep: 0 }, settings);
  return { name, memory, model, step, milliseconds: [] as number[] };
};

const sides: Awaited<ReturnType<typeof sideOf>>[] = [];
for (const name of values.variants) sides.push(await sideOf(name));
const [first] = sides;
for (let round = 0; round <= rounds; round++) {
  for (const { memory, step, milliseconds } of round % 2 ? sides.toReversed() : sides) {
    await readFloats(memory, step.record, 1);
    const from = cpuUsage();
    for (let n = 0; n < steps; n++) step.program.submit();
    await readFloats(memory, step.record, 1);
    const { user, system } = cpuUsage(from);
    // The first round is to warm up.
    if (round > 0) milliseconds.push((user + system) / 1000 / steps);
  }
}

const parametersOf = async ({ memory, model }: typeof sides[number]) =>
  await Promise.all(model.parameters.map(({ allocation }) => readFloats(memory, allocation)));
const expected = await parametersOf(first);
console.log(
  `${definition.name} on ${dataset.name}, "${gpu.name}": ${rounds} rounds of ${steps} steps, CPU ms a step`,
);
for (const side of sides) {
  const ratio = quartiles(side.milliseconds.map((one, n) => one / first.milliseconds[n]));
  const isSame = (await parametersOf(side)).every((numbers, n) =>
    numbers.every((number, place) => Object.is(number, expected[n][place]))
  );
  console.log(
    `${side.name}: ${quartiles(side.milliseconds).median.toFixed(1)}, ratio ` +
      `${ratio.median.toFixed(2)} (${ratio.lower.toFixed(2)}–${ratio.upper.toFixed(2)}), ` +
      `${megabytes(side.memory.bytes)}, parameters ${isSame ? "the same" : "others"}`,
  );
}
await gpu.close();
