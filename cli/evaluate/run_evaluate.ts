/**
 * What `evaluate` does with what the user asked for.
 *
 * @module
 */
import { readDataset } from "../../data/folder.ts";
import { openGpu } from "../../gpu/device.ts";
import { assertSelfTest } from "../../gpu/self_test.ts";
import { metricsFromRanks } from "../../evaluation/metrics.ts";
import { protocolText } from "../../evaluation/ranking.ts";
import { rankSplit } from "../../evaluation/rank_split.ts";
import { type EvaluateReport, type EvaluateRequest, evaluateText } from "./evaluate_command.ts";
import { graphCache } from "../common/graph_cache.ts";
import { itemStrata, userStrata } from "../../evaluation/strata.ts";
import { openRun } from "../common/open_run.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { bestParameters } from "../common/best_parameters.ts";

/**
 * Ranks a split by the best parameters of a run, and prints the metrics.
 *
 * @param request What the user asked for.
 */
export async function runEvaluate(request: EvaluateRequest): Promise<void> {
  const { split, mask, coldStart, json } = request;
  const { folder, configuration } = await openRun(request.run);
  const { dataset: name, data_dir, model, seed } = configuration;
  const setParameters = await bestParameters(folder, model);
  const dataset = await readDataset(data_dir, name);
  const gpu = await openGpu(request.adapter);
  try {
    await assertSelfTest(gpu);
    const cache = graphCache((text) => console.error(text));
    const ranks = await rankSplit(
      gpu,
      dataset,
      configuration,
      split,
      mask,
      setParameters,
      cache,
    );
    const report: EvaluateReport = {
      protocol: protocolText(split, mask),
      model,
      dataset: name,
      seed,
      adapter: gpu.name,
      run: folder.path,
      split,
      mask,
      metrics: metricsFromRanks(ranks),
      strata: coldStart === undefined ? undefined : {
        ...userStrata(ranks, dataset, coldStart),
        ...itemStrata(ranks, dataset),
      },
    };
    if (json) await writeJson(report);
    else await writeResult(evaluateText(report));
  } finally {
    gpu.close();
  }
}
