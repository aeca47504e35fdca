/**
 * The list of all trials: a beginning of it is what a tune tries.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { DataError } from "../../errors.ts";
import { isTrained, type ModelDefinition } from "../../models/define_model.ts";
import type { SomeSettings } from "../../models/search.ts";
import { modelNamed, models as builtIn } from "../../models/registry.ts";
import { modelSpace, type Space } from "../../models/space.ts";
import type { Trial, TrialPlace } from "../trials/trial.ts";
import { modelDefaults } from "./model_defaults.ts";
import { proposals } from "./proposals.ts";
import type { Spaces } from "./space_file.ts";

/**
 * The models that are tuned, those without training first, each in the order of its kind.
 *
 * @param dataset What they are tuned on.
 * @param names Their names (default: all that need nothing that the dataset lacks).
 * @param note Told of those that are left out.
 * @throws {UsageError} There is no such model.
 * @throws {DataError} One that is named needs features, and the dataset has none.
 */
export function tunedModels(
  { name, modalities }: Pick<Dataset, "name" | "modalities">,
  names?: readonly string[],
  note: (text: string) => void = () => {},
): string[] {
  const lacks = ({ needsFeatures }: ModelDefinition) =>
    needsFeatures === true && modalities.length === 0;
  const wanted = names?.map(modelNamed) ?? builtIn;
  const left = wanted.filter(lacks).map((model) => model.name);
  if (names !== undefined && left.length > 0) {
    throw new DataError(
      `Cannot tune ${
        left.map((one) => `"${one}"`).join(", ")
      } on "${name}": the dataset has no features`,
      "Put a <modality>_feat.npy beside the .inter file, or leave out the models that need it",
    );
  }
  if (left.length > 0) note(`"${name}" has no features: ${left.join(", ")} are left out`);
  const possible = [...new Set(wanted)].filter((model) => !lacks(model));
  const [trained, computed] = [true, false].map((kind) =>
    possible.filter((model) => isTrained(model) === kind)
  );
  return [...computed, ...trained].map((model) => model.name);
}

/**
 * What is tried of each model: what is given, or else what the model comes with.
 *
 * @param names The models.
 * @param given Spaces that take the place of those that the models come with (default: none).
 * @param dataset What they are tuned on; where it has no features, no model's own space has what is about them
 * (default: one with features).
 */
export function tunedSpaces(
  names: readonly string[],
  given: Spaces = {},
  dataset?: Pick<Dataset, "modalities">,
): Spaces {
  const hasFeatures = dataset === undefined || dataset.modalities.length > 0;
  return Object.fromEntries(
    names.map((name) => [name, given[name] ?? ownSpace(modelNamed(name), hasFeatures)]),
  );
}

function ownSpace({ settings }: ModelDefinition, hasFeatures: boolean): Space {
  return Object.fromEntries(
    Object.entries(modelSpace(settings))
      .filter(([key]) => hasFeatures || settings[key].ofFeatures !== true),
  );
}

/** What a list is made of. */
export interface ListSource {
  /** The models, in their order. */
  readonly models: readonly string[];
  /** What is tried of each. */
  readonly spaces: Spaces;
  /** What proposals and all random numbers of trials follow from. */
  readonly seed: number;
}

/** How many trials a model without training has in a round: they take seconds, and nothing follows from them. */
const computedTrials = 5;

/**
 * All trials, in rounds: a round goes five times round the models without training, and then once round the trained
 * ones; whoever has nothing left to try is left out. The first trial of each model has its usual settings, but
 * for those that its space fixes.
 *
 * @param source What it is made of.
 * @param place Where they will be run, for what is usual there.
 */
export function* trialList(
  { models, spaces, seed }: ListSource,
  { dataset }: Pick<TrialPlace, "dataset">,
): Generator<Trial> {
  const trialsOf = function* (model: string): Generator<Trial> {
    const { settings: specs } = modelNamed(model);
    // A search of the model's own has no place in this one.
    const alone: SomeSettings = Object.hasOwn(specs, "search") ? { search: "none" } : {};
    const usual = { ...modelDefaults(dataset.name, model), ...alone };
    for (const proposed of proposals(specs, spaces[model], usual, seed)) {
      yield { model, settings: { ...alone, ...proposed }, seed };
    }
  };
  const lists = models.map((model) => ({ model, trials: trialsOf(model), hasEnded: false }));
  const computed = lists.filter(({ model }) => !isTrained(modelNamed(model)));
  const trained = lists.filter((list) => !computed.includes(list));
  const round = [...Array(computedTrials).fill(computed).flat(), ...trained];
  while (lists.some(({ hasEnded }) => !hasEnded)) {
    for (const list of round) {
      if (list.hasEnded) continue;
      const { done, value } = list.trials.next();
      if (done) list.hasEnded = true;
      else yield value;
    }
  }
}
