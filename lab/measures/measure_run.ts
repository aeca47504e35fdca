/**
 * What a run does for each user, measured.
 *
 * @module
 */
import { ListMetrics } from "../../evaluation/list_metrics.ts";
import { maskedSplits, type RankedSplit } from "../../evaluation/ranking.ts";
import type { ScoredModel } from "../../evaluation/scored_model.ts";
import type { Recommender } from "../../recommender/recommender.ts";
import { userMetricsFile } from "../../training/run_files.ts";
import type { RunFolder } from "../../training/run_folder.ts";
import { metricsIdentity, type Ranked } from "./metrics_identity.ts";
import { writeUserMetrics } from "./write_user_metrics.ts";

/** What was measured of a run. */
export interface MeasuredRun {
  /** The ranks of what was held out. */
  readonly ranks: RankedSplit;
  /** What the lists are like, in the order of the users of the ranks. */
  readonly lists: ListMetrics;
  /** The file that keeps the metrics of each user. */
  readonly file: string;
  /** Writes that file; it throws a `BandpassError` where it cannot be written. */
  keep(): Promise<void>;
}

/**
 * Ranks a split by the best parameters of a run, and makes the lists of its users.
 *
 * @param recommender The run, opened.
 * @param folder Its folder.
 * @param how Whose items are held out, and whose are no candidates.
 * @param progressOf Told what is done with how many users; what it gives is told how many are done (default: nobody
 * is told).
 */
export async function measureRun(
  recommender: Recommender,
  folder: RunFolder,
  { split, mask }: Omit<Ranked, "dataset">,
  progressOf?: (what: string, users: number) => (done: number) => void,
): Promise<MeasuredRun> {
  const { dataset, configuration: { model, seed }, gpu } = recommender;
  const identity = await metricsIdentity(folder, { dataset, split, mask });
  const scored = await recommender.scored();
  const ranking = scored.planRanking(split, mask);
  await ranking.compile();
  const users = ranking.users.length;
  const ranks = await ranking.run(undefined, progressOf?.("Ranking", users));
  const told = progressOf?.("Listing for", users);
  const lists = await listMetricsOf(scored, ranks, { split, mask }, told);
  const file = `${folder.path}/${userMetricsFile(split, mask)}`;
  const madeOf = { model, dataset: dataset.name, seed, adapter: gpu.name, ...identity };
  const keep = () => writeUserMetrics(file, { dataset, ranks, lists }, madeOf);
  return { ranks, lists, file, keep };
}

/** What the lists are like of the users whose held-out items were ranked; one block of users is scored at a time. */
async function listMetricsOf(
  scored: ScoredModel,
  { users }: RankedSplit,
  { split, mask }: Omit<Ranked, "dataset">,
  told?: (done: number) => void,
): Promise<ListMetrics> {
  const lists = new ListMetrics(scored.dataset, users.length);
  const k = Math.max(...lists.cutoffs);
  // As they are ranked: a user without a train row has the list of their row.
  const options = { k, seen: maskedSplits(split, mask), withoutTrainRow: "scored" } as const;
  let done = 0;
  for await (const { user, items } of scored.bestItems(users, options)) {
    lists.add(user, items);
    told?.(++done);
  }
  return lists;
}
