/**
 * Trains an epoch for each line of stdin, and prints what it took: what `bench-peers` runs beside PyTorch's
 * (bench/pytorch/), by the same protocol.
 *
 * Usage: deno run --no-prompt --allow-read --allow-env=LP_NUM_THREADS bench/told_training.ts
 *   FOLDER MODEL SETTINGS_JSON cpu|gpu
 *
 * @module
 */
import process from "node:process";
import { reportError } from "../cli/common/report_error.ts";
import { readDataset } from "../data/folder.ts";
import { openGpu } from "../gpu/device.ts";
import { shareCores } from "../gpu/software_threads.ts";
import { isTrained, trainedSettings } from "../models/define_model.ts";
import { modelNamed } from "../models/registry.ts";
import { Training } from "../training/training.ts";
import type { EpochMeasurement } from "./peer_process.ts";

/** Trains as it is told, until stdin ends. */
async function trainAsTold([folder, model, given, adapter]: readonly string[]): Promise<void> {
  const definition = modelNamed(model);
  if (!isTrained(definition)) throw new Error(`"${model}" is not trained`);
  const dataset = await readDataset(folder);
  shareCores();
  const gpu = await openGpu(adapter === "cpu" ? "cpu" : "gpu");
  const settings = trainedSettings(definition, JSON.parse(given));
  const training = await Training.plan({
    ...{ gpu, dataset, definition, settings, seed: 0 },
    // Those that are told.
    epochs: Infinity,
  });
  await training.compile();
  console.log(
    JSON.stringify({ program: `Bandpass on Deno ${Deno.version.deno}`, where: gpu.name }),
  );
  const epochs = training.bareEpochs();
  const newline = 10;
  for await (const bytes of Deno.stdin.readable) {
    for (const byte of bytes) {
      if (byte !== newline) continue;
      const before = process.cpuUsage();
      const { seconds, line } = (await epochs.next()).value;
      const { user, system } = process.cpuUsage(before);
      const epoch: EpochMeasurement = {
        seconds,
        processor: (user + system) / 1e6,
        loss: line.loss,
      };
      console.log(JSON.stringify(epoch));
    }
  }
  training.close();
  await gpu.close();
}

try {
  await trainAsTold(Deno.args);
} catch (error) {
  Deno.exit(reportError(error));
}
