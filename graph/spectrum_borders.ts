/**
 * Borders of frequency bands that the eigenvalues alone decide.
 *
 * @module
 */

/**
 * Borders that cut the covered interval of eigenvalues, from the largest to the smallest, into parts of
 * equal width; what the eigenvectors do not cover joins the last band.
 *
 * @param eigenvalues Of Â, descending.
 * @param bands M, at least 1.
 * @returns M−1 borders: band j has the eigenvalues from border j−1 up to border j.
 * @example
 * ```ts
 * import { equalWidthBorders } from "./spectrum_borders.ts";
 * equalWidthBorders([1, 0.9, 0.5, 0.2, 0], 2); // [2]: the width of a band is .5
 * ```
 */
export function equalWidthBorders(eigenvalues: ArrayLike<number>, bands: number): number[] {
  const largest = eigenvalues[0];
  const width = (largest - eigenvalues[eigenvalues.length - 1]) / bands;
  return Array.from({ length: bands - 1 }, (_, j) => {
    let border = 0;
    // An eigenvalue on a border belongs to the band above it.
    while (border < eigenvalues.length && largest - eigenvalues[border] < (j + 1) * width) border++;
    return border;
  });
}
