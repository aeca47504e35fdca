/**
 * Banks of Chebyshev filters: which polynomials of Â cut a signal into bands, lowest frequency first.
 *
 * A bank holds for each band the coefficients of `T_0(Â), T_1(Â), …`; its bands add up to `T_0`, so
 * that they add up to the signal.
 *
 * @module
 */

/** Coefficients of `T_k(Â)` by band, as many in each band. */
export type ChebyshevBank = number[][];

/** Weight of a middle band's first degree, and of each further one relative to the one before. */
const [middleWeight, middleDecay] = [0.8, 0.375];

/**
 * The fixed bank of SSR's public code (methods.md, §5): the lowest band `T_0 − ½T_1`, middle bands of
 * the degrees from 2 on in turn, and the rest, all of `L̃ = −Â`.
 *
 * @param bands M, at least 1. With one band it is the signal itself, with two there is no middle; with
 * three the degrees end at 3, whatever the order.
 * @param order The highest degree P, at least 1.
 * @returns M rows; a middle band that no degree is left for is zero.
 * @example
 * ```ts
 * import { publishedBank } from "./chebyshev_bank.ts";
 * publishedBank(3, 5); // [[1, .5, 0, 0], [0, 0, .8, −.3], [0, −.5, −.8, .3]]
 * ```
 */
export function publishedBank(bands: number, order: number): ChebyshevBank {
  if (bands === 1) return [[1]];
  const degree = bands === 2 ? 1 : bands === 3 ? 3 : order;
  const bank = Array.from({ length: bands - 1 }, () => new Array<number>(degree + 1).fill(0));
  // An odd degree of −Â is minus that of Â.
  const sign = (k: number) => k % 2 === 0 ? 1 : -1;
  bank[0][0] = 1;
  bank[0][1] = -0.5 * sign(1);
  const middle = bands - 2;
  for (let k = 2; k <= degree; k++) {
    const place = Math.floor((k - 2) / middle);
    bank[1 + (k - 2) % middle][k] = middleWeight * middleDecay ** place * sign(k);
  }
  return withRest(bank, degree);
}

/** How smooth windows are cut. */
export interface SmoothWindows {
  /** Number of bands M. */
  readonly bands: number;
  /** The degree of the polynomials: the number of sparse products. */
  readonly degree: number;
  /** Width of the flanks, in units of the eigenvalues of Â. */
  readonly width: number;
  /**
   * The eigenvalues of Â at which bands meet, M−1, descending (default: evenly spaced over
   * [−1, 1]).
   */
  readonly borders?: readonly number[];
}

/**
 * Smooth windows that add up to one: differences of sigmoids `σ((λ − border)/width)` of the
 * eigenvalues λ of Â, approximated at the Chebyshev points.
 *
 * For graphs too large for eigenvectors. The steeper the flank, the higher the degree it needs: a
 * width of .05 is met to 0.65 % at degree 32; the bands add up to the signal in any case.
 *
 * @param windows How they are cut.
 * @returns M rows of degree+1.
 * @example
 * ```ts
 * import { smoothBank } from "./chebyshev_bank.ts";
 * smoothBank({ bands: 2, degree: 1, width: 1 })[0][0]; // 0.5: half of the signal
 * ```
 */
export function smoothBank({ bands, degree, width, borders }: SmoothWindows): ChebyshevBank {
  const meetings = borders ?? evenBorders(bands);
  const below = meetings.map((border) =>
    chebyshevCoefficients((value) => 1 / (1 + Math.exp(-(value - border) / width)), degree)
  );
  const bank = below.map((row, b) => row.map((c, k) => b === 0 ? c : c - below[b - 1][k]));
  return withRest(bank, degree);
}

function evenBorders(bands: number): number[] {
  return Array.from({ length: bands - 1 }, (_, b) => 1 - 2 * (b + 1) / bands);
}

/**
 * The coefficients of a function's interpolation at the Chebyshev points.
 *
 * @param f A function on [−1, 1].
 * @param degree The degree.
 * @returns degree+1 coefficients of `T_k`.
 * @example
 * ```ts
 * import { chebyshevCoefficients } from "./chebyshev_bank.ts";
 * chebyshevCoefficients((x) => x * x, 2); // [.5, 0, .5], for x² = (T_0 + T_2)/2
 * ```
 */
export function chebyshevCoefficients(f: (x: number) => number, degree: number): number[] {
  const points = degree + 1;
  const angles = Array.from({ length: points }, (_, n) => Math.PI * (n + 0.5) / points);
  const values = angles.map((angle) => f(Math.cos(angle)));
  return Array.from({ length: points }, (_, k) => {
    const sum = values.reduce((total, value, n) => total + value * Math.cos(k * angles[n]), 0);
    return sum * (k === 0 ? 1 : 2) / points;
  });
}

/** The bands, and what they leave of `T_0`. */
function withRest(bank: ChebyshevBank, degree: number): ChebyshevBank {
  const rest = Array.from(
    { length: degree + 1 },
    (_, k) => bank.reduce((left, row) => left - row[k], k === 0 ? 1 : 0),
  );
  return [...bank, rest];
}
