/**
 * The tails of Student's t distribution.
 *
 * @module
 */
import { continuedFraction } from "./continued_fraction.ts";

/**
 * The probability of a value at least as far from 0 as another, `I_x(ν/2, 1/2)` with `x = ν/(ν + t²)` (DLMF 8.17).
 *
 * @param t The other one.
 * @param freedom The degrees of freedom ν, a positive number.
 * @returns To a relative error of about 1e-12, in the tails too.
 * @example
 * ```ts
 * import { studentTails } from "./student_t.ts";
 * studentTails(1, 1); // 0.5
 * ```
 */
export function studentTails(t: number, freedom: number): number {
  const ratio = t * t / freedom;
  if (ratio === Infinity) return 0;
  const [a, b] = [freedom / 2, 0.5];
  // x^a (1 − x)^b / B(a, b); the logarithm of x by what it is less than 1.
  const front = Math.exp(-a * Math.log1p(ratio)) * Math.sqrt(ratio / (1 + ratio)) *
    gammaRatio(a) / Math.sqrt(Math.PI);
  const [x, rest] = [1 / (1 + ratio), ratio / (1 + ratio)];
  // The fraction converges fast on either side of the mean.
  return x < (a + 1) / (a + b + 2)
    ? front / a * betaFraction(x, a, b)
    : 1 - front / b * betaFraction(rest, b, a);
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), without what is in front of it. */
function betaFraction(x: number, a: number, b: number): number {
  return continuedFraction((n) => {
    if (n === 1) return [1, 1];
    const m = Math.floor((n - 1) / 2);
    const step = n % 2 === 1
      ? m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1));
    return [step * x, 1];
  });
}

/** From here on the expansion of {@linkcode gammaRatio} is exact to the last digits. */
const expansionStart = 40;

/**
 * `Γ(a + 1/2)/Γ(a)`. Logarithms of both would lose digits where a is great; this is `√a` times the expansion in 1/a
 * (DLMF 5.11.13), which is raised to where it holds by `Γ(a + 1) = a·Γ(a)`.
 */
function gammaRatio(a: number): number {
  let factor = 1;
  for (; a < expansionStart; a++) factor *= a / (a + 0.5);
  const x = 1 / (8 * a);
  const expansion = 1 - x + x ** 2 / 2 + 5 * x ** 3 / 2 - 21 * x ** 4 / 8 - 399 * x ** 5 / 8 +
    869 * x ** 6 / 16;
  return factor * Math.sqrt(a) * expansion;
}
