/**
 * What a model without training reaches on validation, so that nobody trains for an hour what seconds beat.
 * It chooses nothing, and the test split is not looked at.
 *
 * @module
 */
import manifest from "../deno.json" with { type: "json" };
import { type ContentHashes, contentHashes } from "../data/content_hashes.ts";
import type { Dataset } from "../data/dataset.ts";
import { sha256 } from "../data/sha256.ts";
import { refuseAborted } from "../errors.ts";
import { metricsFromRanks } from "../evaluation/metrics.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { ownKernels } from "../gpu/kernel_choices.ts";
import { type GraphCache, keptAlready, keptOrComputed } from "../graph/kept_file.ts";
import type { ComputedDefinition } from "../models/define_model.ts";
import { mmgf } from "../models/mmgf/mmgf.ts";
import { resolveSettings } from "../models/settings.ts";
import { turbocf } from "../models/turbocf/turbocf.ts";
import { withDrawnUsers } from "../training/validation_users.ts";
import { stoppingMetric } from "../training/training_result.ts";
import { loadModel } from "./loaded_model.ts";

/** What was measured. */
export interface Yardstick {
  /** The model, computed with its defaults. */
  readonly model: string;
  /** Its Recall@20 on the validation split. */
  readonly recall: number;
}

/** What it is measured of, and where. */
export interface YardstickJob {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset. */
  readonly dataset: Dataset;
  /** Makes the hashes of the dataset (default: of it as it is now). */
  readonly hashes?: () => ContentHashes;
  /** How many users validation ranks, and the seed that they are drawn by (default: all). */
  readonly ranked?: { readonly evalUsers?: number; readonly seed: number };
  /** Where it is kept between runs, by the hash of the data. */
  readonly cache?: GraphCache;
  /** Whether it is taken from there alone, and not computed (default: it is). */
  readonly isKeptOnly?: boolean;
  /** Ends it early. */
  readonly signal?: AbortSignal;
}

/** Multiplications that two CPU cores do in some ten seconds: more would not be worth the wait. */
const mostDense = 2e11;
const mostSparse = 5e9;

/**
 * The model without training that a dataset is measured by: MMGF, without features or with very many Turbo-CF,
 * which is the same by interactions alone.
 *
 * @param dataset The dataset.
 * @returns The model; nothing where it would take minutes, or there are no validation rows.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { yardstickModel } from "./yardstick.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * yardstickModel(dataset)?.name; // "mmgf"
 * ```
 */
export function yardstickModel(
  { train, valid, users, items, modalities }: Dataset,
): ComputedDefinition | undefined {
  const degrees = new Uint32Array(users);
  for (const user of train.users) degrees[user]++;
  // Each user adds a product for every pair of their items to XᵀX.
  const sparse = degrees.reduce((sum, degree) => sum + degree * degree, 0);
  if (valid.users.length === 0 || sparse > mostSparse) return undefined;
  const columns = modalities.reduce((sum, modality) => sum + modality.columns, 0);
  return columns > 0 && items * items * columns <= mostDense ? mmgf : turbocf;
}

/**
 * Measures it.
 *
 * @param job What, and where.
 * @returns What was measured; nothing where {@linkcode yardstickModel} has no model, or it is not to be computed.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function measureYardstick(job: YardstickJob): Promise<Yardstick | undefined> {
  const { gpu, dataset, cache, signal, hashes = () => contentHashes(dataset) } = job;
  const definition = yardstickModel(dataset);
  if (definition === undefined) return undefined;
  const { evalUsers, seed = 0 } = job.ranked ?? {};
  const ranked = withDrawnUsers(dataset, evalUsers, seed);
  const settings = resolveSettings(definition.settings, { search: "none" });
  const { name: model } = definition;
  const describe = () => {
    const data = hashes();
    const drawn = ranked === dataset ? {} : { evalUsers, seed };
    const device = { adapter: gpu.name, bandpass: manifest.version, kernels: ownKernels(gpu) };
    const made = { data, model, settings, ...device, ...drawn };
    return Promise.resolve({
      name: `yardstick-${sha256([JSON.stringify(made)])}`,
      what: "yardstick",
      announcement: `Computing ${model} as a yardstick`,
      encode: (recall: number) => ({ metadata: { recall: String(recall) }, tensors: new Map() }),
      decode: ({ metadata }: { readonly metadata: Readonly<Record<string, string>> }) => {
        const recall = Number(metadata.recall);
        return recall >= 0 && recall <= 1 ? recall : undefined;
      },
    });
  };
  if (job.isKeptOnly) {
    const known = cache && await keptAlready(cache, await describe());
    return known === undefined ? undefined : { model, recall: known };
  }
  const recall = await keptOrComputed(cache, describe, async () => {
    const plan = { gpu, dataset: ranked, definition, settings, seed: 0, cache, signal };
    const loaded = await loadModel(plan);
    try {
      return metricsFromRanks(await loaded.scored.rank("valid", "train", signal))[stoppingMetric];
    } finally {
      loaded.scored.memory.destroy();
    }
  });
  refuseAborted(signal);
  return { model, recall };
}
