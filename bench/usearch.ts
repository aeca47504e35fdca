/**
 * The 20 best items of users by an approximate index, usearch, without those that they have.
 *
 * Usage: deno run --no-lock --allow-read --allow-ffi --allow-env --allow-sys bench/usearch.ts EMBEDDINGS INTERACTIONS SECONDS
 *
 * EMBEDDINGS is what `export --format npy` wrote; INTERACTIONS is the .inter file of the dataset. Prints a line of JSON;
 * recall is that of its lists among the exact ones.
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";
import { kBest } from "../evaluation/k_best.ts";
import { readNpy } from "../data/npy.ts";

const [folder, interactions, seconds] = Deno.args;
// A native library: no dependency of Bandpass, and fetched by whoever compares with it.
const name = "npm:usearch@2.26.2";
const { default: usearch } = await import(name);
const { Index, MetricKind, ScalarKind } = usearch;

const [users, items] = await Promise.all(
  ["users", "items"].map((what) => readNpy(`${folder}/${what}.npy`)),
);
const [count, columns] = items.shape;
const taken = Array.from({ length: users.shape[0] }, () => new Set<number>());
for (const line of (await Deno.readTextFile(interactions)).trim().split("\n").slice(1)) {
  const [user, item] = line.split("\t").map(Number);
  taken[user].add(item);
}
const started = performance.now();
const index = new Index({
  metric: MetricKind.IP,
  quantization: ScalarKind.F32,
  dimensions: columns,
});
index.add(BigUint64Array.from({ length: count }, (_, item) => BigInt(item)), items.values);
const building = (performance.now() - started) / 1000;
const rowOf = (user: number) => users.values.subarray(user * columns, (user + 1) * columns);

/** More are asked for than are wanted, as those that the user has are left out. */
function found(user: number): number[] {
  const { keys } = index.search(rowOf(user), 20 + taken[user].size);
  return Array.from(keys as BigUint64Array, Number).filter((item) => !taken[user].has(item))
    .slice(0, 20);
}

function exact(user: number): Uint32Array {
  const row = rowOf(user);
  const scores = Float64Array.from({ length: count }, (_, item) => {
    if (taken[user].has(item)) return -Infinity;
    let score = 0;
    for (let c = 0; c < columns; c++) score += row[c] * items.values[item * columns + c];
    return score;
  });
  return kBest(scores, 20);
}

const next = uniforms(7);
const times: number[] = [];
for (const end = performance.now() + Number(seconds) * 1000; performance.now() < end;) {
  const user = Math.floor(next() * users.shape[0]);
  const start = performance.now();
  found(user);
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const [p50, p99] = [0.5, 0.99].map((share) => times[Math.floor(share * times.length)]);
const asked = Array.from({ length: 100 }, () => Math.floor(next() * users.shape[0]));
const hits = asked.map((user) => {
  const best = new Set(exact(user));
  return found(user).filter((item) => best.has(item)).length / best.size;
});
const recall = hits.reduce((sum, share) => sum + share, 0) / hits.length;
const rate = 1000 * times.length / times.reduce((sum, time) => sum + time, 0);
console.log(JSON.stringify({ building, rate, p50, p99, recall }));
