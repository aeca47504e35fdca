/**
 * A tune against the same one killed at random writes, as often as is asked, and gone on with each time. Prints a
 * line of JSON a tune that was killed.
 *
 * `deno run --allow-all bench/tune_kills.ts [--tunes=5] [--kills=4] [--trials=12] [--models=gfcf,bpr,smore] [--seed=1]`
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";
import { Workshop } from "../tests/cli/durability.ts";
import { killedTune, tuneTables } from "../tests/cli/tune/killed_tune.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: { models, trials, ...flags } } = benchArguments(import.meta.url, {
  options: {
    tunes: { type: "string", default: "5" },
    kills: { type: "string", default: "4" },
    models: { type: "string", default: "popularity,gfcf,mmgf,bpr,lightgcn" },
    trials: { type: "string", default: "12" },
    seed: { type: "string", default: "1" },
  },
});
const [tunes, kills, seed] = [flags.tunes, flags.kills, flags.seed].map(Number);

await using shop = await Workshop.open();
await shop.preprocess();
const tune = (name: string) => [
  ...["tune", "--dataset", "tiny", "--models", models, "--trials", trials, "--epochs", "6"],
  ...["--seeds", "2", "--name", name],
];
const whole = await shop.run(tune("whole"));
if (whole.code !== 0) throw new Error(whole.stderr);
const writes = Number(/writes (\d+)/.exec(whole.stderr)![1]);
const expected = JSON.stringify(await tuneTables(shop, "whole"));
const next = uniforms(seed);
for (let n = 0; n < tunes; n++) {
  // On average the last kill comes near the end.
  const at = Array.from({ length: kills }, () => 1 + Math.floor(2 * next() * writes / kills));
  const killed = await killedTune(shop, tune(`killed-${n}`), at);
  const isEqual = JSON.stringify(await tuneTables(shop, `killed-${n}`)) === expected;
  console.log(JSON.stringify({ tune: n, writes, at, killed, is_equal: isEqual }));
}
