/**
 * What a run does for each user, measured.
 *
 * @module
 */
import { ListMetrics } from "../../evaluation/list_metrics.ts";
import { protocolCutoffs } from "../../evaluation/metrics.ts";
import type { RankedSplit } from "../../evaluation/ranking.ts";
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
 * @param progressOf Told how many users there are; what it gives is told how many are done (default: nobody is told).
 */
export async function measureRun(
  recommender: Recommender,
  folder: RunFolder,
  { split, mask }: Omit<Ranked, "dataset">,
  progressOf?: (users: number) => (done: number) => void,
): Promise<MeasuredRun> {
  const { dataset, configuration: { model, seed }, gpu } = recommender;
  const identity = await metricsIdentity(folder, { dataset, split, mask });
  const scored = await recommender.scored();
  // A user without a train row gets the list of their row, as they are ranked.
  const ranking = scored.planRanking(split, mask, { listLength: Math.max(...protocolCutoffs) });
  await ranking.compile();
  const { users } = ranking;
  const lists = new ListMetrics(dataset, users.length, protocolCutoffs);
  let listed = 0;
  const ranks = await ranking.run({
    onUsers: progressOf?.(users.length),
    onLists: (found) => {
      for (const { items } of found) lists.add(users[listed++], items);
    },
  });
  const file = `${folder.path}/${userMetricsFile(split, mask)}`;
  const madeOf = { model, dataset: dataset.name, seed, adapter: gpu.name, ...identity };
  const keep = () => writeUserMetrics(file, { dataset, ranks, lists }, madeOf);
  return { ranks, lists, file, keep };
}
