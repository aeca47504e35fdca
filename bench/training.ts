/**
 * Measures training: seconds a step and an epoch, dispatches and submits a step, memory, and the
 * time of each kernel where the device has timestamps, and of the slowest launches.
 *
 * Usage: ./bandpass bench-training --dataset baby --data-dir ../shared/data --model lightgcn
 *   --preset baby --set layers=2 --epochs 2 --launches 10
 *
 * @module
 */
import { collectAssignment } from "../cli/common/set_option.ts";
import { readDataset } from "../data/folder.ts";
import { UsageError } from "../errors.ts";
import { openGpu } from "../gpu/device.ts";
import { shareCores } from "../gpu/software_threads.ts";
import { megabytes } from "../gpu/memory.ts";
import { sumByKernel } from "../gpu/profile.ts";
import { presetFor } from "../models/presets.ts";
import { isTrained, trainedSettings } from "../models/define_model.ts";
import { modelNamed } from "../models/registry.ts";
import { Training } from "../training/training.ts";
import { benchArguments, count } from "./bench_arguments.ts";

const { values } = benchArguments(import.meta.url, {
  options: {
    dataset: { type: "string", default: "sample" },
    "data-dir": { type: "string", default: "datasets" },
    model: { type: "string", default: "lightgcn" },
    preset: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
    epochs: { type: "string", default: "3" },
    launches: { type: "string" },
  },
});
const definition = modelNamed(values.model);
if (!isTrained(definition)) {
  throw new UsageError(
    `Cannot measure training of "${values.model}": it is computed without`,
    "Give --model lightgcn, or another that is trained",
  );
}
const epochs = count("epochs", values.epochs);
const launches = values.launches === undefined ? 0 : count("launches", values.launches);
const assignments = values.set.reduce<Record<string, string>>(
  (all, assignment) => collectAssignment(assignment, all),
  {},
);
// As train resolves them: what is said here over the preset, or over the model's own for the sample.
const preset = presetFor(values.dataset, definition.name, values.preset);
const settings = trainedSettings(definition, { ...preset?.settings, ...assignments });
const dataset = await readDataset(`${values["data-dir"]}/${values.dataset}`);
shareCores();
const gpu = await openGpu("auto");
console.log(`${definition.name} on ${dataset.name}, "${gpu.name}"`);
const started = performance.now();
const training = await Training.plan({ gpu, dataset, definition, settings, seed: 0, epochs });
const planned = performance.now();
await training.compile();
const compiled = performance.now();
console.log(
  `seconds before the first epoch: ${((planned - started) / 1000).toFixed(2)} to plan, with ` +
    `graphs, ${((compiled - planned) / 1000).toFixed(2)} to compile`,
);
console.log(
  `${training.stepsPerEpoch} steps an epoch, ${training.dispatchesPerStep} dispatches and ` +
    "1 submit a step, no readback inside an epoch",
);
const seconds: number[] = [];
for await (const epoch of training.bareEpochs()) {
  if (seconds.push(epoch.seconds) === epochs) break;
}
const best = Math.min(...seconds);
console.log(`seconds an epoch: ${seconds.map((one) => one.toFixed(4)).join(", ")}`);
console.log(`best epoch: ${(1000 * best / training.stepsPerEpoch).toFixed(2)} ms a step`);
console.log(
  `memory: ${megabytes(training.memory.bytes)} planned on the device, ` +
    `${megabytes(Deno.memoryUsage().rss)} resident in the process`,
);
if (gpu.timestamps) {
  const launchTimes = await training.profileStep();
  const times = sumByKernel(launchTimes);
  const total = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  console.log(`\nkernels of a step, ${total.toFixed(2)} ms in all:`);
  for (const { kernel, launches, milliseconds } of times) {
    const share = (100 * milliseconds / total).toFixed(1);
    console.log(
      `${kernel.padEnd(32)}${String(launches).padStart(4)} launches` +
        `${milliseconds.toFixed(3).padStart(10)} ms${share.padStart(7)} %`,
    );
  }
  const slowest = launchTimes
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, launches);
  if (slowest.length > 0) console.log("\nthe slowest launches:");
  for (const { launch, milliseconds } of slowest) {
    console.log(`${milliseconds.toFixed(3).padStart(10)} ms  ${launch}`);
  }
}
training.close();
await gpu.close();
