/**
 * Studies of the features: which modalities, how noisy, of how good an encoder.
 *
 * @module
 */
import type { Dataset, Modality } from "../../data/dataset.ts";
import { halved } from "./modality_choice.ts";
import { usualSettings } from "./usual_settings.ts";
import type { Grid, Study, Variant } from "./study.ts";

/** What these studies have in common. */
const usual = {
  model: "smore",
  settings: usualSettings,
  datasets: ["sample"],
  epochs: 8,
  seeds: 3,
} as const;

/** Modalities that `modalities` goes up to. */
const mostModalities = 4;

/** Knock-out of modalities. */
const modalities: Study = {
  ...usual,
  name: "modalities",
  question: "What does each modality add, and does it help to have more of them?",
  axes: { x: "number of modalities", y: "recall@20" },
  gridOf({ modalities }: Dataset): Grid {
    const names = modalities.map(({ name }) => name);
    const all: Variant = { name: `all: ${names.join(" + ")}`, series: "own", x: names.length };
    const some = (chosen: readonly string[]): Variant => ({
      name: chosen.join(" + "),
      series: "own",
      x: chosen.length,
      data: { modalities: chosen },
    });
    const without = names.map((name) => names.filter((other) => other !== name));
    // Of two modalities, what is left without one is the other alone.
    const subsets = [...names.map((name) => [name]), ...without]
      .filter(({ length }) => length > 0 && length < names.length);
    const unlike = new Map(subsets.map((chosen) => [chosen.join(), chosen]));
    return {
      variants: [all, ...[...unlike.values()].map(some), ...cutVariants(modalities)],
      notes: cutNotes(names),
    };
  },
};

/** The widest modality is cut in two until there are four, each time a variant. */
function cutVariants(modalities: readonly Modality[]): Variant[] {
  const variants: Variant[] = [];
  const split: string[] = [];
  let parts = modalities;
  while (parts.length < mostModalities) {
    const widest = parts.reduce((best, one) => one.columns > best.columns ? one : best);
    if (widest.columns < 2) break;
    split.push(widest.name);
    parts = halved(parts, widest.name);
    variants.push({
      name: `cut in ${parts.length}: ${parts.map(({ name }) => name).join(" + ")}`,
      series: "cut in halves",
      x: parts.length,
      data: { split: [...split] },
    });
  }
  return variants;
}

function cutNotes(names: readonly string[]): string[] {
  if (names.length >= mostModalities) return [];
  return [
    `The dataset has ${names.length === 1 ? "one modality" : `${names.length} modalities`}, ${
      names.join(" and ")
    }. ` +
    `More, up to ${mostModalities}, are made by cutting the widest in halves: they hold the same features, so that ` +
    "what changes is their number alone",
  ];
}

/** Noise on the features, independent and shared. */
const noise: Study = {
  ...usual,
  name: "noise",
  question:
    "How much noise in the features does the model bear, and is noise that modalities share worse?",
  axes: { x: "signal-to-noise ratio in dB", y: "recall@20" },
  gridOf: ({ modalities }) => ({
    variants: [
      { name: "clean", series: "clean" },
      ...[["independent", 0] as const, ["shared", 1] as const].flatMap(([series, correlation]) =>
        [10, 0, -10].map((snr): Variant => ({
          name: `${series} ${snr} dB`,
          ...{ series, x: snr, data: { noise: { snr, correlation } } },
        }))
      ),
    ],
    notes: [
      "Noise is Gaussian, on every column, relative to the variance of that column; shared noise is the same in " +
      "columns of the same number of all modalities" +
      (modalities.length === 1 ? "; here there is one modality, so both are alike" : ""),
    ],
  }),
};

/** Features of a poorer encoder. */
const encoder: Study = {
  ...usual,
  name: "encoder",
  question:
    "How good must the encoder be: how many columns and how many bits do the features need?",
  axes: { x: "share of the bits that are left", y: "recall@20" },
  gridOf: () => ({
    variants: [
      { name: "as they are", series: "as they are", x: 1 },
      ...[2, 8, 32].map((part): Variant => ({
        name: `columns/${part}`,
        ...{ series: "random projection", x: 1 / part, data: { projection: 1 / part } },
      })),
      ...[4, 2, 1].map((bits): Variant => ({
        name: bits === 1 ? "1 bit" : `${bits} bits`,
        ...{ series: "quantised", x: bits / 32, data: { bits } },
      })),
    ],
  }),
};

/** Studies of the features. */
export const featureStudies: readonly Study[] = [modalities, noise, encoder];
