/**
 * The configuration of a training: flags over the configuration file over the defaults.
 *
 * @module
 */
import { defaultDataDirectory } from "../../data/folder.ts";
import { sampleName } from "../../data/sample.ts";
import {
  resolveSettings,
  type Settings,
  type SettingSpecs,
  type SettingValue,
} from "../../models/settings.ts";
import { ownSettings, presetSettings } from "../../models/presets.ts";
import type { ConfigFile } from "./config_file.ts";

/** The options of `train` that belong to the configuration, beside the settings of the model. */
export const trainOptions = {
  dataset: { type: "string", default: sampleName, description: "The dataset: a folder's name" },
  data_dir: {
    type: "string",
    default: defaultDataDirectory,
    description: "The folder that holds the dataset's folder",
  },
  model: { type: "string", default: "ssr", description: "The model" },
  seed: {
    type: "integer",
    default: 0,
    minimum: 0,
    maximum: 2 ** 32 - 1,
    description: "What all random numbers follow from",
  },
  epochs: {
    type: "integer",
    default: 1000,
    minimum: 1,
    description: "Epochs at most; early stopping mostly ends it before",
  },
  adapter: {
    type: "choice",
    default: "auto",
    choices: ["auto", "gpu", "cpu"],
    description: "Where to compute",
  },
} as const satisfies SettingSpecs;

/** A resolved configuration, as it is printed and saved, and as a configuration file may hold it. */
export type Configuration = Settings<typeof trainOptions> & {
  /** The settings of the model. */
  readonly settings: Readonly<Record<string, SettingValue>>;
};

/** What the user said, from the stronger source to the weaker one. */
export interface ConfigurationSources {
  /** Flags that were given, as text, by the keys of {@linkcode trainOptions}. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  /** What `--set` said. */
  readonly assignments: Readonly<Record<string, string>>;
  /** The file of `--config`. */
  readonly file?: ConfigFile;
  /** The name of `--preset`. */
  readonly preset?: string;
}

/**
 * Puts the sources together.
 *
 * @param sources Flags, assignments and the configuration file.
 * @param settingsOf The settings that a model declares; it throws for a model it does not know.
 * @returns Every option and every setting of the model.
 * @throws {UsageError} A key is unknown, or a value is of another type or out of range.
 * @example
 * ```ts
 * import { resolveConfiguration } from "./configuration.ts";
 * const sources = { flags: { seed: "7", model: "popularity" }, assignments: {} };
 * resolveConfiguration(sources, () => ({})).seed; // 7
 * ```
 */
export function resolveConfiguration(
  sources: ConfigurationSources,
  settingsOf: (model: string) => SettingSpecs,
): Configuration {
  const { file } = sources;
  const place = file && `in "${file.path}"`;
  const given = Object.entries(sources.flags).filter(([, value]) => value !== undefined);
  // The file by itself first: its mistakes are its own even where a flag overrides them.
  const fromFile = file?.options ?? {};
  resolveSettings(trainOptions, fromFile, place);
  const options = resolveSettings(trainOptions, { ...fromFile, ...Object.fromEntries(given) });
  const specs = settingsOf(options.model);
  if (file !== undefined) resolveSettings(specs, file.settings, place);
  const preset = sources.preset === undefined
    ? ownSettings(options.dataset, options.model)
    : presetSettings(sources.preset, options.model);
  const settings = resolveSettings(specs, {
    ...preset,
    ...file?.settings,
    ...sources.assignments,
  });
  return { ...options, settings };
}

/**
 * A configuration as lines of JSON, in the form of a configuration file.
 *
 * @param configuration What was resolved.
 */
export function configurationText(configuration: Configuration): string {
  return `${JSON.stringify(configuration, null, 2)}\n`;
}
