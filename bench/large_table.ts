/**
 * Writes `datasets/large`: 20,000 items with 4,096 feature columns (328 MB, more than lavapipe binds at
 * once), 4,000 users and 24,000 interactions, to train one epoch on.
 *
 * Usage: deno run --allow-read --allow-write=datasets bench/large_table.ts
 *   ./bandpass train --dataset large --model smore --epochs 1
 *
 * @module
 */
import { writeNpy } from "../data/npy.ts";
import { uniforms } from "../algebra/random_sequence.ts";

const [users, items, columns] = [4_000, 20_000, 4_096];
const next = uniforms(1);
const folder = "datasets/large";
await Deno.mkdir(folder, { recursive: true });
const lines = ["userID\titemID\tx_label"];
for (let item = 0; item < items; item++) lines.push(`${item % users}\t${item}\t0`);
for (let user = 0; user < users; user++) {
  // Items of other users, so that no pair stands twice.
  const other = (offset: number) => (user + offset) % users + users * Math.floor(5 * next());
  lines.push(`${user}\t${other(7)}\t${user % 2 + 1}`);
}
await Deno.writeTextFile(`${folder}/large.inter`, `${lines.join("\n")}\n`);
const values = new Float32Array(items * columns);
// Twenty directions and noise: neighbours mean something.
for (let item = 0; item < items; item++) {
  const group = item % 20;
  for (let c = 0; c < columns; c++) {
    values[item * columns + c] = (c % 20 === group ? 1 : 0) + next() - 0.5;
  }
}
await writeNpy(`${folder}/image_feat.npy`, [items, columns], values);
console.log(`${folder}: ${users} users, ${items} items, ${columns} feature columns`);
