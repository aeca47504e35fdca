/**
 * Settings: what a model declares, what the user overrides, and the values that result.
 *
 * @module
 */
import { nearest, UsageError } from "../errors.ts";

interface NumberSpec {
  readonly type: "integer" | "number";
  readonly default: number;
  /** The least value allowed. */
  readonly minimum?: number;
  /** The greatest value allowed. */
  readonly maximum?: number;
  readonly description: string;
}

interface BooleanSpec {
  readonly type: "boolean";
  readonly default: boolean;
  readonly description: string;
}

interface ChoiceSpec {
  readonly type: "choice";
  readonly default: string;
  readonly choices: readonly string[];
  readonly description: string;
}

interface StringSpec {
  readonly type: "string";
  readonly default: string;
  readonly description: string;
}

/** What one setting is: its type, its default, what is allowed, and what it does. */
export type SettingSpec = NumberSpec | BooleanSpec | ChoiceSpec | StringSpec;

/** The settings that something declares, by their keys. */
export type SettingSpecs = Readonly<Record<string, SettingSpec>>;

/** A value of a setting. */
export type SettingValue = number | boolean | string;

/** The values of declared settings, with the type that each key's spec says. */
export type Settings<Specs extends SettingSpecs = SettingSpecs> = {
  readonly [Key in keyof Specs]: Specs[Key] extends NumberSpec ? number
    : Specs[Key] extends BooleanSpec ? boolean
    : Specs[Key] extends { readonly choices: readonly (infer Choice)[] } ? Choice
    : Specs[Key] extends StringSpec ? string
    : SettingValue;
};

/**
 * The value of every declared setting: the override where there is one, else the default.
 *
 * @param specs The settings that exist. Declare them `as const satisfies SettingSpecs`, and each
 * value of the result has its own type.
 * @param overrides Values by key, each of its type or as text ("2", "1e-4", "true").
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
): Settings<Specs> {
  for (const key of Object.keys(overrides)) {
    if (!Object.hasOwn(specs, key)) throw unknownSetting(key, Object.keys(specs));
  }
  return Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => [
      key,
      Object.hasOwn(overrides, key) ? settingValue(key, spec, overrides[key]) : spec.default,
    ]),
  ) as Settings<Specs>;
}

function unknownSetting(key: string, known: readonly string[]): UsageError {
  const near = nearest(key, known);
  if (known.length === 0) return new UsageError(`Unknown setting "${key}": there are no settings`);
  return new UsageError(
    `Unknown setting "${key}"`,
    near === undefined
      ? `The settings are ${known.map((name) => `"${name}"`).join(", ")}`
      : `Did you mean "${near}"?`,
  );
}

function settingValue(key: string, spec: SettingSpec, found: unknown): SettingValue {
  const value = typeof found === "string" ? parsed(spec, found) : found;
  if (accepts(spec, value)) return value;
  throw new UsageError(
    `Cannot set "${key}": found ${JSON.stringify(found)}, expected ${expectation(spec)}`,
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
        value >= (spec.minimum ?? -Infinity) && value <= (spec.maximum ?? Infinity);
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
      const noun = spec.type === "integer" ? "an integer" : "a number";
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
