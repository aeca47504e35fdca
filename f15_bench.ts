import { readDataset } from "./data/folder.ts";
import { openGpu } from "./gpu/device.ts";
import { Memory } from "./gpu/memory.ts";
import { ScoredModel } from "./evaluation/scored_model.ts";
import { resolveSettings } from "./models/settings.ts";
import { modelNamed } from "./models/registry.ts";
import { metricsFromRanks } from "./evaluation/metrics.ts";
const [name, data, ...sets] = Deno.args;
const gpu = await openGpu("auto");
const dataset = await readDataset(`/work/shared/data/${data}`);
const definition = modelNamed(name) as any;
const settings = resolveSettings(
  definition.settings,
  Object.fromEntries(sets.map((s) => s.split("="))),
);
const cpu = () => {
  const t = Deno.readTextFileSync("/proc/self/stat").split(" ");
  return (Number(t[13]) + Number(t[14])) / 100;
};
let c = cpu(), t = performance.now();
const lap = (what: string) => {
  console.log(
    what.padEnd(20),
    `wall ${((performance.now() - t) / 1000).toFixed(2)} cpu ${(cpu() - c).toFixed(2)}`,
  );
  c = cpu();
  t = performance.now();
};
const memory = new Memory(gpu, { reuse: true });
const model = await definition.compute({
  memory,
  dataset,
  settings,
  seed: 0,
  cache: { folder: ".cache", note: console.log },
  note: console.log,
});
lap("compute");
const scored = new ScoredModel(memory, dataset, model);
scored.planRanking("valid", "train");
await scored.compile();
scored.represent();
lap("compile");
console.log("MiB", memory.bytes / 2 ** 20);
const r = await scored.rank("valid", "train");
lap("rank valid");
console.log(metricsFromRanks(r)["recall@20"]);
const b = await (await import("./evaluation/both_splits.ts")).rankBothSplits(scored);
lap("rank both");
console.log(metricsFromRanks(b.test)["recall@20"]);
gpu.close();
