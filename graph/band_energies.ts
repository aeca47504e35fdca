/**
 * How much of the features of items is smooth on the interaction graph: their energy by bands of frequency, without
 * eigenvectors and on the CPU.
 *
 * @module
 */
import { type Csr, transpose } from "../algebra/csr.ts";
import { uniforms } from "../algebra/random_sequence.ts";
import { normalisedInteractions } from "./interaction_graph.ts";

/** Columns of the signal, row-major: `rows×columns`. */
export interface ItemSignal {
  /** Number of items. */
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** `rows×columns` values. */
  readonly values: Float32Array;
}

/** Products with the graph; twice as many moments follow from them. */
const products = 32;
/** Multiplications that a signal may take: where the graph is large, fewer mixtures of its columns are filtered. */
const mostMultiplications = 6e9;
const [fewestMixtures, mostMixtures] = [4, 32];

/**
 * The share of a signal's energy in each band of the frequencies 0 to 1, bands of equal width, low to high.
 *
 * `Â` of users and items has its eigenvalues in pairs ±σ that have the same energy at the items; the frequency of a
 * pair is `1 − σ`, as `spectrum` counts it. At the items σ² are the eigenvalues of `P = R̂ᵀR̂`, so that the energy of
 * a band is `tr(Xᵀ h(P) X)` with h = 1 in it: here of h's Chebyshev series, damped as Jackson does against ripples
 * (Weiße et al., "The kernel polynomial method", Reviews of Modern Physics 78, 2006). Of many columns, sums with
 * random signs are filtered in their place (Hutchinson, 1989).
 *
 * @param interactions The train interactions, `U×I`, value 1 each. Items without any are left out.
 * @param signal The signal; its columns are best centred.
 * @param bands Number of bands M, at least 1.
 * @returns M shares that add up to 1; nothing where there is no energy.
 * @example
 * ```ts
 * import { bandEnergies } from "./band_energies.ts";
 * import { interactionMatrix } from "./interaction_graph.ts";
 * const pairs = { users: new Uint32Array([0, 0]), items: new Uint32Array([0, 1]) };
 * const signal = { rows: 2, columns: 1, values: new Float32Array([1, 1]) };
 * bandEnergies(interactionMatrix(pairs, 1, 2), signal, 3); // about [1, 0, 0]
 * ```
 */
export function bandEnergies(
  interactions: Csr,
  signal: ItemSignal,
  bands: number,
): number[] | undefined {
  const block = normalisedInteractions(interactions, 0);
  const back = transpose(block);
  const width = mixturesOf(block.column.length, signal.columns);
  const mixed = mixtures(signal, width, back);
  const moments = chebyshevMoments(block, back, mixed, width);
  if (!(moments[0] > 0)) return undefined;
  const below = Array.from(
    { length: bands - 1 },
    // The share of σ ≥ 1 − (b+1)/M.
    (_, b) => stepEnergy((1 - (b + 1) / bands) ** 2, moments) / moments[0],
  );
  // Damped series of steps don't cross each other by more than rounding.
  const ends = [0, ...below.map((share) => Math.min(1, Math.max(0, share))), 1];
  return ends.slice(1).map((end, b) => Math.max(0, end - ends[b]));
}

/**
 * The shares that white noise would have: those of the eigenvalues, which a signal without any relation to the graph
 * is near.
 *
 * @param interactions The train interactions, `U×I`, value 1 each.
 * @param bands Number of bands M.
 * @returns M shares; nothing where no item has an interaction.
 * @example
 * ```ts
 * import { noiseEnergies } from "./band_energies.ts";
 * import { interactionMatrix } from "./interaction_graph.ts";
 * const pairs = { users: new Uint32Array([0, 0]), items: new Uint32Array([0, 1]) };
 * noiseEnergies(interactionMatrix(pairs, 1, 2), 2); // near [0.5, 0.5]
 * ```
 */
