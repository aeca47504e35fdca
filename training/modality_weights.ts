/**
 * What each modality is worth on a dataset: how well its item graph alone finds validation rows. Weights that a
 * paper found on its own datasets say nothing of another's modalities (methods.md, §1).
 *
 * @module
 */
import { transpose } from "../algebra/csr.ts";
import { type ContentHashes, contentHashes } from "../data/content_hashes.ts";
import type { Dataset } from "../data/dataset.ts";
import type { SafetensorsFile } from "../data/safetensors.ts";
import { sha256 } from "../data/sha256.ts";
import { CandidateRanking } from "../evaluation/candidate_ranking.ts";
import { metricsFromRanks } from "../evaluation/metrics.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { ownKernels } from "../gpu/kernel_choices.ts";
import { Memory } from "../gpu/memory.ts";
import { type GraphCache, keptOrComputed } from "../graph/kept_file.ts";
import {
  byValidation,
  featureSettings,
  preparedModalities,
} from "../models/backbone/feature_tables.ts";
import { meanGraphs, meanItemGraphSettings } from "../models/backbone/mean_item_graph.ts";
import type { TrainedDefinition } from "../models/define_model.ts";
import { sparsePart } from "../models/filters/score_part.ts";
import { resolveSettings } from "../models/settings.ts";
import type { Configuration } from "./configuration.ts";
import { withFewerUsers } from "./validation_users.ts";
import { stoppingMetric } from "./training_result.ts";

/** Raised when the same data would give other recalls. */
const format = "bandpass modality recalls 1";

/** What modalities are weighed for. */
export interface WeighingJob {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset. */
  readonly dataset: Dataset;
  /** Makes the hashes of the dataset (default: of it as it is now). */
  readonly hashes?: () => ContentHashes;
  /** The model. */
  readonly definition: TrainedDefinition;
  /** Its configuration. */
  readonly configuration: Configuration;
  /** Where graphs and recalls are kept between runs. */
  readonly cache?: GraphCache;
  /** Told of the weights. */
  readonly note?: (text: string) => void;
}

/**
 * Puts weights of modalities in the place of those that are left to validation: each has a weight in proportion
 * to the validation Recall@20 of its item graph alone, `R·S_mᵀ`.
 *
 * @param job What they are for.
 * @returns The configuration; as it was for a model without such weights, and for a dataset that cannot be trained.
 */
export async function withModalityWeights(job: WeighingJob): Promise<Configuration> {
  const { dataset, definition, configuration, note } = job;
  const { settings } = configuration;
  const isLeft = definition.settings.graph_weights === meanItemGraphSettings.graph_weights &&
    settings.graph_weights === byValidation;
  const names = dataset.modalities.map(({ name }) => name);
  if (!isLeft || names.length === 0 || dataset.valid.users.length === 0) return configuration;
  const recalls = names.length === 1 ? [1] : await modalityRecalls(job);
  const total = recalls.reduce((sum, recall) => sum + recall, 0);
  const weights = recalls.map((recall) =>
    (total === 0 ? 1 / names.length : recall / total).toFixed(2)
  );
  const listed = (between: string, after: string) =>
    names.map((name, n) => `${name}${between}${Number(weights[n])}`).join(after);
  if (names.length > 1) note?.(`Modality weights by validation: ${listed(" ", ", ")}`);
  return { ...configuration, settings: { ...settings, graph_weights: listed("=", ",") } };
}

/**
 * The validation Recall@20 of the item graph of each modality alone, in the order of the modalities.
 *
 * @param job What they are measured for.
 */
export async function modalityRecalls(
  { gpu, dataset, configuration, cache, hashes = () => contentHashes(dataset) }: WeighingJob,
): Promise<readonly number[]> {
  const given = Object.entries(configuration.settings)
    .filter(([key]) => Object.hasOwn(featureSettings, key));
  const settings = resolveSettings(featureSettings, Object.fromEntries(given));
  const { standardise, feature_dim, neighbours } = settings;
  const describe = () => {
    const found = { standardise, feature_dim, neighbours, kernels: ownKernels(gpu) };
    const key = { format, data: hashes(), ...found };
    return Promise.resolve({
      name: `modality-recalls-${sha256([JSON.stringify(key)]).slice(0, 32)}`,
      what: "recalls of modalities",
      announcement: "Weighing modalities by how well near items predict validation rows",
      encode: (recalls: readonly number[]): SafetensorsFile => {
        const values = Float64Array.from(recalls);
        return {
          metadata: { format },
          tensors: new Map([["recalls", { shape: [recalls.length], values }]]),
        };
      },
      decode: ({ metadata, tensors }: SafetensorsFile) => {
        const values = tensors.get("recalls")?.values;
        const fits = metadata.format === format && values instanceof Float64Array &&
          values.length === dataset.modalities.length &&
          values.every((recall) => recall >= 0 && recall <= 1);
        return fits ? [...values] : undefined;
      },
    });
  };
  return await keptOrComputed(cache, describe, async () => {
    const memory = new Memory(gpu, { reuse: true });
    try {
      const modalities = await preparedModalities({ dataset, memory, settings }, "");
      const graphs = await meanGraphs({ gpu, modalities, neighbours, cache });
      const parts = graphs.map((graph, n) =>
        sparsePart(memory, `${modalities[n].name} graph`, transpose(graph))
      );
      const weights = parts.map((_, n) => parts.map((_, other) => Number(other === n)));
      const sample = withFewerUsers(dataset);
      const ranking = new CandidateRanking(memory, sample, parts, weights.length);
      await ranking.compile();
      const ranks = await ranking.rank(weights);
      return ranks.map((heldOut) => metricsFromRanks(heldOut)[stoppingMetric]);
    } finally {
      memory.destroy();
    }
  });
}
