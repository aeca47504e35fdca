/**
 * Files of spaces: what is to be tried of which models, as JSON.
 *
 * @module
 */
import { excerpt, excerptOfJson } from "../../data/excerpt.ts";
import { isObject } from "../../data/is_object.ts";
import { readTextStream } from "../../data/regular_file.ts";
import { parseWrittenJson } from "../../data/written_json.ts";
import { DataError, nearest } from "../../errors.ts";
import { modelNamed } from "../../models/registry.ts";
import type { SettingRange } from "../../models/setting_range.ts";
import { resolveSettings, type SettingSpec, type SettingSpecs } from "../../models/settings.ts";
import type { Space } from "../../models/space.ts";
import { mostConfigBytes } from "../../training/configuration_file.ts";

/** Spaces by the names of their models. */
export type Spaces = Readonly<Record<string, Space>>;

const example = 'Write for example {"lightgcn": {"layers": {"choices": [1, 2, 3]}, ' +
  '"reg": {"from": 1e-6, "to": 0.1, "scale": "log"}}}';

/**
 * Reads a file of spaces.
 *
 * @param path The file.
 * @throws {DataError} It cannot be read, or is not of this form.
 */
export async function readSpaceFile(path: string): Promise<Spaces> {
  return parseSpaces(await readTextStream(path, mostConfigBytes), path);
}

/**
 * The spaces that a file holds: an object by models of objects by settings, each of `from`, `to` and, if wanted,
 * `scale`, or of `choices`.
 *
 * @param text The file's text.
 * @param path The file, for messages.
 * @throws {DataError} It is not of this form, names a model or a setting that there is not, or a range is empty or
 * has values that the setting does not take.
 */
export function parseSpaces(text: string, path: string): Spaces {
  const failed = (what: string, next = example) =>
    new DataError(`Cannot read "${path}": ${what}`, next);
  const contents = parseWrittenJson(text, `"${path}"`, example);
  const object = (value: unknown, place: string): [string, unknown][] => {
    if (isObject(value)) return Object.entries(value);
    throw failed(`${place} is ${excerptOfJson(value)}, expected an object`);
  };
  return Object.fromEntries(
    object(contents, "the file").map(([model, space]) => {
      const { settings } = known(model, failed);
      const ranges = object(space, `"${model}"`).map(([key, range]) => {
        const place = `"${excerpt(key)}" of "${model}"`;
        const spec = specOf(key, settings, place, failed);
        const parts = Object.fromEntries(object(range, place));
        return [key, checkedRange(parts, { key, spec, place, failed })] as const;
      });
      return [model, Object.fromEntries(ranges)];
    }),
  );
}

type Failed = (what: string, next?: string) => DataError;

function known(model: string, failed: Failed) {
  try {
    return modelNamed(model);
  } catch (error) {
    const { message, nextStep } = error as DataError;
    throw failed(`${message[0].toLowerCase()}${message.slice(1)}`, nextStep);
  }
}

function specOf(key: string, specs: SettingSpecs, place: string, failed: Failed): SettingSpec {
  if (key === "search") {
    throw failed(`${place} cannot be tuned: it leaves settings to another search`, "Leave it out");
  }
  if (Object.hasOwn(specs, key)) return specs[key];
  const keys = Object.keys(specs).filter((one) => one !== "search");
  const near = nearest(key, keys);
  throw failed(
    `there is no setting ${place}`,
    near !== undefined
      ? `Did you mean "${near}"?`
      : keys.length === 0
      ? "The model has no settings: write {} for it, or leave it out"
      : `The settings are ${keys.map((one) => `"${one}"`).join(", ")}`,
  );
}

/** A range that is being read. */
interface Reading {
  readonly key: string;
  readonly spec: SettingSpec;
  readonly place: string;
  readonly failed: Failed;
}

function checkedRange(parts: Record<string, unknown>, reading: Reading): SettingRange {
  const { place, failed } = reading;
  const keys = "choices" in parts ? ["choices"] : ["from", "to", "scale"];
  const other = Object.keys(parts).find((key) => !keys.includes(key));
  if (other !== undefined) {
    const near = nearest(
      other,
      ["choices", "from", "to", "scale"].filter((key) => !(key in parts)),
    );
    throw failed(
      `${place} has an unknown key "${excerpt(other)}"`,
      near === undefined || "choices" in parts
        ? 'Give either "choices", or "from", "to" and "scale"'
        : `Did you mean "${near}"?`,
    );
  }
  return "choices" in parts
    ? checkedChoices(parts.choices, reading)
    : checkedNumbers(parts, reading);
}

function checkedChoices(choices: unknown, { key, spec, place, failed }: Reading): SettingRange {
  if (!Array.isArray(choices) || choices.length === 0) {
    const found = Array.isArray(choices) ? "an empty list" : excerptOfJson(choices);
    throw failed(`the choices of ${place} are ${found}, expected a list of values`);
  }
  const values = choices.map((choice) => fitting(choice, { key, spec, place, failed }));
  if (new Set(values).size < values.length) {
    throw failed(`the choices of ${place} have a value twice`, "Keep one of them");
  }
  return { choices: values };
}

function checkedNumbers(parts: Record<string, unknown>, reading: Reading): SettingRange {
  const { spec, place, failed } = reading;
  const { from, to, scale } = parts;
  if (spec.type !== "number" && spec.type !== "integer") {
    throw failed(`${place} is no number, and has no range`, 'Give "choices", a list of values');
  }
  const missing = ["from", "to"].filter((end) => parts[end] === undefined);
  if (missing.length > 0) {
    throw failed(
      missing.length === 2
        ? `${place} has neither "choices" nor "from" and "to"`
        : `${place} has no "${missing[0]}"`,
    );
  }
  if (typeof from !== "number" || typeof to !== "number") {
    throw failed(
      `${place} is from ${excerptOfJson(from)} to ${excerptOfJson(to)}, expected two numbers`,
    );
  }
  fitting(from, reading);
  fitting(to, reading);
  if (from >= to) {
    throw failed(
      `${place} is from ${from} to ${to}, which is ${from === to ? "one value" : "reversed"}`,
      from === to ? `Write {"choices": [${from}]}` : `Write {"from": ${to}, "to": ${from}}`,
    );
  }
  if (scale === undefined || scale === "linear") return { from, to };
  if (scale !== "log") {
    throw failed(`the scale of ${place} is ${excerptOfJson(scale)}, expected "linear" or "log"`);
  }
  if (from > 0) return { from, to, scale };
  throw failed(
    `${place} is from ${from} on a logarithmic scale, which has no ${
      from === 0 ? "zero" : "negative numbers"
    }`,
    'Begin above 0, or leave "scale" out',
  );
}

/** A value that the setting takes. */
function fitting(value: unknown, { key, spec, place, failed }: Reading) {
  try {
    return resolveSettings({ [key]: spec }, { [key]: value }, `in ${place}`)[key];
  } catch (error) {
    const { message, nextStep } = error as DataError;
    throw failed(`${message[0].toLowerCase()}${message.slice(1)}`, nextStep);
  }
}
