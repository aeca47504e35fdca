/**
 * Studies of the models: what each of their parts does.
 *
 * @module
 */
import { modelNamed } from "../../models/registry.ts";
import { resolveSettings } from "../../models/settings.ts";
import type { SomeSettings } from "../../models/search.ts";
import { usualSettings } from "./usual_settings.ts";
import type { Study, Variant } from "./study.ts";

/** What these studies have in common. */
const usual = {
  model: "smore",
  settings: usualSettings,
  datasets: ["sample"],
  epochs: 8,
  seeds: 3,
} as const;

const ofSsr = { ...usual, model: "ssr" } as const;

/** Variants of one setting. */
const varied = (key: string, values: readonly (number | string)[]): Variant[] =>
  values.map((value) => ({
    name: `${key}=${value}`,
    settings: { [key]: value },
    ...typeof value === "number" && { x: value },
  }));

/** Frequency bins of the Fourier filter. */
const bins: Study = {
  ...usual,
  name: "bins",
  question: "How many frequency components of the features does SMORE's Fourier filter need?",
  axes: { x: "frequency bins kept, from the lowest", y: "recall@20" },
  gridOf(_dataset, settings) {
    const { dim } = resolveSettings(modelNamed("smore").settings, settings);
    const all = Number(dim) / 2 + 1;
    const few = [1, 2, 4, 8, 16, 32, 64, 128, 256].filter((count) => count < all);
    return {
      variants: [
        { name: `all ${all}`, settings: { keep_bins: 0 }, x: all },
        ...varied("keep_bins", few),
      ],
    };
  },
};

/** Denoisers. */
const denoise: Study = {
  ...usual,
  name: "denoise",
  question: "Does SMORE's Fourier filter denoise better than an attention, a graph, or nothing?",
  axes: { x: "denoiser", y: "recall@20" },
  gridOf: () => ({
    variants: ["fourier", "attention", "graph", "none"].map((denoiser) => ({
      name: denoiser,
      settings: { denoiser },
    })),
  }),
};

/** Bands of SSR. */
const bands: Study = {
  ...ofSsr,
  name: "bands",
  question:
    "How many bands does SSR need, where are they cut, and by eigenvectors or by polynomials?",
  axes: { x: "number of bands", y: "recall@20" },
  gridOf: () => ({
    variants: [
      ...[3, 1, 2, 4, 5].map((count): Variant => ({
        name: count === 1 ? "1 band" : `${count} bands, chebyshev`,
        ...{ series: "chebyshev", x: count },
        settings: { bands: count, decomposition: "chebyshev" },
      })),
      ...["energy", "equal-width"].flatMap((borders) =>
        [2, 3, 5].map((count): Variant => ({
          name: `${count} bands, gft, ${borders}`,
          ...{ series: `gft, ${borders}`, x: count },
          settings: { bands: count, decomposition: "gft", borders },
        }))
      ),
    ],
  }),
};

/** What mixes SSR's bands. */
const operator: Study = {
  ...ofSsr,
  name: "operator",
  question: "Does what mixes SSR's bands matter: G-HSNO, a tensor in CP form, or nothing?",
  axes: { x: "rank", y: "recall@20" },
  gridOf: () => ({
    variants: [
      ...[4, 1, 2, 8].map((rank): Variant => ({
        name: `ghsno, rank ${rank}`,
        ...{ series: "ghsno", x: rank, settings: { operator: "ghsno", rank } },
      })),
      ...[1, 2, 4, 8].map((rank): Variant => ({
        name: `cp, rank ${rank}`,
        ...{ series: "cp", x: rank, settings: { operator: "cp", rank } },
      })),
      { name: "none", series: "none", settings: { operator: "none" } },
    ],
  }),
};

/** A model as published, and without one part after the other. */
const without = (
  model: string,
  published: SomeSettings,
  parts: Readonly<Record<string, SomeSettings>>,
): Variant[] => [
  { name: model, model, series: model, settings: published },
  ...Object.entries(parts).map(([part, settings]) => ({
    ...{ name: `${model} ${part}`, model, series: model, baseline: model },
    settings: { ...published, ...settings },
  })),
];

/** What the published losses weigh, which the models leave out by default, weigh less or set in late. */
const publishedLosses = {
  ssr: { mask_weight: 1e-3, alignment_weight: 1e-4 },
  fitmm: { ib_weight: 1 },
  smore: { contrastive_warm_up: 0 },
} as const;

/** Ablations of the three models of bands. */
const ablations: Study = {
  ...usual,
  name: "ablations",
  question: "What does each part of SSR, FITMM and SMORE contribute, with the losses as published?",
  axes: { x: "what is left out", y: "recall@20" },
  gridOf: () => ({
    variants: [
      ...without("ssr", publishedLosses.ssr, {
        "without bands": { bands: 1 },
        "without masking": { mask_weight: 0 },
        "without operator": { operator: "none" },
        "without alignment": { alignment_weight: 0 },
        "without item graph": { item_layers: 0 },
        "without features": { modalities: "none", item_layers: 0 },
      }),
      ...without("fitmm", publishedLosses.fitmm, {
        "without bands": { bands: 1 },
        "with random bands": { basis: "random" },
        "without bottleneck": { ib: "none" },
        "without consistency": { consistency_weight: 0 },
        "without item graph": { item_layers: 0 },
      }),
      ...without("smore", publishedLosses.smore, {
        "without denoising": { denoiser: "none" },
        "without contrast": { contrastive: 0 },
      }),
    ],
    notes: [
      "Each part is compared with its own model, whole. What a setting leaves out is all that is left out: SMORE's " +
      "item graphs and preferences, and the gates of SSR and FITMM, cannot be left out",
    ],
  }),
};

/** What models tell of parts of the users. */
const segments: Study = {
  ...usual,
  name: "segments",
  question: "Do users with few interactions lean on other bands and modalities than the others?",
  axes: { x: "model", y: "recall@20" },
  bySegments: true,
  gridOf: () => ({
    variants: ["ssr", "fitmm", "smore"].map((model) => ({ name: model, model })),
    notes: [
      "Weights are those of the best epoch: of SSR and FITMM the gate of each band, of SMORE how far its preference " +
      "lets each view through, on average over columns. Users are parted at 5 train interactions",
    ],
  }),
};

/** Layers of SMORE. */
const layers: Study = {
  ...usual,
  name: "layers",
  question: "How many layers do the interaction graph and the item graphs need?",
  axes: { x: "layers on the interaction graph", y: "recall@20" },
  gridOf: () => ({
    variants: [1, 2].flatMap((item_layers) =>
      [1, 2, 3, 4].map((layers): Variant => ({
        name: `${layers} + ${item_layers}`,
        series: item_layers === 1 ? "1 item layer" : `${item_layers} item layers`,
        ...{ x: layers, settings: { layers, item_layers } },
      }))
    ),
    notes: ["A variant is called after its layers on the interaction graph + on the item graphs"],
  }),
};

/** Studies of the models. */
export const modelStudies: readonly Study[] = [
  ...[bins, denoise, bands, operator, ablations, segments, layers],
];
