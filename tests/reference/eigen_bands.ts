/**
 * Frequency bands of a signal by eigenvectors in f64 (methods.md, §5).
 *
 * @module
 */

/** `Bᵀ·x`, B `n×k`, x `n×d`. */
export function graphCoefficients(basis: ArrayLike<number>, x: ArrayLike<number>, n: number) {
  const [k, d] = [basis.length / n, x.length / n];
  const c = new Float64Array(k * d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < k; i++) {
      for (let f = 0; f < d; f++) c[i * d + f] += basis[row * k + i] * x[row * d + f];
    }
  }
  return c;
}

/** Equal-energy borders of the sources' coefficients and remainders: M+1 numbers. */
export function energyBorders(
  basis: ArrayLike<number>,
  sources: readonly ArrayLike<number>[],
  n: number,
  bands: number,
): number[] {
  const k = basis.length / n;
  const powers = new Float64Array(k + 1);
  for (const source of sources) {
    const c = graphCoefficients(basis, source, n);
    const d = source.length / n;
    let rest = 0;
    for (let at = 0; at < source.length; at++) rest += source[at] ** 2;
    c.forEach((value, at) => {
      powers[Math.floor(at / d)] += value * value;
      rest -= value * value;
    });
    powers[k] += Math.max(rest, 0);
  }
  const total = powers.reduce((sum, power) => sum + power, 0);
  const below = (share: number) => {
    let cumulated = 0;
    let border = 0;
    for (const power of powers) {
      cumulated += power;
      if (cumulated / total < share) border++;
    }
    return border;
  };
  const inner = Array.from({ length: bands - 1 }, (_, j) => below((j + 1) / bands));
  return [0, ...inner, k + 1];
}

/** The bands of `Σ sources` between given borders, the remainder in the last. */
export function eigenBandsOf(
  basis: ArrayLike<number>,
  sources: readonly ArrayLike<number>[],
  n: number,
  borders: readonly number[],
): Float64Array[] {
  const k = basis.length / n;
  const x = Float64Array.from(sources[0], (_, at) => sources.reduce((sum, s) => sum + s[at], 0));
  const d = x.length / n;
  const c = graphCoefficients(basis, x, n);
  const rest = x.slice();
  return borders.slice(1).map((end, band) => {
    const isLast = band === borders.length - 2;
    if (isLast) return rest;
    const y = new Float64Array(n * d);
    for (let row = 0; row < n; row++) {
      for (let i = borders[band]; i < Math.min(end, k); i++) {
        for (let f = 0; f < d; f++) y[row * d + f] += basis[row * k + i] * c[i * d + f];
      }
    }
    y.forEach((value, at) => rest[at] -= value);
    return y;
  });
}

/** `n×k` orthonormal columns from random numbers. */
export function orthonormalColumns(values: ArrayLike<number>, n: number, k: number): Float64Array {
  const q = Float64Array.from({ length: n * k }, (_, at) => values[at]);
  for (let column = 0; column < k; column++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < column; other++) {
        let dot = 0;
        for (let row = 0; row < n; row++) dot += q[row * k + column] * q[row * k + other];
        for (let row = 0; row < n; row++) q[row * k + column] -= dot * q[row * k + other];
      }
    }
    let squares = 0;
    for (let row = 0; row < n; row++) squares += q[row * k + column] ** 2;
    for (let row = 0; row < n; row++) q[row * k + column] /= Math.sqrt(squares);
  }
  return q;
}
