/**
 * Computes a model that needs no training, and ranks validation and test of some users alone: a million users and
 * 100,000 items are 10¹¹ scores, which take hours on two cores.
 *
 * Usage: deno run --allow-read --allow-sys --allow-env bench/closed_form.ts datasets/NAME MODEL [--users 10000]
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { readDataset } from "../data/folder.ts";
import type { ComputeProgress } from "../gpu/compute_observers.ts";
import { train } from "../recommender/train.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: { users }, positionals: [folder, model] } = benchArguments(import.meta.url, {
  options: { users: { type: "string", default: "10000" } },
  allowPositionals: true,
});

/** The dataset with the test rows of its first users. */
function withFewTestUsers(dataset: Dataset, count: number): Dataset {
  const rows = Array.from(dataset.test.users.keys()).filter((row) =>
    dataset.test.users[row] < count
  );
  const kept = (column: Uint32Array) => Uint32Array.from(rows, (row) => column[row]);
  const { test } = dataset;
  return { ...dataset, test: { users: kept(test.users), items: kept(test.items) } };
}

const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const dataset = withFewTestUsers(await readDataset(folder), Number(users));
console.error(`${seconds()}: read`);
let last = "";
const onProgress = ({ what, share, secondsLeft }: ComputeProgress) => {
  const standing = `${what}, ${Math.floor(10 * share)} tenths`;
  const left = secondsLeft === undefined ? "" : `, ${secondsLeft.toFixed(0)} s left`;
  if (standing !== last) console.error(`${seconds()}: ${standing}${left}`);
  last = standing;
};
await using recommender = await train(dataset, model, {
  ...{ settings: { search: "none" }, evalUsers: Number(users), onProgress },
  onNote: (note) => console.error(`${seconds()}: ${note}`),
});
console.error(`${seconds()}: ranked`);
console.log(recommender.test);
