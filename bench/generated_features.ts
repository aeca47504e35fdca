/**
 * Makes a dataset whose features are absent trainable: its interactions beside generated features of
 * the sizes that are asked for, the same bytes each time.
 *
 * Usage: deno run --no-prompt --allow-read --allow-write=FOLDER bench/generated_features.ts
 *   ../shared/data/baby FOLDER/baby image=4096 text=384
 *
 * @module
 */
import { basename } from "node:path";
import { readDataset } from "../data/folder.ts";
import { writeNpy } from "../data/npy.ts";
import { uniforms } from "../algebra/random_sequence.ts";

const [source, target, ...modalities] = Deno.args;
if (modalities.length === 0) throw new Error("expected SOURCE TARGET MODALITY=COLUMNS…");
const { users, items, train } = await readDataset(source);
await Deno.mkdir(target, { recursive: true });
await Deno.copyFile(
  `${source}/${basename(source)}.inter`,
  `${target}/${basename(target)}.inter`,
);
/** Directions that items share, so that neighbours mean something. */
const directions = 20;
for (const [n, modality] of modalities.entries()) {
  const [name, width] = modality.split("=");
  const columns = Number(width);
  const next = uniforms(n + 1);
  const values = new Float32Array(items * columns);
  for (let item = 0; item < items; item++) {
    for (let c = 0; c < columns; c++) {
      const own = c % directions === item % directions ? 1 : 0;
      values[item * columns + c] = own + next() - 0.5;
    }
  }
  await writeNpy(`${target}/${name}_feat.npy`, [items, columns], values);
}
console.log(
  `${target}: ${users} users, ${items} items, ${train.users.length} train rows; ` +
    modalities.join(", "),
);
