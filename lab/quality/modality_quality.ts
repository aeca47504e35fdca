/**
 * What the features of a modality are good for, before anything is trained on them.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { Modality } from "../../data/dataset.ts";
import { standardiseFeatures } from "../../data/modalities.ts";
import { bandEnergies } from "../../graph/band_energies.ts";
import { type RocArea, rocArea } from "../statistics/roc_area.ts";
import { cosineOf } from "./cosine.ts";
import { type FeatureFacts, featureFacts } from "./feature_facts.ts";
import { type FeatureRank, featureRank } from "./feature_rank.ts";
import type { DrawnPairs, ItemPairs } from "./item_pairs.ts";
import { type ItemNeighbours, neighboursOf } from "./neighbour_sample.ts";

/** What is measured of all modalities alike, and soon. */
export interface ModalityQuality extends FeatureFacts {
  /** Its name. */
  readonly name: string;
  /** Its columns. */
  readonly columns: number;
  /** Items whose features are zeros alone or the mean of all: those that have none. */
  readonly missing: number;
  /** In how many directions the features extend. */
  readonly rank: FeatureRank;
  /**
   * Whether items that are taken together are more alike than others, by the cosine of their features as they are
   * and as z-scores; nothing where too few pairs have features.
   */
  readonly likeness?: { readonly asGiven: RocArea; readonly standardised: RocArea };
}

/** What takes longer, or is for people to look at. */
export interface ModalityDetails {
  /** The share of energy in the low, middle and high frequencies; nothing where there is no energy. */
  readonly bands?: readonly number[];
  /** Some items with the nearest to them. */
  readonly neighbours: readonly ItemNeighbours[];
}

/** The bands of energy: low, middle and high frequencies. */
export const bandNames = ["low", "middle", "high"] as const;

/**
 * Measures a modality.
 *
 * @param modality The features, as they are in their file.
 * @param pairs Pairs of items; nothing where no user has taken two.
 */
export function modalityQuality(
  modality: Modality,
  pairs: DrawnPairs | undefined,
): ModalityQuality {
  const standardised = standardiseFeatures(modality);
  return measured(modality, standardised, presentIn(standardised), pairs);
}

/**
 * Measures a modality, and what takes longer.
 *
 * @param modality The features, as they are in their file.
 * @param pairs Pairs of items; nothing where no user has taken two.
 * @param interactions The train interactions, `U×I`.
 * @param items Items whose neighbours are wanted.
 */
export function detailedQuality(
  modality: Modality,
  pairs: DrawnPairs | undefined,
  interactions: Csr,
  items: readonly number[],
): ModalityQuality & ModalityDetails {
  const standardised = standardiseFeatures(modality);
  const present = presentIn(standardised);
  return {
    ...measured(modality, standardised, present, pairs),
    bands: bandEnergies(interactions, standardised, bandNames.length),
    neighbours: neighboursOf(items, modality, present),
  };
}

function measured(
  modality: Modality,
  standardised: Modality,
  present: Uint8Array,
  pairs: DrawnPairs | undefined,
): ModalityQuality {
  const { name, rows, columns } = modality;
  return {
    ...{ name, columns, missing: rows - present.reduce((sum, one) => sum + one, 0) },
    ...featureFacts(modality, present),
    rank: featureRank(modality, present),
    likeness: pairs && likenessOf(modality, standardised, present, pairs),
  };
}

/** Standardised features are 0 where an item has none. */
function presentIn({ rows, columns, values }: Modality): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => {
    for (let n = row * columns; n < (row + 1) * columns; n++) if (values[n] !== 0) return 1;
    return 0;
  });
}

function likenessOf(
  asGiven: Modality,
  standardised: Modality,
  present: Uint8Array,
  { together, random }: DrawnPairs,
): ModalityQuality["likeness"] {
  const known = ({ first, second }: ItemPairs) =>
    Array.from(first, (a, n) => [a, second[n]]).filter(([a, b]) => present[a] && present[b]);
  const [positive, negative] = [known(together), known(random)];
  if (positive.length < 2 || negative.length < 2) return undefined;
  const areaOf = (modality: Modality) => {
    const cosines = (pairs: number[][]) => pairs.map(([a, b]) => cosineOf(modality, a, b));
    return rocArea(cosines(positive), cosines(negative));
  };
  return { asGiven: areaOf(asGiven), standardised: areaOf(standardised) };
}
