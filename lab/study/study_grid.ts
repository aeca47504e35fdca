/**
 * The trials of a study: each variant on each dataset, once a seed.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { DataError, UsageError } from "../../errors.ts";
import { protocolCutoffs } from "../../evaluation/metrics.ts";
import { isTrained } from "../../models/define_model.ts";
import { modelNamed } from "../../models/registry.ts";
import type { SomeSettings } from "../../models/search.ts";
import { resolveSettings } from "../../models/settings.ts";
import { requireRows } from "../../training/required_rows.ts";
import type { TrialStep } from "../trials/trial.ts";
import { fittedSettings } from "./fitted_settings.ts";
import type { Grid, Study, Variant } from "./study.ts";
import { transformed } from "./transformation.ts";

/** A dataset, and where it lies. */
export interface StudyData {
  /** The dataset as it is. */
  readonly dataset: Dataset;
  /** The folder that holds its folder. */
  readonly dataDirectory: string;
}

/** What is asked of a study. */
export interface StudyRequest {
  /** The study. */
  readonly study: Study;
  /** What it is run on. */
  readonly data: readonly StudyData[];
  /** Settings of all variants, over those of the study; values may be texts. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Epochs of a run at most. */
  readonly epochs: number;
  /** Runs of a variant. */
  readonly seeds: number;
}

/** A run of a study. */
export interface StudyTrial {
  /** What is trained. */
  readonly step: TrialStep;
  /** What it is trained on, before the variant changes it. */
  readonly data: StudyData;
  /** The variant. */
  readonly variant: Variant;
}

/** A study on a dataset. */
export interface PlannedGrid extends Grid {
  /** The dataset. */
  readonly data: StudyData;
  /** Its trials: variant after variant, seed after seed. */
  readonly trials: readonly StudyTrial[];
}

/**
 * The trials of a study, numbered from 0, dataset after dataset.
 *
 * @param request What is asked of it.
 * @throws {UsageError} There is no such model, setting, modality or metric, a value is out of range, or a setting is
 * asked for that the study sets itself.
 * @throws {DataError} The dataset lacks rows of a split, or features that a model needs.
 */
export function planStudy(request: StudyRequest): PlannedGrid[] {
  const { study, data, epochs, seeds } = request;
  assertMetric(study);
  let number = 0;
  return data.map((one): PlannedGrid => {
    const { dataset } = one;
    requireRows(dataset);
    requireFeatures(study, study.model, dataset);
    const base = { ...study.settings(dataset.name, study.model), ...request.settings };
    const grid = study.gridOf(dataset, base as SomeSettings);
    return {
      ...grid,
      data: one,
      trials: grid.variants.flatMap((variant) => {
        const trial = variantTrial(request, dataset, variant);
        const runs = hasChance(trial.model, variant) ? seeds : 1;
        return Array.from({ length: runs }, (_, seed): StudyTrial => ({
          step: { number: number++, rung: 0, epochs, trial: { ...trial, seed } },
          ...{ data: one, variant },
        }));
      }),
    };
  });
}

/**
 * Whether a variant is another one with another seed: a model without training is the same, unless its data differ.
 *
 * @param model Its model.
 * @param variant The variant.
 */
export function hasChance(model: string, { data }: Variant): boolean {
  return isTrained(modelNamed(model)) || data?.noise !== undefined ||
    data?.projection !== undefined;
}

/** The model of a variant, and its settings as they are resolved. */
function variantTrial({ study, settings }: StudyRequest, dataset: Dataset, variant: Variant) {
  const { name, model = study.model, settings: own = {}, data } = variant;
  requireFeatures(study, model, dataset);
  const set = Object.keys(settings).find((key) => Object.hasOwn(own, key));
  if (set !== undefined) {
    throw new UsageError(
      `Cannot set "${set}": the study "${study.name}" sets it itself, for the variant "${name}"`,
      ({ setting }) => `Leave ${setting(`settings.${set}`, String(settings[set]))} out`,
    );
  }
  // What may be wrong with a transformation is wrong with its modalities.
  const { split, modalities } = data ?? {};
  const names = transformed(dataset, { split, modalities }, 0).modalities.map(({ name }) => name);
  const base = fittedSettings(study.settings(dataset.name, model), names);
  const given = { ...base, ...settings, ...own };
  const place = `of the variant "${name}" of the study "${study.name}"`;
  const resolved: SomeSettings = resolveSettings(modelNamed(model).settings, given, place);
  return {
    model,
    settings: Object.fromEntries(Object.keys(given).map((key) => [key, resolved[key]])),
  };
}

function requireFeatures({ name }: Study, model: string, dataset: Dataset): void {
  if (!modelNamed(model).needsFeatures || dataset.modalities.length > 0) return;
  throw new DataError(
    `Cannot run the study "${name}" on "${dataset.name}": "${model}" needs features, and the dataset has none`,
    "Put a <modality>_feat.npy beside the .inter file, or declare a study of a model without, such as lightgcn",
  );
}

function assertMetric({ name, axes: { y } }: Study): void {
  const metrics = ["recall", "ndcg", "precision", "map"].flatMap((metric) =>
    protocolCutoffs.map((cutoff) => `${metric}@${cutoff}`)
  );
  if (metrics.includes(y)) return;
  throw new UsageError(
    `Cannot run the study "${name}": its y axis is "${y}", which is no metric`,
    `The metrics are ${metrics.join(", ")}`,
  );
}
