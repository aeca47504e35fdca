/**
 * A transformation of the data as a study's file declares it.
 *
 * @module
 */
import type { Declared } from "./declared.ts";
import type { Transformation } from "./transformation.ts";

/** Decibels beyond which noise is nothing, or all. */
const mostDecibels = 100;

/**
 * The transformation under a key.
 *
 * @param declared The object that has it.
 * @param key The key.
 * @returns Nothing where there is none.
 * @throws {DataError} It is not of this form.
 */
export function declaredTransformation(
  declared: Declared,
  key: string,
): Transformation | undefined {
  const found = declared.object(key, ["split", "modalities", "noise", "projection", "bits"]);
  if (found === undefined) return undefined;
  const noise = found.object("noise", ["snr", "correlation"]);
  const snr = noise?.number("snr", -mostDecibels, mostDecibels);
  if (noise !== undefined && snr === undefined) {
    throw noise.refused("has no snr", 'Give the signal-to-noise ratio in decibels: {"snr": 10}');
  }
  const projection = found.number("projection", 0, 1);
  if (projection === 0) {
    throw found.refused("leaves no column", "Give a projection a share above 0");
  }
  const all = {
    split: found.texts("split"),
    modalities: found.texts("modalities"),
    noise: snr === undefined
      ? undefined
      : { snr, correlation: noise?.number("correlation", 0, 1) ?? 0 },
    projection,
    bits: found.integer("bits", 1, 16),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
