/**
 * Makes a dataset a tenth of whose items came after training: all their train rows become validation and test rows,
 * in turn.
 *
 * Usage: deno run --no-prompt --allow-read --allow-write=datasets bench/new_items.ts
 *   ../shared/data/tiktok datasets/tiktok-new
 *
 * @module
 */
import { basename } from "node:path";
import { uniforms } from "../algebra/random_sequence.ts";

const [source, target] = Deno.args;
if (target === undefined) throw new Error("expected SOURCE TARGET");
const share = 0.1;
await Deno.mkdir(target, { recursive: true });
for await (const { name } of Deno.readDir(source)) {
  if (name.endsWith("_feat.npy")) await Deno.copyFile(`${source}/${name}`, `${target}/${name}`);
}
const text = await Deno.readTextFile(`${source}/${basename(source)}.inter`);
const [header, ...lines] = text.trimEnd().split("\n");
const label = header.split("\t").findIndex((name) => name.startsWith("x_label"));
const rows = lines.map((line) => line.split("\t"));
const trained = [...new Set(rows.filter((row) => row[label] === "0").map(([, item]) => item))]
  .sort((a, b) => Number(a) - Number(b));
const random = uniforms(0);
const hidden = new Set(trained.filter(() => random() < share));
let count = 0;
for (const row of rows) {
  if (row[label] === "0" && hidden.has(row[1])) row[label] = String(1 + count++ % 2);
}
await Deno.writeTextFile(
  `${target}/${basename(target)}.inter`,
  [header, ...rows.map((row) => row.join("\t")), ""].join("\n"),
);
console.log(`${hidden.size} of ${trained.length} items with train rows are new: ${count} rows`);
