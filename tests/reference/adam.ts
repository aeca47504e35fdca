/**
 * Adam in f64 as PyTorch words it, the oracle of the optimiser's checks.
 *
 * @module
 */

/** A parameter and its moments. */
export interface AdamTwin {
  /** The parameter. */
  readonly parameter: Float64Array;
  /** Running mean of the gradient. */
  readonly mean: Float64Array;
  /** Running mean of its square. */
  readonly variance: Float64Array;
}

/** A parameter before its first step. */
export function adamTwin(start: ArrayLike<number>): AdamTwin {
  const parameter = Float64Array.from(start);
  const [mean, variance] = [0, 1].map(() => new Float64Array(parameter.length));
  return { parameter, mean, variance };
}

/**
 * One step (Kingma and Ba, ICLR 2015; β .9 and .999, ε 1e-8), weight decay added to the gradient.
 *
 * @param twin What changes.
 * @param gradient The gradient.
 * @param learningRate The learning rate.
 * @param t Number of the step, from 1.
 * @param weightDecay Factor of the parameter.
 * @example
 * ```ts
 * import { adamTwin, stepTwin } from "./adam.ts";
 * const twin = adamTwin([1]);
 * stepTwin(twin, [5], 0.1, 1); // the parameter is 0.9
 * ```
 */
export function stepTwin(
  { parameter, mean, variance }: AdamTwin,
  gradient: ArrayLike<number>,
  learningRate: number,
  t: number,
  weightDecay = 0,
): void {
  for (let n = 0; n < parameter.length; n++) {
    const g = gradient[n] + weightDecay * parameter[n];
    mean[n] = 0.9 * mean[n] + 0.1 * g;
    variance[n] = 0.999 * variance[n] + 0.001 * g * g;
    const meanHat = mean[n] / (1 - 0.9 ** t);
    const varianceHat = variance[n] / (1 - 0.999 ** t);
    parameter[n] -= learningRate * meanHat / (Math.sqrt(varianceHat) + 1e-8);
  }
}
