/**
 * The quality of a dataset: of its modalities, its rows and its splits.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { degreesOf } from "../../data/dataset_summary.ts";
import type { RowTimes } from "../../data/row_times.ts";
import { noiseEnergies } from "../../graph/band_energies.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import { type DegreeBin, degreeBins, type TimeBins, timeBins } from "./distributions.ts";
import { drawPairs } from "./item_pairs.ts";
import { type HeldOutRows, leakageOf } from "./leakage.ts";
import {
  bandNames,
  detailedQuality,
  type ModalityDetails,
  type ModalityQuality,
} from "./modality_quality.ts";
import { sampledItems } from "./neighbour_sample.ts";

/** What is known of a dataset's quality. */
export interface DatasetQuality {
  /** The modalities. */
  readonly modalities: readonly (ModalityQuality & ModalityDetails)[];
  /** What white noise would have in place of a modality's shares of energy; nothing without modalities. */
  readonly noise?: readonly number[];
  /** Users and items by their number of rows, of all splits. */
  readonly degrees: { readonly users: readonly DegreeBin[]; readonly items: readonly DegreeBin[] };
  /** Rows by time; nothing where no times are known. */
  readonly times?: TimeBins;
  /** Held-out rows that are odd. */
  readonly leakage: Readonly<Record<"valid" | "test", HeldOutRows>>;
}

/** Pairs of items that are drawn of each kind. */
export const drawnPairs = 20_000;

/**
 * Measures a dataset. The same dataset gives the same numbers.
 *
 * @param dataset The dataset.
 * @param times The times of its rows (default: they are not known).
 */
export function datasetQuality(dataset: Dataset, times?: RowTimes): DatasetQuality {
  const { users, items, train, valid, test, modalities } = dataset;
  const interactions = interactionMatrix(train, users, items);
  const pairs = drawPairs(interactions, drawnPairs);
  const looked = sampledItems(degreesOf([train], "items", items));
  const rows = [train, valid, test];
  return {
    modalities: modalities.map((modality) =>
      detailedQuality(modality, pairs, interactions, looked)
    ),
    noise: modalities.length === 0 ? undefined : noiseEnergies(interactions, bandNames.length),
    degrees: {
      users: degreeBins(degreesOf(rows, "users", users)),
      items: degreeBins(degreesOf(rows, "items", items)),
    },
    times: times && timeBins(times),
    leakage: leakageOf(dataset, times),
  };
}
