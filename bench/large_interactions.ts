/**
 * Writes a dataset of generated interactions and features, to train closed-form models on: users with a taste,
 * items with a long tail, ten rows a user, of which one is held out for validation and one for test.
 *
 * Usage: deno run --allow-read --allow-write=datasets bench/large_interactions.ts [--users 100000] [--items 10000]
 *   ./bandpass train --dataset large-interactions --model gfcf
 *
 * @module
 */
import { parseArgs } from "node:util";
import { uniforms } from "../algebra/random_sequence.ts";
import { writeInteractionColumns } from "../data/interaction_columns.ts";
import { readInteractions } from "../data/interactions.ts";
import { writeNpy } from "../data/npy.ts";

const { values: flags } = parseArgs({
  options: {
    users: { type: "string", default: "100000" },
    items: { type: "string", default: "10000" },
  },
});
const [users, items] = [Number(flags.users), Number(flags.items)];
const [rowsOfUser, tastes, ownTaste, tail] = [10, 50, 0.7, 2.5];

const next = uniforms(1);
const folder = "datasets/large-interactions";
await Deno.mkdir(folder, { recursive: true });
const path = `${folder}/large-interactions.inter`;
using file = await Deno.open(path, {
  ...{ write: true, create: true, truncate: true },
});
const encoder = new TextEncoder();
const write = async (text: string) => {
  const bytes = encoder.encode(text);
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
};
await write("userID\titemID\tx_label\n");
/** An item of a taste, or of any: indices of one taste are the same modulo their number. */
const draw = (taste: number) => {
  const item = Math.floor(items * next() ** tail);
  if (next() >= ownTaste) return item;
  return Math.min(items - 1, item - item % tastes + taste);
};
let block = "";
for (let user = 0; user < users; user++) {
  const taste = user % tastes;
  const taken = new Set<number>();
  while (taken.size < rowsOfUser) taken.add(draw(taste));
  [...taken].forEach((item, n) => {
    block += `${user}\t${item}\t${Math.max(0, n - rowsOfUser + 3)}\n`;
  });
  if (block.length > 1 << 20 || user === users - 1) {
    await write(block);
    block = "";
  }
}
await writeInteractionColumns(path, await readInteractions(path));
for (const [name, columns] of [["image", 64], ["text", 32]] as const) {
  const values = new Float32Array(items * columns);
  for (let item = 0; item < items; item++) {
    for (let c = 0; c < columns; c++) {
      values[item * columns + c] = (c % tastes === item % tastes ? 1 : 0) + next() - 0.5;
    }
  }
  await writeNpy(`${folder}/${name}_feat.npy`, [items, columns], values);
}
console.log(`${folder}: ${users} users, ${items} items, ${users * rowsOfUser} rows`);
