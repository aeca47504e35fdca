/**
 * The configuration of a training: what is given over the configuration file over the defaults.
 *
 * @module
 */
import { defaultDataDirectory, sampleName } from "../data/default_names.ts";
import type { ModelSource } from "../models/define_model.ts";
import {
  resolveSettings,
  type Settings,
  type SettingSpecs,
  type SettingValue,
} from "../models/settings.ts";
import { type NamedSettings, presetFor } from "../models/presets.ts";
import { leftToSearch } from "../models/search.ts";
import { UsageError } from "../errors.ts";
import type { ConfigFile } from "./configuration_file.ts";

/** The options of a training, beside the settings of the model. */
export const trainOptions = {
  dataset: { type: "string", default: sampleName, description: "Name of the dataset's folder" },
  data_dir: {
    type: "string",
    default: defaultDataDirectory,
    description: "Folder that holds the datasets",
  },
  model: { type: "string", default: "ssr", description: "Model" },
  seed: {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 2 ** 32 - 1,
    description: "Random seed",
  },
  epochs: {
    type: "integer",
    default: 1000,
    minimum: 1,
    description: "Maximum epochs; early stopping usually ends sooner",
  },
  eval_users: {
    type: "integer",
    default: 0,
    minimum: 0,
    description: "Users that validation ranks, drawn by the seed; 0 ranks all, as test always does",
  },
  adapter: {
    type: "choice",
    default: "auto",
    choices: ["auto", "gpu", "cpu"],
    description: "Where to compute; auto takes a GPU if there is one",
  },
} as const satisfies SettingSpecs;

/** A resolved configuration, as it is printed and saved, and as a configuration file may hold it. */
export type Configuration = Omit<Settings<typeof trainOptions>, "eval_users"> & {
  /** How many users validation ranks, drawn by the seed; all where it is not there. */
  readonly eval_users?: number;
  /** The settings of the model; those that a search is to choose are not among them. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** The name of the file that defines the model, where it is no built-in one. */
  readonly model_file?: string;
  /** The SHA-256 of that file. */
  readonly model_sha256?: string;
};

/** What the user said, from the stronger source to the weaker one. */
export interface ConfigurationSources {
  /** Options that were given, as text, by the keys of {@linkcode trainOptions}. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Settings of the model that were given. */
  readonly assignments: Readonly<Record<string, unknown>>;
  /** A configuration file. */
  readonly file?: ConfigFile;
  /** The name of a preset, or one that is no built-in one. */
  readonly preset?: string | NamedSettings;
  /** The file that defines the model, where one was given. */
  readonly modelSource?: ModelSource;
}

/**
 * Puts the sources together.
 *
 * @param sources Options, settings and the configuration file; what the file says of a file that defines
 * its model is for whoever imports models.
 * @param settingsOf The settings that a model declares; it throws for a model it does not know.
 * @returns Every option and every setting of the model, but for settings that are left to a search.
 * @throws {UsageError} A key is unknown, or a value is of another type or out of range.
 * @example
 * ```ts
 * import { resolveConfiguration } from "./configuration.ts";
 * const sources = { options: { seed: "7", model: "popularity" }, assignments: {} };
 * resolveConfiguration(sources, () => ({})).seed; // 7
 * ```
 */
export function resolveConfiguration(
  sources: ConfigurationSources,
  settingsOf: (model: string) => SettingSpecs,
): Configuration {
  const { file, modelSource } = sources;
  const place = file && `in "${file.path}"`;
  const given = Object.entries(sources.options).filter(([, value]) => value !== undefined);
  const { model_file: _file, model_sha256: _sha256, ...fromFile } = file?.options ?? {};
  // The file by itself first: its mistakes are its own even where something given overrides them.
  const named = sources.options.model ?? fromFile.model ?? trainOptions.model.default;
  refuseMisplaced(fromFile, String(named), settingsOf, place);
  resolveSettings(trainOptions, fromFile, place);
  const { eval_users, ...options } = resolveSettings(trainOptions, {
    ...fromFile,
    ...Object.fromEntries(given),
  });
  const specs = settingsOf(options.model);
  if (file !== undefined) resolveSettings(specs, file.settings, place);
  if (typeof sources.preset === "object") {
    resolveSettings(specs, sources.preset.settings, `in "${sources.preset.name}"`);
  }
  const preset = presetFor(options.dataset, options.model, sources.preset);
  const chosen = { ...preset?.settings, ...file?.settings, ...sources.assignments };
  const settings = leftToSearch(
    specs,
    resolveSettings(specs, chosen),
    chosen,
    sources.preset !== undefined,
  );
  const source = modelSource &&
    { model_file: modelSource.file, model_sha256: modelSource.sha256 };
  return { ...options, ...eval_users > 0 && { eval_users }, ...source, settings };
}

/**
 * A configuration as lines of JSON, in the form of a configuration file.
 *
 * @param configuration What was resolved.
 */
export function configurationText(configuration: Configuration): string {
  return `${JSON.stringify(configuration, null, 2)}\n`;
}

/** Refuses a model's setting that stands beside the object of settings, with where it belongs. */
function refuseMisplaced(
  options: Readonly<Record<string, unknown>>,
  model: string,
  settingsOf: (model: string) => SettingSpecs,
  place = "",
): void {
  const unknown = Object.keys(options).filter((key) => !Object.hasOwn(trainOptions, key));
  if (unknown.length === 0) return;
  const specs = settingsOf(model);
  const found = unknown.find((key) => Object.hasOwn(specs, key));
  if (found === undefined) return;
  throw new UsageError(
    `Cannot use "${found}" ${place}: it is a setting of "${model}", and stands beside its settings`,
    `Put it among them: {"model": "${model}", "settings": {"${found}": …}}`,
  );
}