export function noiseEnergies(interactions: Csr, bands: number): number[] | undefined {
  const rows = interactions.columns;
  const columns = mixturesOf(interactions.column.length, mostMixtures);
  const uniform = uniforms(2);
  const values = Float32Array.from({ length: rows * columns }, () => uniform() < 0.5 ? -1 : 1);
  return bandEnergies(interactions, { rows, columns, values }, bands);
}

function mixturesOf(edges: number, columns: number): number {
  const afforded = Math.floor(mostMultiplications / (2 * products * Math.max(1, edges)));
  return Math.min(columns, Math.max(fewestMixtures, Math.min(mostMixtures, afforded)));
}

/** The columns themselves where they are few, or sums of them with random signs; 0 at items without edges. */
function mixtures({ rows, columns, values }: ItemSignal, width: number, byItem: Csr): Float64Array {
  const mixed = new Float64Array(rows * width);
  const uniform = uniforms(1);
  const signs = width === columns
    ? undefined
    : Int8Array.from({ length: columns * width }, () => uniform() < 0.5 ? -1 : 1);
  for (let row = 0; row < rows; row++) {
    if (byItem.rowStart[row] === byItem.rowStart[row + 1]) continue;
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column];
      if (signs === undefined) mixed[row * width + column] = value;
      else {for (let k = 0; k < width; k++) {
          mixed[row * width + k] += signs[column * width + k] * value;
        }}
    }
  }
  return mixed;
}

/** `tr(Xᵀ T_k(2P − I) X)` for k up to twice the number of products, as `2T_mT_n = T_{m+n} + T_{m−n}`. */
function chebyshevMoments(
  block: Csr,
  back: Csr,
  start: Float64Array,
  width: number,
): Float64Array {
  const moments = new Float64Array(2 * products + 1);
  let before = start;
  let now = shifted(block, back, start, width);
  moments[0] = product(start, start);
  moments[1] = product(start, now);
  for (let k = 1; k <= products; k++) {
    moments[2 * k] = 2 * product(now, now) - moments[0];
    if (k === products) break;
    const next = shifted(block, back, now, width);
    for (let n = 0; n < next.length; n++) next[n] = 2 * next[n] - before[n];
    moments[2 * k + 1] = 2 * product(next, now) - moments[1];
    [before, now] = [now, next];
  }
  return moments;
}

/** `(2P − I)·X`. */
function shifted(block: Csr, back: Csr, x: Float64Array, width: number): Float64Array {
  const result = multiplied(back, multiplied(block, x, width), width);
  for (let n = 0; n < result.length; n++) result[n] = 2 * result[n] - x[n];
  return result;
}

function multiplied(matrix: Csr, x: Float64Array, width: number): Float64Array {
  const result = new Float64Array(matrix.rows * width);
  for (let row = 0; row < matrix.rows; row++) {
    const to = row * width;
    for (let entry = matrix.rowStart[row]; entry < matrix.rowStart[row + 1]; entry++) {
      const [from, value] = [matrix.column[entry] * width, matrix.value[entry]];
      for (let k = 0; k < width; k++) result[to + k] += value * x[from + k];
    }
  }
  return result;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n] * b[n];
  return sum;
}

/** The energy at eigenvalues of P from a border on: the step's series, with Jackson's factors. */
function stepEnergy(border: number, moments: Float64Array): number {
  const count = moments.length;
  const angle = Math.acos(2 * border - 1);
  const turn = Math.PI / (count + 1);
  let energy = 0;
  for (let k = 0; k < count; k++) {
    const damping = ((count - k + 1) * Math.cos(turn * k) +
      Math.sin(turn * k) / Math.tan(turn)) / (count + 1);
    const coefficient = k === 0 ? angle / Math.PI : 2 * Math.sin(k * angle) / (k * Math.PI);
    energy += damping * coefficient * moments[k];
  }
  return energy;
}
