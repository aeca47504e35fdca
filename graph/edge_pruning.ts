/**
 * Degree-sensitive edge pruning (FREEDOM, ACM MM 2023; methods.md, §2).
 *
 * @module
 */
import { type Csr, rowCounts } from "../algebra/csr.ts";
import { randomBits, streams, uniformOf } from "../gpu/random.ts";

/**
 * The values of the normalised interactions of an epoch: `⌊E(1−ρ)⌋` edges are drawn without
 * replacement with weights `1/√(d_u·d_i)`, and normalised by their own degrees; the others are 0.
 *
 * An edge is kept if its exponential of rate w is among the smallest (Efraimidis and Spirakis, 2006),
 * which draws without replacement by weight.
 *
 * @param interactions The train interactions, `U×I`.
 * @param rate ρ, the share of the edges that is dropped, below 1.
 * @param epsilon Added to each degree.
 * @param seed The run's seed.
 * @param epoch The epoch.
 * @returns A value for each entry of `interactions`.
 * @example
 * ```ts
 * import { interactionMatrix } from "./interaction_graph.ts";
 * import { prunedValues } from "./edge_pruning.ts";
 * const pairs = { users: new Uint32Array([0, 1]), items: new Uint32Array([0, 1]) };
 * prunedValues(interactionMatrix(pairs, 2, 2), 0.5, 0, 0, 0).filter((v) => v > 0); // [1]
 * ```
 */
export function prunedValues(
  interactions: Csr,
  rate: number,
  epsilon: number,
  seed: number,
  epoch: number,
): Float32Array<ArrayBuffer> {
  const edges = interactions.column.length;
  const userOf = new Uint32Array(edges);
  const userDegree = rowCounts(interactions);
  const itemDegree = new Uint32Array(interactions.columns);
  for (let user = 0; user < interactions.rows; user++) {
    userOf.fill(user, interactions.rowStart[user], interactions.rowStart[user + 1]);
  }
  for (const item of interactions.column) itemDegree[item]++;
  const times = Float64Array.from({ length: edges }, (_, edge) => {
    const weight = 1 / Math.sqrt(userDegree[userOf[edge]] * itemDegree[interactions.column[edge]]);
    return -Math.log(1 - uniformOf(randomBits(seed, streams.edges, epoch, edge)[0])) / weight;
  });
  const kept = Math.floor(edges * (1 - rate));
  const isKept = smallest(times, kept);
  const users = new Uint32Array(interactions.rows);
  const items = new Uint32Array(interactions.columns);
  isKept.forEach((one, edge) => {
    users[userOf[edge]] += one;
    items[interactions.column[edge]] += one;
  });
  const values = new Float32Array(edges);
  for (let edge = 0; edge < edges; edge++) {
    if (isKept[edge] === 0) continue;
    const product = (users[userOf[edge]] + epsilon) * (items[interactions.column[edge]] + epsilon);
    values[edge] = 1 / Math.sqrt(product);
  }
  return values;
}

/** Marks the smallest numbers with 1; of equal ones, the first. */
function smallest(numbers: Float64Array, count: number): Uint8Array {
  const marks = new Uint8Array(numbers.length);
  if (count === 0) return marks;
  const largest = numbers.toSorted()[count - 1];
  let left = count;
  numbers.forEach((value, n) => {
    if (value < largest) left -= marks[n] = 1;
  });
  for (let n = 0; left > 0; n++) {
    if (numbers[n] === largest) left -= marks[n] = 1;
  }
  return marks;
}
