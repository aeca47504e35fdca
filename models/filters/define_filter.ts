/**
 * Declares a filter: a model that is computed, whose scores are a weighted sum of parts.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { type ComputedDefinition, defineModel, type Described } from "../define_model.ts";
import type { ModelContext, WeightedParts } from "../model.ts";
import type { SearchStage } from "../search.ts";
import type { Settings, SettingSpecs } from "../settings.ts";
import { sumOfParts } from "./score_part.ts";

/** A filter as it is written down. */
export interface FilterSource<Specs extends SettingSpecs> extends Described {
  /** Its settings. */
  readonly settings: Specs;
  /** What a search for its settings tries, part after part. */
  search(dataset: Dataset): readonly SearchStage<Specs>[];
  /** Users that a search ranks for at most, where scoring them takes long (default: 10,000). */
  readonly searchUsers?: number;
  /**
   * Filters of several settings as sums of the same parts.
   *
   * @param context What they are computed from.
   * @param candidates The settings of each, at least one.
   * @returns The parts, and their weights; nothing where several candidates share too little.
   */
  parts(
    context: Omit<ModelContext, "settings">,
    candidates: readonly Settings<Specs>[],
  ): Promise<WeightedParts | undefined>;
}

/**
 * Declares a filter.
 *
 * @param source Its name, description, settings, grid and parts.
 */
export function defineFilter<const Specs extends SettingSpecs>(
  source: FilterSource<Specs>,
): ComputedDefinition {
  return defineModel({
    ...source,
    async compute(context: ModelContext<Specs>) {
      const { settings, ...rest } = context;
      return sumOfParts((await source.parts(rest, [settings]))!);
    },
  });
}
