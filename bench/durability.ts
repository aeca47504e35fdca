/**
 * Every trained model: six epochs against three and three more, and against six that were killed at random
 * moments and resumed; half of the kills are in a write. Prints a line of JSON a model.
 *
 * `deno run --allow-all bench/durability.ts [--kills=20] [--models=bpr,ssr] [--seed=1] [--own-process-ids]`
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";
import { isTrained } from "../models/define_model.ts";
import { models } from "../models/registry.ts";
import { killedAndResumed, Workshop } from "../tests/cli/durability.ts";
import { benchArguments } from "./bench_arguments.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    kills: { type: "string", default: "20" },
    models: { type: "string" },
    seed: { type: "string", default: "1" },
    "own-process-ids": { type: "boolean", default: false },
  },
});
const kills = Number(flags.kills);
const hasOwnProcessIds = flags["own-process-ids"];
const names = flags.models?.split(",") ??
  models.filter(isTrained).map(({ name }) => name);

await using shop = await Workshop.open(hasOwnProcessIds);
await shop.preprocess();
const next = uniforms(Number(flags.seed));
for (const model of names) {
  const settings = ["--model", model, "--set", "dim=16", "--set", "batch=64"];
  const train = ["train", "--dataset", "tiny", ...settings];
  const started = performance.now();
  const whole = await shop.run([...train, "--epochs", "6", "--run", `${model}-whole`]);
  const milliseconds = performance.now() - started;
  const writes = Number(/writes (\d+)/.exec(whole.stderr)?.[1]);
  const expected = JSON.stringify(Object.entries(await shop.contents(`${model}-whole`)).sort());
  const isSame = async (name: string) =>
    JSON.stringify(Object.entries(await shop.contents(name)).sort()) === expected;
  await shop.run([...train, "--epochs", "3", "--run", `${model}-parts`]);
  await shop.run(["train", "--resume", `runs/${model}-parts`, "--epochs", "6"]);
  const report = {
    ...{ model, writes, own_process_ids: hasOwnProcessIds },
    three_and_three: await isSame(`${model}-parts`),
    ...{ in_writes: 0, elsewhere: 0, not_begun: 0, not_killed: 0, equal: 0, different: 0 },
  };
  for (let n = 0; n < kills; n++) {
    const name = `${model}-${n}`;
    const isInWrite = n % 2 === 0;
    const { killed, begun } = await killedAndResumed(
      shop,
      settings,
      name,
      isInWrite
        ? { write: 1 + Math.floor(next() * writes) }
        : { milliseconds: 300 + next() * (milliseconds - 300) },
    );
    if (!killed) report.not_killed++;
    else if (isInWrite) report.in_writes++;
    else report.elsewhere++;
    if (killed && !begun) report.not_begun++;
    if (await isSame(name)) report.equal++;
    else report.different++;
  }
  console.log(JSON.stringify(report));
}
