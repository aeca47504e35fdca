/**
 * What `evaluate` does with what the user asked for.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { coldLimit } from "../../evaluation/cold_users.ts";
import { untrainedUsersNote } from "../../evaluation/untrained_users.ts";
import { metricsFromRanks, protocolCutoffs, rankMetrics } from "../../evaluation/metrics.ts";
import { protocolText, type RankedSplit } from "../../evaluation/ranking.ts";
import { itemStrata, userStrata } from "../../evaluation/strata.ts";
import { measureRun } from "../../lab/measures/measure_run.ts";
import { readResult } from "../../training/result_file.ts";
import { note } from "../common/note.ts";
import { requestedRun } from "../common/open_recommender.ts";
import { createProgress, stderrSink } from "../common/progress.ts";
import { userProgress } from "../common/user_progress.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { shownPath } from "../common/paths.ts";
import { type EvaluateReport, type EvaluateRequest, evaluateText } from "./evaluate_command.ts";

/**
 * Ranks a split by the best parameters of a run, prints the metrics, and keeps those of each user in the run's folder.
 *
 * @param request What the user asked for.
 */
export async function runEvaluate(request: EvaluateRequest): Promise<void> {
  const { split, mask, json } = request;
  const run = await requestedRun(request);
  if (split === "test" && await isUntested(run.folder.path)) {
    note(`"${shownPath(run.folder.path)}" was made without a look at test`);
  }
  const progress = createProgress(stderrSink());
  await run.use(async (recommender) => {
    const { dataset, configuration: { model, seed }, gpu } = recommender;
    const cold = untrainedUsersNote(
      dataset,
      dataset[split].users,
      `they count in the ${split} metrics, though "${model}" has never seen them`,
    );
    if (cold !== undefined) note(cold);
    const { ranks, lists, file, keep } = await measureRun(
      ...[recommender, run.folder, request] as const,
      // Who watches has each block waited for.
      Deno.stderr.isTerminal() ? (users) => userProgress(progress, "Ranking", users) : undefined,
    );
    progress.clear();
    // What cannot be kept is told behind what was found.
    const failure: unknown = await keep().then(() => undefined, (error) => error);
    const report: EvaluateReport = {
      protocol: protocolText(split, mask, dataset),
      ...{ model, dataset: dataset.name, seed, adapter: gpu.name },
      run: shownPath(run.folder.path),
      split,
      mask,
      metrics: metricsFromRanks(ranks, protocolCutoffs, rankMetrics),
      lists: lists.total(),
      strata: strataOf(request, ranks, dataset),
      ...failure === undefined && { users: shownPath(file) },
    };
    if (json) await writeJson(report);
    else await writeResult(evaluateText(report));
    if (failure !== undefined) throw failure;
  });
}

/** Whether a run finished without a look at the test split; damage in its result is no matter here. */
async function isUntested(path: string): Promise<boolean> {
  const result = await readResult(path).catch(() => undefined);
  return result?.status === "finished" && result.test === null;
}

/** The parts that were asked for; nothing where none were. */
function strataOf({ by, coldStart }: EvaluateRequest, ranks: RankedSplit, dataset: Dataset) {
  if (by === undefined && coldStart === undefined) return undefined;
  const isByUsers = by === "users" || coldStart !== undefined;
  return {
    ...isByUsers && userStrata(ranks, dataset, coldStart ?? coldLimit),
    ...by === "items" && itemStrata(ranks, dataset),
  };
}
