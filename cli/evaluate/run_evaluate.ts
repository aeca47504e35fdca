/**
 * What `evaluate` does with what the user asked for.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import type { Dataset, Split } from "../../data/dataset.ts";
import { coldLimit } from "../../evaluation/cold_users.ts";
import { untrainedUsersNote } from "../../evaluation/untrained_users.ts";
import { ListMetrics } from "../../evaluation/list_metrics.ts";
import { metricsFromRanks, protocolCutoffs, rankMetrics } from "../../evaluation/metrics.ts";
import { maskedSplits, protocolText, type RankedSplit } from "../../evaluation/ranking.ts";
import type { ScoredModel } from "../../evaluation/scored_model.ts";
import { itemStrata, userStrata } from "../../evaluation/strata.ts";
import { userMetricsFile } from "../../training/run_files.ts";
import { note } from "../common/note.ts";
import { requestedRun } from "../common/open_recommender.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { shownPath } from "../common/paths.ts";
import { type EvaluateReport, type EvaluateRequest, evaluateText } from "./evaluate_command.ts";
import { identityOf, parametersOf, writeUserMetrics } from "./user_metrics.ts";

/**
 * Ranks a split by the best parameters of a run, prints the metrics, and keeps those of each user in the run's folder.
 *
 * @param request What the user asked for.
 */
export async function runEvaluate(request: EvaluateRequest): Promise<void> {
  const { split, mask, json } = request;
  const run = await requestedRun(request);
  await run.use(async (recommender) => {
    const { dataset, configuration: { model, seed }, gpu } = recommender;
    const cold = untrainedUsersNote(
      dataset,
      dataset[split].users,
      `they count in the ${split} metrics, though "${model}" has never seen them`,
    );
    if (cold !== undefined) note(cold);
    const parameters = await parametersOf(run.folder);
    const scored = await recommender.scored();
    const ranks = await scored.rank(split, mask);
    const metrics = metricsFromRanks(ranks, protocolCutoffs, rankMetrics);
    const lists = await listMetricsOf(scored, ranks, maskedSplits(split, mask));
    const protocol = protocolText(split, mask, dataset);
    const subject = { protocol, model, dataset: dataset.name, seed, adapter: gpu.name };
    const file = `${run.folder.path}/${userMetricsFile(split, mask)}`;
    const madeOf = {
      ...{ bandpass: manifest.version, ...subject, split, mask },
      ...identityOf(run.folder, dataset, parameters),
    };
    // What cannot be kept is told behind what was found.
    const failure: unknown = await writeUserMetrics(file, { dataset, ranks, lists }, madeOf)
      .then(() => undefined, (error) => error);
    const report: EvaluateReport = {
      ...subject,
      run: shownPath(run.folder.path),
      split,
      mask,
      metrics,
      lists: lists.total(),
      strata: strataOf(request, ranks, dataset),
      ...failure === undefined && { users: shownPath(file) },
    };
    if (json) await writeJson(report);
    else await writeResult(evaluateText(report));
    if (failure !== undefined) throw failure;
  });
}

/** What the lists of the users are like whose held-out items were ranked; one block of users is scored at a time. */
async function listMetricsOf(
  scored: ScoredModel,
  { users }: RankedSplit,
  seen: readonly Split[],
): Promise<ListMetrics> {
  const lists = new ListMetrics(scored.dataset, users.length);
  // As they are ranked: a user without a train row has the list of their row.
  const options = { k: Math.max(...lists.cutoffs), seen, withoutTrainRow: "scored" } as const;
  for await (const { user, items } of scored.bestItems(users, options)) lists.add(user, items);
  return lists;
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
