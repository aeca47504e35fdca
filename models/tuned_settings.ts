/**
 * Settings that `tune` found (bench/RESULTS.md, "Quality"), which are presets by the names of their datasets.
 *
 * @module
 */

/** What was found, by dataset and model; the other settings have the model's defaults. */
export const tunedSettings = {
  tiktok: {
    ssr: { learning_rate: 8.5e-4, neighbours: "20", standardise: true },
    fitmm: {
      learning_rate: 1.31e-3,
      graph_weights: "image=0.9,audio=0.1",
      neighbours: "10",
      standardise: true,
      ib_weight: 0.0199,
    },
    freedom: {
      learning_rate: 4.51e-3,
      layers: 4,
      neighbours: "20",
      standardise: true,
      dropout: 0.68,
      reg: 3.29e-5,
    },
    lightgcn: { learning_rate: 4.51e-3, layers: 4, reg: 7.65e-4 },
  },
  sports: {
    ssr: { batch: 8192, learning_rate: 2.56e-3, standardise: true },
    fitmm: {
      batch: 8192,
      learning_rate: 3.31e-3,
      standardise: false,
      neighbours: "20",
      bands: 4,
      ib_weight: 0.082,
      consistency_weight: 0,
    },
  },
} as const;
