import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { normal, uniforms } from "../../algebra/random_sequence.ts";
import { symmetricEigen } from "../../algebra/symmetric_eigen.ts";
import { bandEnergies, noiseEnergies } from "../../graph/band_energies.ts";
import { interactionMatrix, normalisedInteractions } from "../../graph/interaction_graph.ts";

/** Random interactions of some users and items. */
function randomGraph(users: number, items: number, share: number) {
  const uniform = uniforms(9);
  const pairs: [number, number][] = [];
  for (let user = 0; user < users; user++) {
    for (let item = 0; item < items; item++) if (uniform() < share) pairs.push([user, item]);
  }
  const train = {
    users: Uint32Array.from(pairs, ([user]) => user),
    items: Uint32Array.from(pairs, ([, item]) => item),
  };
  return interactionMatrix(train, users, items);
}

/** Eigenpairs of P = R̂ᵀR̂, densely. */
function itemEigen(graph: ReturnType<typeof randomGraph>) {
  const { rows, columns: n, rowStart, column, value } = normalisedInteractions(graph, 0);
  const product = new Float64Array(n * n);
  for (let user = 0; user < rows; user++) {
    for (let a = rowStart[user]; a < rowStart[user + 1]; a++) {
      for (let b = rowStart[user]; b < rowStart[user + 1]; b++) {
        product[column[a] * n + column[b]] += value[a] * value[b];
      }
    }
  }
  return symmetricEigen(product, n);
}

Deno.test("bandEnergies() puts an eigenvector's energy in the band of its frequency", () => {
  const graph = randomGraph(60, 40, 0.2);
  const { values, vectors } = itemEigen(graph);
  const n = 40;
  for (const k of [0, 3, 8, 20, 39]) {
    const frequency = 1 - Math.sqrt(Math.min(1, Math.max(0, values[k])));
    // The series blurs borders.
    if ([1 / 3, 2 / 3].some((border) => Math.abs(frequency - border) < 0.06)) continue;
    const column = Float32Array.from({ length: n }, (_, i) => vectors[i * n + k]);
    const shares = bandEnergies(graph, { rows: n, columns: 1, values: column }, 3)!;
    assertAlmostEquals(shares.reduce((sum, share) => sum + share, 0), 1, 1e-12);
    assert(shares[Math.min(2, Math.floor(3 * frequency))] > 0.97, `${k} ${frequency} ${shares}`);
  }
});

Deno.test("bandEnergies() is near the shares of eigenvectors, of few columns and of many", () => {
  const graph = randomGraph(60, 40, 0.2);
  const { values, vectors } = itemEigen(graph);
  const n = 40;
  for (const columns of [3, 200]) {
    const uniform = uniforms(5);
    const signal = Float32Array.from({ length: n * columns }, (_, at) => {
      const item = Math.floor(at / columns);
      return normal(uniform) + 3 * vectors[item * n + 1 + at % 2];
    });
    const expected = [0, 0, 0];
    for (let k = 0; k < n; k++) {
      const band = Math.min(2, Math.floor(3 * (1 - Math.sqrt(Math.max(0, values[k])))));
      for (let c = 0; c < columns; c++) {
        let coefficient = 0;
        for (let i = 0; i < n; i++) coefficient += vectors[i * n + k] * signal[i * columns + c];
        expected[band] += coefficient ** 2;
      }
    }
    const total = expected.reduce((sum, energy) => sum + energy, 0);
    const shares = bandEnergies(graph, { rows: n, columns, values: signal }, 3)!;
    shares.forEach((share, band) => assertAlmostEquals(share, expected[band] / total, 0.06));
  }
});

Deno.test("noiseEnergies() is near the shares of eigenvalues", () => {
  const graph = randomGraph(60, 40, 0.2);
  const expected = [0, 0, 0];
  for (const value of itemEigen(graph).values) {
    expected[Math.min(2, Math.floor(3 * (1 - Math.sqrt(Math.max(0, value)))))] += 1 / 40;
  }
  noiseEnergies(graph, 3)!.forEach((share, b) => assertAlmostEquals(share, expected[b], 0.06));
});

Deno.test("bandEnergies() leaves out items without interactions, and has none of nothing", () => {
  const pairs = { users: Uint32Array.of(0, 0), items: Uint32Array.of(0, 1) };
  const graph = interactionMatrix(pairs, 1, 3);
  const smooth = { rows: 3, columns: 1, values: Float32Array.of(1, 1, 100) };
  const [low] = bandEnergies(graph, smooth, 3)!;
  assert(low > 0.99, `${low}`);
  assertEquals(bandEnergies(graph, { ...smooth, values: Float32Array.of(0, 0, 1) }, 3), undefined);
});
