/**
 * Every trained model, small, for tests of what all of them have to keep.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { readDataset } from "../../data/folder.ts";
import type { Memory } from "../../gpu/memory.ts";
import type { Model } from "../../models/model.ts";
import { isTrained, trainedSettings } from "../../models/define_model.ts";
import { models } from "../../models/registry.ts";
import type { Settings } from "../../models/settings.ts";
import type { trainingSettings } from "../../models/training_settings.ts";

/** A model with settings. */
export interface TrainedCase {
  /** Which model, and which of its variants. */
  readonly name: string;
  /** What it is trained on: the sample. */
  readonly dataset: Dataset;
  /** Its settings; the last batch of an epoch is a short one. */
  readonly settings: Settings<typeof trainingSettings>;
  /** Plans the model. */
  build(memory: Memory): Promise<Model>;
}

const folder = await Deno.makeTempDir();
const dataset = await readDataset(`${folder}/sample`);
await Deno.remove(folder, { recursive: true });

/** Variants whose programs have other kernels than the usual ones. */
const variants: Record<string, Record<string, string | number>[]> = {
  // Fewer items in a batch than there are.
  freedom: [{}, { batch: 200 }],
  fitmm: [{}, { ib: "wiener" }],
  smore: [{}, { denoiser: "attention" }, { denoiser: "graph" }],
  ssr: [
    { decomposition: "chebyshev", operator: "ghsno" },
    { decomposition: "gft", operator: "cp", output: "aggregate" },
    { decomposition: "smooth", operator: "none", consistency: "prediction" },
  ],
};

/** Losses that are left out by default, and have kernels of their own. */
const losses: Record<string, Record<string, number>> = {
  ssr: { mask_weight: 1e-3, alignment_weight: 1e-4 },
};

/** Every trained model. */
export const trainedCases: TrainedCase[] = models.filter(isTrained).flatMap((definition) =>
  (variants[definition.name] ?? [{}]).map((variant): TrainedCase => {
    const settings = trainedSettings(definition, {
      ...{ dim: 16, batch: 1000 },
      ...losses[definition.name],
      ...variant,
    });
    return {
      name: [definition.name, ...Object.values(variant)].join(" "),
      dataset,
      settings,
      build: async (memory) => await definition.build({ memory, dataset, settings, seed: 1 }),
    };
  })
);
