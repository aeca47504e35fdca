/**
 * Writes a dataset of generated interactions and features, to train closed-form models on: users with a taste,
 * items with a long tail, ten rows a user, of which one is held out for validation and one for test.
 *
 * Usage: deno run --allow-read --allow-write=datasets bench/large_interactions.ts [--users 100000] [--items 10000]
 *   ./bandpass train --dataset large-interactions --model gfcf
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";
import { writeInteractionColumns } from "../data/interaction_columns.ts";
import { readInteractions } from "../data/interactions.ts";
import { writeNpy } from "../data/npy.ts";
import { benchArguments } from "./bench_arguments.ts";
import { rowsOfUser, tasteFeatures, tasteRows, writeTexts } from "./taste_rows.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    users: { type: "string", default: "100000" },
    items: { type: "string", default: "10000" },
  },
});
const [users, items] = [Number(flags.users), Number(flags.items)];

const next = uniforms(1);
const folder = "datasets/large-interactions";
await Deno.mkdir(folder, { recursive: true });
function* lines() {
  yield "userID\titemID\tx_label\n";
  for (const { user, items: taken } of tasteRows(users, items, next)) {
    yield taken.map((item, n) => `${user}\t${item}\t${Math.max(0, n - rowsOfUser + 3)}\n`).join("");
  }
}
const path = `${folder}/large-interactions.inter`;
await writeTexts(path, lines());
await writeInteractionColumns(path, await readInteractions(path));
for (const [name, columns] of [["image", 64], ["text", 32]] as const) {
  const values = tasteFeatures(items, columns, next);
  await writeNpy(`${folder}/${name}_feat.npy`, [items, columns], values);
}
console.log(`${folder}: ${users} users, ${items} items, ${users * rowsOfUser} rows`);
