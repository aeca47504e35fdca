/**
 * Settings: what a model declares, what the user overrides, and the values that result.
 *
 * @module
 */
import { excerpt, excerptOfJson } from "../data/excerpt.ts";
import { nearest, UsageError } from "../errors.ts";
import type { SettingRange } from "./setting_range.ts";

/** What every setting says of itself. */
export interface DescribedSetting {
  /** What it does, in a few words; no final period. */
  readonly description: string;
  /** Whether `search=valid` chooses its value where none is given (search.ts; default: it does not). */
  readonly searched?: boolean;
  /** What is tried of it where settings are tuned (space.ts; default: it stays as usual). */
  readonly tuned?: SettingRange;
  /** Whether it is about features, and means nothing for a dataset without (default: it is not). */
  readonly ofFeatures?: boolean;
  /** What the terms of the loss have in their names that it is the weight of (default: it is no weight of any). */
  readonly weighs?: string;
}

/** A setting that is a number. */
export interface NumberSetting extends DescribedSetting {
  /** How its values are checked. */
  readonly type: "integer" | "number";
  /** Its value unless another is given. */
  readonly default: number;
  /** The least value allowed. */
  readonly minimum?: number;
  /** The greatest value allowed. */
  readonly maximum?: number;
  /** The value is a multiple of this. */
  readonly multipleOf?: number;
}

/** A setting that is true or false. */
export interface BooleanSetting extends DescribedSetting {
  /** How its values are checked. */
  readonly type: "boolean";
  /** Its value unless another is given. */
  readonly default: boolean;
}

/** A setting that is one of a few words. */
export interface ChoiceSetting extends DescribedSetting {
  /** How its values are checked. */
  readonly type: "choice";
  /** Its value unless another is given. */
  readonly default: string;
  /** The values allowed. */
  readonly choices: readonly string[];
}

/** A setting that is any text. */
export interface StringSetting extends DescribedSetting {
  /** How its values are checked. */
  readonly type: "string";
  /** Its value unless another is given. */
  readonly default: string;
}

/** What one setting is: its type, its default, what is allowed, and what it does. */
export type SettingSpec = NumberSetting | BooleanSetting | ChoiceSetting | StringSetting;

/** The settings that something declares, by their keys. */
export type SettingSpecs = Readonly<Record<string, SettingSpec>>;

/** A value of a setting. */
export type SettingValue = number | boolean | string;

/** The values of declared settings, with the type that each key's spec says. */
export type Settings<Specs extends SettingSpecs = SettingSpecs> = {
  readonly [Key in keyof Specs]: Specs[Key] extends NumberSetting ? number
    : Specs[Key] extends BooleanSetting ? boolean
    : Specs[Key] extends { readonly choices: readonly (infer Choice)[] } ? Choice
    : Specs[Key] extends StringSetting ? string
    : SettingValue;
};

/**
 * The value of every declared setting: the override where there is one, else the default.
 *
 * @param specs The settings that exist. Declare them `as const satisfies SettingSpecs`, and each
 * value of the result has its own type.
 * @param overrides Values by key, each of its type or as text ("2", "1e-4", "true").
 * @param place Where the overrides stand, for messages, such as `in "my.json"`.
 * @returns All the settings, in the order of `specs`.
 * @throws {UsageError} A key is unknown, or a value is of another type or out of range.
 * @example
 * ```ts
 * import { resolveSettings, type SettingSpecs } from "./settings.ts";
 * const specs = {
 *   layers: { type: "integer", default: 2, minimum: 0, description: "Propagation layers" },
 *   reg: { type: "number", default: 1e-4, description: "Weight of the regularisation" },
 * } as const satisfies SettingSpecs;
 * resolveSettings(specs, { layers: "3" }); // { layers: 3, reg: 0.0001 }
 * ```
 */
export function resolveSettings<const Specs extends SettingSpecs>(
  specs: Specs,
  overrides: Readonly<Record<string, unknown>>,
  place?: string,
): Settings<Specs> {
  const where = place === undefined ? "" : ` ${place}`;
  for (const key of Object.keys(overrides)) {
    if (!Object.hasOwn(specs, key)) throw unknownSetting(key, where, Object.keys(specs));
  }
  return Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => [
      key,
      Object.hasOwn(overrides, key) ? settingValue(key, where, spec, overrides[key]) : spec.default,
    ]),
  ) as Settings<Specs>;
}

function unknownSetting(key: string, where: string, known: readonly string[]): UsageError {
  const near = nearest(key, known);
  if (known.length === 0) {
    return new UsageError(
      `Unknown setting "${excerpt(key)}"${where}: there are none`,
      "Leave it out",
    );
  }
  return new UsageError(
    `Unknown setting "${excerpt(key)}"${where}`,
    near === undefined
      ? `The settings are ${known.map((name) => `"${name}"`).join(", ")}`
      : `Did you mean "${near}"?`,
  );
}

function settingValue(key: string, where: string, spec: SettingSpec, found: unknown): SettingValue {
  const value = typeof found === "string" ? parsed(spec, found) : found;
  if (accepts(spec, value)) return value;
  throw new UsageError(
    `Cannot set "${excerpt(key)}"${where}: found ${excerptOfJson(found)}, expected ${
      expectation(spec)
    }`,
    `${spec.description}; the default is ${JSON.stringify(spec.default)}`,
  );
}

function parsed(spec: SettingSpec, text: string): unknown {
  if (spec.type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (spec.type === "integer" || spec.type === "number") {
    // Number() alone would take "" for 0 and "0x10" for 16.
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
  }
  return text;
}

function accepts(spec: SettingSpec, value: unknown): value is SettingValue {
  switch (spec.type) {
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string";
    case "choice":
      return spec.choices.some((choice) => choice === value);
    default:
      return typeof value === "number" && Number.isFinite(value) &&
        (spec.type === "number" || Number.isSafeInteger(value)) &&
        value >= (spec.minimum ?? -Infinity) && value <= (spec.maximum ?? Infinity) &&
        (spec.multipleOf === undefined || value % spec.multipleOf === 0);
  }
}

function expectation(spec: SettingSpec): string {
  switch (spec.type) {
    case "boolean":
      return "true or false";
    case "string":
      return "text";
    case "choice":
      return `one of ${spec.choices.map((choice) => `"${choice}"`).join(", ")}`;
    default: {
      const noun = spec.multipleOf !== undefined
        ? `a multiple of ${spec.multipleOf}`
        : spec.type === "integer"
        ? "an integer"
        : "a number";
      const { minimum, maximum } = spec;
      if (minimum !== undefined && maximum !== undefined) {
        return `${noun} from ${minimum} to ${maximum}`;
      }
      if (minimum !== undefined) return `${noun} of at least ${minimum}`;
      if (maximum !== undefined) return `${noun} of at most ${maximum}`;
      return noun;
    }
  }
}
