/**
 * How long a study takes: from its trials that have ended, or from one measured epoch.
 *
 * @module
 */
import { exists } from "../../data/exists.ts";
import { isTrained, trainedSettings } from "../../models/define_model.ts";
import { modelNamed } from "../../models/registry.ts";
import { computeUntested } from "../../recommender/compute.ts";
import { MemoryStore } from "../../training/memory_store.ts";
import { withModalityWeights } from "../../training/modality_weights.ts";
import { Training } from "../../training/training.ts";
import { trialConfiguration } from "../trials/run_trial.ts";
import { type PlannedGrid, planStudy, type StudyRequest, type StudyTrial } from "./study_grid.ts";
import { outcomesOf, type StudyOptions } from "./study_runs.ts";

/** How long a study takes. */
export interface StudyEstimate {
  /** Its variants on each dataset. */
  readonly grids: readonly PlannedGrid[];
  /** Runs that are left. */
  readonly left: number;
  /** Seconds that they take, if none of them stops early. */
  readonly seconds: number;
  /** What that follows from, in words; a sentence a model and dataset. */
  readonly sources: readonly string[];
}

/**
 * Estimates what is left of a study. Nothing is written.
 *
 * @param folder The study's folder, be it there or not.
 * @param request What is asked of it.
 * @param options Where it is run.
 * @throws {UsageError} The study cannot be run so.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function estimateStudy(
  folder: string,
  request: StudyRequest,
  options: StudyOptions,
): Promise<StudyEstimate> {
  const grids = planStudy(request);
  const trials = grids.flatMap(({ trials }) => trials);
  const ended = await exists(folder) ? await outcomesOf(folder, trials) : [];
  const known = new Map(ended.map(([{ step }, { seconds }]) => [step.number, seconds]));
  const left = trials.filter(({ step }) => !known.has(step.number));
  const sources: string[] = [];
  let seconds = 0;
  for (const group of Map.groupBy(left, kindOf).values()) {
    const alike = trials.filter((trial) =>
      kindOf(trial) === kindOf(group[0]) && known.has(trial.step.number)
    );
    const { each, source } = alike.length > 0
      ? fromEarlier(alike.map(({ step }) => known.get(step.number)!), group[0])
      : await measured(group[0], options);
    seconds += each * group.length;
    sources.push(source);
  }
  return { grids, left: left.length, seconds, sources };
}

/** What trials take the same time by: roughly, the model and the dataset. */
const kindOf = ({ step: { trial: { model } }, data: { dataset } }: StudyTrial) =>
  `${model} on ${dataset.name}`;

function fromEarlier(seconds: readonly number[], trial: StudyTrial) {
  const each = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  const runs = seconds.length === 1 ? "1 run" : `${seconds.length} runs`;
  return {
    each,
    source: `${kindOf(trial)}: ${each.toFixed(1)} s a run, from ${runs} of this study`,
  };
}

/** One epoch of a trial in memory, its preparation and its validation included. */
async function measured(trial: StudyTrial, { gpu, cache, signal }: StudyOptions) {
  const { step: { trial: wanted, epochs }, data: { dataset, dataDirectory }, variant } = trial;
  const definition = modelNamed(wanted.model);
  const place = { gpu, dataset, dataDirectory, cache, signal };
  const given = trialConfiguration(wanted, place, 1);
  const of = `${kindOf(trial)}:`;
  const started = performance.now();
  const since = (from: number) => (performance.now() - from) / 1000;
  if (!isTrained(definition)) {
    const made = await computeUntested({ gpu, dataset, definition, configuration: given }, place);
    made.loaded.scored.memory.destroy();
    const each = since(started);
    return { each, source: `${of} ${each.toFixed(1)} s a run, from ${variant.name}, measured now` };
  }
  const graphs = cache === undefined ? undefined : { folder: cache, note: () => {} };
  const weighing = { gpu, dataset, definition, configuration: given, cache: graphs };
  const { settings: resolved, seed } = await withModalityWeights(weighing);
  const settings = trainedSettings(definition, resolved);
  const job = { gpu, dataset, definition, settings, seed, epochs: 1, cache: graphs };
  const training = await Training.plan(job);
  try {
    await training.compile();
    const prepared = since(started);
    const begun = performance.now();
    await training.runUntested(new MemoryStore(), { signal });
    const epoch = since(begun);
    return {
      each: prepared + epochs * epoch,
      source: `${of} ${epoch.toFixed(1)} s an epoch and ${prepared.toFixed(1)} s to prepare, ` +
        `from one epoch of ${variant.name}, measured now`,
    };
  } finally {
    training.close();
  }
}
