/**
 * Flips random bits of a run, its caches and its dataset, one at a time, and prints what came of them.
 *
 * `deno run --allow-all bench/bit_flips.ts [--flips=2000] [--seed=1]`
 *
 * @module
 */
import { openGpu } from "../gpu/device.ts";
import { flipBits } from "../tests/recommender/bit_flips.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    flips: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
  },
});
const gpu = await openGpu("auto");
const started = performance.now();
const outcomes = await flipBits(
  gpu,
  Number(flags.flips),
  Number(flags.seed),
  (text) => console.error(text),
);
console.table(Object.fromEntries([...outcomes].sort(([a], [b]) => a < b ? -1 : 1)));
console.log(`${Math.round((performance.now() - started) / 1000)} s on "${gpu.name}"`);
await gpu.close();
