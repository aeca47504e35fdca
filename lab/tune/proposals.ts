/**
 * What is tried of a model, one after the other: a function of the space and the seed alone.
 *
 * @module
 */
import type { SomeSettings } from "../../models/search.ts";
import type { SettingRange } from "../../models/setting_range.ts";
import type { SettingSpec, SettingSpecs, SettingValue } from "../../models/settings.ts";
import type { Space } from "../../models/space.ts";
import { scrambledHalton } from "./halton.ts";

/** Repeated points in a row after which a space of few values has no others. */
const mostRepeats = 200;

/** Digits that a number in a range is proposed with, so that it can be typed. */
const digits = 3;

/**
 * The settings that are tried: first those that have a single value in the space, which leaves all others as usual,
 * then the points of a quasi-random sequence, each once.
 *
 * @param specs The settings of the model.
 * @param space What is tried of them.
 * @param usual The values that they have where none is given, of which no point is made again.
 * @param seed What the points follow from.
 */
export function* proposals(
  specs: SettingSpecs,
  space: Space,
  usual: SomeSettings,
  seed: number,
): Generator<SomeSettings> {
  const fixed = Object.fromEntries(
    Object.entries(space).flatMap(([key, range]) =>
      "choices" in range && range.choices.length === 1 ? [[key, range.choices[0]]] : []
    ),
  );
  yield fixed;
  const keys = Object.keys(space);
  const text = (settings: SomeSettings) => JSON.stringify(keys.map((key) => settings[key]));
  const made = new Set([text({ ...usual, ...fixed })]);
  for (let [index, repeats] = [0, 0]; repeats < mostRepeats; index++) {
    const settings = Object.fromEntries(
      keys.map((key, dimension) => [
        key,
        valueAt(specs[key], space[key], scrambledHalton(index, dimension, seed)),
      ]),
    );
    repeats = made.has(text(settings)) ? repeats + 1 : 0;
    if (repeats > 0) continue;
    made.add(text(settings));
    yield settings;
  }
}

/**
 * The value at a place of a range.
 *
 * @param spec The setting.
 * @param range What is tried of it.
 * @param place From 0 for its beginning to less than 1 for its end.
 * @example
 * ```ts
 * import { valueAt } from "./proposals.ts";
 * const reg = { type: "number", default: 1, description: "Weight" } as const;
 * valueAt(reg, { from: 0.001, to: 10, scale: "log" }, 0.5); // 0.1
 * ```
 */
export function valueAt(spec: SettingSpec, range: SettingRange, place: number): SettingValue {
  if ("choices" in range) return range.choices[Math.floor(place * range.choices.length)];
  const { from, to, scale } = range;
  const step = "multipleOf" in spec ? spec.multipleOf ?? 1 : 1;
  if (spec.type === "integer") {
    // Every multiple has its share of the range, the first and the last as well.
    const [first, last] = [Math.ceil(from / step), Math.floor(to / step)];
    const number = scale === "log"
      ? Math.round(between(Math.max(first, 0.5), last + 0.5, "log", place))
      : Math.floor(first + place * (last - first + 1));
    return Math.min(last, Math.max(first, number)) * step;
  }
  return Math.min(to, Math.max(from, Number(between(from, to, scale, place).toPrecision(digits))));
}

function between(from: number, to: number, scale: string | undefined, place: number): number {
  return scale === "log"
    ? Math.exp(Math.log(from) + place * (Math.log(to) - Math.log(from)))
    : from + place * (to - from);
}
