/**
 * An object of a JSON file, each value of which is checked as it is read.
 *
 * @module
 */
import { excerpt, excerptOfJson } from "../../data/excerpt.ts";
import { isObject } from "../../data/is_object.ts";
import { DataError, nearest } from "../../errors.ts";
import type { SomeSettings } from "../../models/search.ts";
import type { SettingValue } from "../../models/settings.ts";

/** What is read of an object; a value that is not there is `undefined`. */
export class Declared {
  readonly #values: Readonly<Record<string, unknown>>;

  /**
   * Looks at an object.
   *
   * @param path The file, for messages.
   * @param place What the object is, for messages.
   * @param value What JSON holds there.
   * @param keys The keys that it may have.
   * @throws {DataError} It is no object, or has another key.
   */
  constructor(
    readonly path: string,
    readonly place: string,
    value: unknown,
    keys: readonly string[],
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new DataError(
        `Cannot read "${path}": ${place} is ${excerptOfJson(value)}, expected an object`,
        `An object has the keys ${keys.join(", ")}`,
      );
    }
    this.#values = value as Record<string, unknown>;
    const unknown = Object.keys(value).find((key) => !keys.includes(key));
    if (unknown === undefined) return;
    const near = nearest(unknown, keys);
    throw this.refused(
      `has the unknown key "${excerpt(unknown)}"`,
      near === undefined ? `The keys are ${keys.join(", ")}` : `Did you mean "${near}"?`,
    );
  }

  /**
   * What is thrown where something is wrong with it.
   *
   * @param what What is wrong, after its place.
   * @param nextStep The remedy.
   */
  refused(what: string, nextStep: string): DataError {
    return new DataError(`Cannot read "${this.path}": ${this.place} ${what}`, nextStep);
  }

  #read<T>(key: string, expected: string, accepts: (value: unknown) => boolean): T | undefined {
    const value = this.#values[key];
    if (value === undefined || accepts(value)) return value as T | undefined;
    throw this.refused(
      `has the ${key} ${excerptOfJson(value)}, expected ${expected}`,
      `Give it ${expected}, or leave it out`,
    );
  }

  /** A text that is not empty. */
  text(key: string): string | undefined {
    return this.#read(key, "a text", isText);
  }

  /** Texts, at least one. */
  texts(key: string): string[] | undefined {
    return this.#read(
      key,
      "a list of texts, at least one",
      (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
    );
  }

  /** A number of a range. */
  number(key: string, least = -Infinity, greatest = Infinity): number | undefined {
    return this.#read(
      key,
      `a number${rangeText(least, greatest)}`,
      (value) => isNumber(value) && value >= least && value <= greatest,
    );
  }

  /** An integer of a range. */
  integer(key: string, least: number, greatest = Infinity): number | undefined {
    return this.#read(
      key,
      `an integer${rangeText(least, greatest)}`,
      (value) => isNumber(value) && Number.isInteger(value) && value >= least && value <= greatest,
    );
  }

  /** Settings by their keys; none where they are left out. What they may be is for whoever knows the model. */
  settings(key: string): SomeSettings {
    return this.#each<SettingValue>(key, "a number, a text, true or false", isSetting);
  }

  /** Lists of values by settings' keys. */
  settingLists(key: string): Readonly<Record<string, readonly SettingValue[]>> {
    return this.#each<readonly SettingValue[]>(
      key,
      "a list of values, at least one",
      (value) => Array.isArray(value) && value.length > 0 && value.every(isSetting),
    );
  }

  /** An object with any keys, none where it is left out; each of its values is looked at. */
  #each<T>(key: string, expected: string, accepts: (value: unknown) => boolean) {
    const values = this.#read<Record<string, T>>(key, "an object", isObject) ?? {};
    const wrong = Object.keys(values).find((name) => !accepts(values[name]));
    if (wrong === undefined) return values;
    throw this.refused(
      `has ${excerptOfJson(values[wrong])} for "${
        excerpt(wrong)
      }" of its ${key}, expected ${expected}`,
      `Give it ${expected}, or leave it out`,
    );
  }

  /** An object within it. */
  object(key: string, keys: readonly string[]): Declared | undefined {
    const value = this.#values[key];
    if (value === undefined) return undefined;
    return new Declared(this.path, `"${key}" of ${this.place}`, value, keys);
  }

  /** Objects within it, at least one. */
  objects(key: string, keys: readonly string[]): Declared[] | undefined {
    const values = this.#read<unknown[]>(
      key,
      "a list of objects, at least one",
      (value) => Array.isArray(value) && value.length > 0,
    );
    return values?.map((value, n) =>
      new Declared(this.path, `"${key}" ${n + 1} of ${this.place}`, value, keys)
    );
  }
}

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);
const isSetting = (value: unknown) =>
  typeof value === "boolean" || typeof value === "string" || isNumber(value);

function rangeText(least: number, greatest: number): string {
  if (least === -Infinity && greatest === Infinity) return "";
  if (greatest === Infinity) return ` of ${least} or more`;
  return ` from ${least} to ${greatest}`;
}
