/**
 * The settings that Bandpass and PyTorch train a model with: those of the dataset's preset.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { UsageError } from "../errors.ts";
import { graphWeightsOf, neighboursOf } from "../models/backbone/feature_tables.ts";
import { type TrainedDefinition, trainedSettings } from "../models/define_model.ts";
import { presets, presetSettings } from "../models/presets.ts";

/** The settings of a training, once in the words of each. */
export interface PeerSettings {
  /** Where they come from. */
  readonly source: string;
  /** By name, as Bandpass takes them. */
  readonly ours: Readonly<Record<string, unknown>>;
  /** The same, with what is said of modalities as a number for each. */
  readonly theirs: Readonly<Record<string, unknown>>;
}

/** What of a model's settings bench/pytorch/ does without; it refuses other choices than its own itself. */
const ownAlone = (dataset: Dataset): Record<string, (value: number) => boolean> => ({
  feature_dim: (value) => value > 0,
  item_layers: (value) => value === 0,
  user_layers: (value) => value > 0 && dataset.userFeatures !== undefined,
});

/**
 * The settings of both.
 *
 * @param definition The model.
 * @param dataset What it is trained on.
 * @param given The preset (default: the one of the dataset's name, where the model has it, or else the
 * model's defaults), and settings that stand above it.
 * @throws {UsageError} There is no such preset or setting.
 */
export function peerSettings(
  definition: TrainedDefinition,
  dataset: Dataset,
  given: { preset?: string; assignments: Readonly<Record<string, string>> },
): PeerSettings {
  const own = presets.find(({ name, model }) => name === dataset.name && model === definition.name);
  const preset = given.preset ?? own?.name;
  const settings: Record<string, unknown> = {
    ...trainedSettings(definition, {
      ...preset === undefined ? {} : presetSettings(preset, definition.name),
      ...given.assignments,
    }),
  };
  // On a CPU ours would align fewer rows than are published.
  if (settings.alignment_rows === 0) settings.alignment_rows = settings.batch;
  for (const [key, isThere] of Object.entries(ownAlone(dataset))) {
    if (!isThere(Number(settings[key] ?? NaN))) continue;
    throw new UsageError(
      `Cannot compare ${definition.name} with PyTorch's: that has nothing like ${key}=${
        settings[key]
      }`,
      `Give --set ${key}=${key === "item_layers" ? 1 : 0}`,
    );
  }
  const names = dataset.modalities.map(({ name }) => name);
  const { neighbours, graph_weights: weights } = settings;
  const byModality = {
    ...typeof neighbours === "string" && { neighbours: neighboursOf(neighbours, names) },
    ...typeof weights === "string" && { graph_weights: graphWeightsOf(weights, names) },
  };
  const numbers = Object.entries(byModality).map(([key, map]) => [key, Object.fromEntries(map)]);
  return {
    source: preset === undefined ? "defaults" : `preset ${preset}`,
    ours: settings,
    theirs: { ...settings, ...Object.fromEntries(numbers) },
  };
}
