/**
 * The search for the settings of a model that is computed: each candidate is computed, and ranks the
 * validation split; the test split is not looked at.
 *
 * @module
 */
import { counted } from "../data/counts.ts";
import type { Dataset } from "../data/dataset.ts";
import { BandpassError, exitCodes, refuseAborted } from "../errors.ts";
import { CandidateRanking } from "../evaluation/candidate_ranking.ts";
import { metricsFromRanks } from "../evaluation/metrics.ts";
import { ScoredModel } from "../evaluation/scored_model.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import type { ComputedDefinition } from "../models/define_model.ts";
import type { ComputeProgress } from "../gpu/compute_observers.ts";
import type { SomeSettings } from "../models/search.ts";
import { resolveSettings, type Settings } from "../models/settings.ts";
import type { SharedWork } from "../models/shared_work.ts";
import { withFewerUsers } from "./validation_users.ts";
import { stoppingMetric, type TriedSettings } from "./training_result.ts";

/** What is searched. */
export interface SearchJob {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset. */
  readonly dataset: Dataset;
  /** The model. */
  readonly definition: ComputedDefinition;
  /** Its settings, but for those that are left to the search. */
  readonly settings: SomeSettings;
  /** The seed. */
  readonly seed: number;
  /** What candidates share. */
  readonly shared: SharedWork;
  /** Where item graphs and eigenpairs are kept. */
  readonly cache?: GraphCache;
  /** Told of the search and of each candidate. */
  readonly note?: (text: string) => void;
  /** Ends the search early. */
  readonly signal?: AbortSignal;
  /** Told how a long part of computing a candidate stands. */
  readonly onProgress?: (progress: ComputeProgress) => void;
}

/** What a search found. */
export interface FoundSettings {
  /** All settings of the model, the best of those that were tried; `search` is `none`. */
  readonly settings: SomeSettings;
  /** All that were tried, in their order. */
  readonly tried: readonly TriedSettings[];
}

/**
 * Searches for settings, part after part of what the model offers; of equal candidates the first is kept.
 *
 * @param job What is searched.
 * @throws {InterruptedError} The signal is aborted.
 * @throws {DataError} The dataset lacks what the model needs, or validation rows.
 * @throws {BandpassError} None of the candidates can be computed; the first one's reason.
 */
export async function searchSettings(job: SearchJob): Promise<FoundSettings> {
  const { definition, dataset, note = () => {} } = job;
  const started = performance.now();
  const specs = definition.settings;
  const searched = Object.keys(specs).filter((key) =>
    specs[key].searched && !Object.hasOwn(job.settings, key)
  );
  const searchedOf = (settings: SomeSettings) =>
    Object.fromEntries(searched.map((key) => [key, settings[key]]));
  const ranked = withFewerUsers(dataset, definition.searchUsers);
  const users = counted(new Set(ranked.valid.users).size, "user");
  note(`Searching ${searched.join(", ")} by validation ${stoppingMetric} of ${users}`);
  const fixed = { ...job.settings, search: "none" };
  let best: Settings = resolveSettings(specs, fixed);
  let bestRecall: number | undefined;
  let failure: BandpassError | undefined;
  const tried = new Map<string, TriedSettings>();
  for (const stage of definition.search?.(dataset) ?? []) {
    const candidates = new Map(
      stage(best).map((candidate) => {
        const settings = resolveSettings(specs, { ...best, ...candidate, ...fixed });
        return [settingsText(searchedOf(settings)), settings];
      }),
    );
    const left = [...candidates].filter(([text]) => !tried.has(text));
    let at = 0;
    for await (const result of validationRecalls(job, ranked, left.map(([, one]) => one))) {
      const [text, settings] = left[at++];
      const one = { settings: searchedOf(settings) };
      if (result instanceof BandpassError) {
        failure ??= result;
        tried.set(text, { ...one, failure: result.message });
        note(`  failed  ${text}: ${result.message}`);
        // Until one can be computed, the search goes on from the last that cannot.
        if (bestRecall === undefined) best = settings;
        continue;
      }
      tried.set(text, { ...one, recall: result });
      note(`  ${result.toFixed(4)}  ${text}`);
      if (result > (bestRecall ?? -Infinity)) [best, bestRecall] = [settings, result];
    }
  }
  if (bestRecall === undefined && failure !== undefined) throw failure;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  note(`Found ${settingsText(searchedOf(best))} among ${tried.size} in ${seconds} s`);
  return { settings: best, tried: [...tried.values()] };
}

function settingsText(settings: SomeSettings): string {
  return Object.entries(settings).map((entry) => entry.join("=")).join(" ");
}

/**
 * The recall of each candidate, or why it cannot be computed: of all at once where they are sums of the same parts.
 */
async function* validationRecalls(
  job: SearchJob,
  dataset: Dataset,
  candidates: readonly Settings[],
): AsyncGenerator<number | BandpassError> {
  refuseAborted(job.signal);
  const together = candidates.length > 1
    ? await recallsTogether(job, dataset, candidates).catch(ownFailure)
    : [];
  // Of several together it is not known which one cannot be computed.
  const known = together instanceof BandpassError ? [] : together;
  yield* known;
  for (const settings of candidates.slice(known.length)) {
    refuseAborted(job.signal);
    yield await recallAlone(job, dataset, settings).catch(ownFailure);
  }
}

/** A failure of the settings alone, such as a matrix without an inverse; any other ends the search. */
function ownFailure(error: unknown): BandpassError {
  if (error instanceof BandpassError && error.exitCode === exitCodes.failure) return error;
  throw error;
}

async function recallsTogether(
  { gpu, definition, seed, shared, cache, signal }: SearchJob,
  dataset: Dataset,
  candidates: readonly Settings[],
): Promise<number[]> {
  const memory = new Memory(gpu, { reuse: true });
  try {
    const context = { memory, dataset, seed, shared, cache, signal };
    const models = await definition.parts?.(context, candidates);
    if (models === undefined) return [];
    const ranking = new CandidateRanking(memory, dataset, models.parts, models.weights.length);
    await ranking.compile();
    const ranks = await ranking.rank(models.weights, signal);
    return ranks.map((heldOut) => metricsFromRanks(heldOut)[stoppingMetric]);
  } finally {
    memory.destroy();
  }
}

async function recallAlone(
  { gpu, definition, seed, shared, cache, signal, onProgress }: SearchJob,
  dataset: Dataset,
  settings: Settings,
): Promise<number> {
  const memory = new Memory(gpu, { reuse: true });
  try {
    const context = { memory, dataset, settings, seed, shared, cache, signal, onProgress };
    const model = await definition.compute(context);
    const scored = new ScoredModel(memory, dataset, model);
    scored.planRanking("valid", "train");
    await scored.compile();
    scored.represent();
    return metricsFromRanks(await scored.rank("valid", "train", signal))[stoppingMetric];
  } finally {
    memory.destroy();
  }
}
