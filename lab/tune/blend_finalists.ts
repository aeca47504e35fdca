/**
 * The finalists of a tune as one blend, in the folder `blend` beside their runs.
 *
 * @module
 */
import { exists } from "../../data/exists.ts";
import { type Metrics, metricsFromRanks } from "../../evaluation/metrics.ts";
import { membersOf } from "../../models/blend/member_list.ts";
import { blendRuns } from "../../recommender/blend_runs.ts";
import { openMembers } from "../../recommender/member_runs.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { openRun } from "../../recommender/run.ts";
import { readResult } from "../../training/result_file.ts";
import { withDrawnUsers } from "../../training/validation_users.ts";
import { trialPath } from "../trials/outcome_file.ts";
import type { TrialPlace } from "../trials/trial.ts";
import type { Finalist } from "./finalists.ts";
import type { TestedBlend } from "./tune_result.ts";

/**
 * Blends the runs of the search of all finalists, with weights chosen by validation, and tests the blend.
 *
 * @param folder The folder of the tune.
 * @param place Where it is computed.
 * @param finalists The finalists.
 * @returns Nothing where there is one alone.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function blendFinalists(
  folder: string,
  place: TrialPlace,
  finalists: readonly Finalist[],
): Promise<TestedBlend | null> {
  if (finalists.length < 2) return null;
  const numbers = finalists.map(({ runs: [first] }) => first.number);
  const path = `${folder}/blend`;
  const before = await readResult(path);
  if (before?.status !== "finished") {
    // What a process that was killed has left of it.
    if (await exists(path)) await Deno.remove(path, { recursive: true });
    const members = await openMembers(numbers.map((number) => trialPath(folder, number)));
    const { gpu, dataset, cache, signal } = place;
    const blended = await blendRuns({ gpu, dataset, members }, { cache, signal });
    await using recommender = blended.recommender;
    await recommender.save(path);
  }
  const { validation, test } = (await readResult(path))!;
  const { seed } = finalists[0].runs[0].step.trial;
  const { configuration: { settings } } = await openRun(path);
  const { members, weights } = settings;
  const shares = membersOf({ members: String(members), weights: String(weights) });
  return {
    members: numbers.map((number, n) => ({ number, weight: shares[n].weight })),
    validation: await ofDrawnUsers(path, place, seed) ?? validation!,
    test: test!,
  };
}

/** Metrics of a blend on the users that trials rank in validation; nothing where they rank all, as the blend did. */
async function ofDrawnUsers(
  path: string,
  { gpu, dataset, evalUsers, cache, signal }: TrialPlace,
  seed: number,
): Promise<Metrics | undefined> {
  const drawn = withDrawnUsers(dataset, evalUsers, seed);
  if (drawn === dataset) return undefined;
  await using recommender = await Recommender.open(path, { gpu, dataset, cache });
  const scored = await recommender.scored();
  const ranking = scored.planRanking("valid", "train", { dataset: drawn });
  await ranking.compile();
  return metricsFromRanks(await ranking.run({ signal }));
}
