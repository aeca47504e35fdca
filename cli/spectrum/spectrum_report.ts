/**
 * What `spectrum` found, as `--json` prints it.
 *
 * @module
 */
import type { GraphSpectrum } from "../../graph/spectrum_plan.ts";
import { equalWidthBorders } from "../../graph/spectrum_borders.ts";

/** A band of neighbouring eigenpairs. */
export interface BandReport {
  /** The first eigenpair, counted from 0. */
  readonly first: number;
  /** The eigenpair after the last. */
  readonly end: number;
  /** The frequency `1−λ` of the first; none in an empty band. */
  readonly lowest?: number;
  /** The frequency of the last. */
  readonly highest?: number;
}

/** Where the energy of a modality's features is. */
export interface ModalityReport {
  /** The modality. */
  readonly name: string;
  /** The share of its energy in each band. */
  readonly bands: readonly number[];
  /** The share that no eigenpair found has. */
  readonly remainder: number;
  /** The share of each eigenpair. */
  readonly eigenpairs: readonly number[];
  /**
   * Where bands of equal energy would meet: the number of eigenpairs below each of M−1 borders. Above
   * the border after all of them is the remainder.
   */
  readonly equal_energy_borders: readonly number[];
}

/** A repeated eigenvalue at the end, of which there are more eigenvectors than were asked for. */
export interface CutReport {
  /** The eigenvalue. */
  readonly eigenvalue: number;
  /** How many of its eigenvectors were found; which ones follows from the seed. */
  readonly times: number;
  /** For each modality the share of energy that these have, and the most that all of them could have. */
  readonly shares: Readonly<Record<string, readonly [found: number, most: number]>>;
}

/** The spectrum of a graph. */
export interface SpectrumReport {
  /** The dataset. */
  readonly dataset: string;
  /** The graph: `interactions`, or the modality whose nearest items are neighbours. */
  readonly graph: string;
  /** Number of nodes. */
  readonly nodes: number;
  /** Number of edges. */
  readonly edges: number;
  /** Components with edges: the multiplicity of eigenvalue 1. */
  readonly components: number;
  /** Eigenvalues of Â, descending. */
  readonly eigenvalues: readonly number[];
  /** `‖Âv − λv‖` of each. */
  readonly residuals: readonly number[];
  /** The largest entry of `|VᵀV − I|`. */
  readonly orthogonality: number;
  /** What was solved. */
  readonly operator: GraphSpectrum["operator"];
  /** How. */
  readonly method: GraphSpectrum["method"];
  /** Restarts of the search. */
  readonly restarts: number;
  /** Products of the operator with a vector. */
  readonly products: number;
  /** Seconds that the search took when it was done. */
  readonly seconds: number;
  /** Whether it was done in an earlier run. */
  readonly kept: boolean;
  /** The adapter. */
  readonly adapter: string;
  /** Bands of equal width in frequency. */
  readonly bands: readonly BandReport[];
  /** The modalities of the dataset. */
  readonly modalities: readonly ModalityReport[];
  /** What is uncertain at the end, where the last eigenvalue is a repeated one. */
  readonly cut?: CutReport;
}

/** Eigenvalues that differ by less than this are one. */
export const distinct = 5e-7;

/**
 * What is uncertain where K ends within a repeated eigenvalue: its eigenvectors are one basis of many, so
 * that the energy of a part of them follows from the seed.
 *
 * @param eigenvalues Descending.
 * @param next The eigenvalue after them; −∞ where there is none.
 * @param tolerance Eigenvalues that are nearer have eigenvectors that the search cannot tell apart.
 * @param modalities Shares of energy.
 * @returns Nothing where the last eigenvalue does not go on.
 */
export function cutReport(
  eigenvalues: readonly number[],
  next: number,
  tolerance: number,
  modalities: readonly ModalityReport[],
): CutReport | undefined {
  const eigenvalue = eigenvalues[eigenvalues.length - 1];
  if (eigenvalue - next > tolerance) return undefined;
  const first = eigenvalues.findIndex((value) => value - eigenvalue < distinct);
  const times = eigenvalues.length - first;
  const shares = modalities.map(({ name, eigenpairs, remainder }) => {
    const found = eigenpairs.slice(first).reduce((sum, share) => sum + share, 0);
    return [name, [found, Math.min(1, found + remainder)]] as const;
  });
  return { eigenvalue, times, shares: Object.fromEntries(shares) };
}

/**
 * Bands of equal width over the frequencies that were found. Where rounding has put the eigenvectors of a
 * repeated eigenvalue on both sides of a border, all of them are above it: which are where would follow from
 * the seed.
 *
 * @param eigenvalues Descending.
 * @param count Number of bands M.
 */
export function bandReports(eigenvalues: ArrayLike<number>, count: number): BandReport[] {
  const between = equalWidthBorders(eigenvalues, count).map((border) => {
    while (border > 0 && eigenvalues[border - 1] - eigenvalues[border] < distinct) border++;
    return border;
  });
  const borders = [0, ...between, eigenvalues.length];
  return Array.from({ length: count }, (_, band) => {
    const [first, end] = [borders[band], borders[band + 1]];
    if (first === end) return { first, end };
    return { first, end, lowest: 1 - eigenvalues[first], highest: 1 - eigenvalues[end - 1] };
  });
}

/**
 * Shares of a modality's energy.
 *
 * @param name The modality.
 * @param energies The energy of each eigenpair.
 * @param total The energy of its features.
 * @param bands The bands.
 */
export function modalityReport(
  name: string,
  energies: ArrayLike<number>,
  total: number,
  bands: readonly BandReport[],
): ModalityReport {
  // Features without any energy have no share of it anywhere.
  const eigenpairs = Array.from(energies, (energy) => total > 0 ? energy / total : 0);
  const sum = (shares: readonly number[]) => shares.reduce((all, share) => all + share, 0);
  // Rounding can put the sum a little above the whole.
  const remainder = total > 0 ? Math.max(0, 1 - sum(eigenpairs)) : 0;
  let [covered, place] = [0, 0];
  const equal = bands.slice(1).map((_, border) => {
    while (place < eigenpairs.length) {
      const next = covered + eigenpairs[place];
      if (next >= (border + 1) / bands.length) break;
      covered = next;
      place++;
    }
    return place;
  });
  return {
    name,
    bands: bands.map(({ first, end }) => sum(eigenpairs.slice(first, end))),
    remainder,
    eigenpairs,
    equal_energy_borders: equal,
  };
}
