/**
 * Makes a dataset with one modality more than another: the columns of one of its modalities, in two
 * halves.
 *
 * Usage: deno run --no-prompt --allow-read --allow-write=datasets bench/split_modality.ts
 *   ../shared/data/tiktok audio datasets/tiktok-split
 *
 * @module
 */
import { basename } from "node:path";
import { readNpy, writeNpy } from "../data/npy.ts";

const [source, modality, target] = Deno.args;
if (target === undefined) throw new Error("expected SOURCE MODALITY TARGET");
await Deno.mkdir(target, { recursive: true });
const [from, to] = [basename(source), basename(target)];
const split = `${modality}_feat.npy`;
for await (const { name } of Deno.readDir(source)) {
  if (name === split) continue;
  await Deno.copyFile(
    `${source}/${name}`,
    `${target}/${name === `${from}.inter` ? `${to}.inter` : name}`,
  );
}
const { shape: [rows, columns], values } = await readNpy(`${source}/${split}`);
const half = Math.floor(columns / 2);
for (const [part, first, end] of [["a", 0, half], ["b", half, columns]] as const) {
  const width = end - first;
  const block = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    block.set(values.subarray(row * columns + first, row * columns + end), row * width);
  }
  await writeNpy(`${target}/${modality}_${part}_feat.npy`, [rows, width], block);
}
