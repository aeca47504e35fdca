/**
 * Models with initial parameters that tests rank and recommend by.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { modelNamed } from "../../models/registry.ts";
import type { SettingValue } from "../../models/settings.ts";
import type { ScoredModel } from "../../evaluation/scored_model.ts";
import { loadModel } from "../../recommender/loaded_model.ts";
import { testGpu } from "../gpu/test_gpu.ts";

/** Which model, with what settings. */
export interface Choice {
  readonly model: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly seed: number;
}

/** Loads a model, hands it out, and gives its memory back. */
export async function withModel<T>(
  dataset: Dataset,
  { model, settings, seed }: Choice,
  use: (scored: ScoredModel) => Promise<T>,
): Promise<T> {
  const plan = { gpu: await testGpu(), dataset, definition: modelNamed(model), settings, seed };
  const { scored } = await loadModel(plan);
  try {
    return await use(scored);
  } finally {
    scored.memory.destroy();
  }
}
