/**
 * Reads a dataset's folder, to be timed as a process: by columns where they lie beside the text, or the text of its
 * interactions.
 *
 * Usage: deno run --allow-read bench/read_dataset.ts datasets/NAME [--text]
 *
 * @module
 */
import { readDataset } from "../data/folder.ts";
import { readInteractions } from "../data/interactions.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: { text }, positionals: [folder] } = benchArguments(import.meta.url, {
  options: { text: { type: "boolean", default: false } },
  allowPositionals: true,
});
const started = performance.now();
const { train } = text
  ? await readInteractions(`${folder}/${folder.split("/").at(-1)}.inter`)
  : await readDataset(folder);
const seconds = (performance.now() - started) / 1000;
console.log(`${folder}: ${train.users.length} train rows in ${seconds.toFixed(2)} s`);
