/**
 * Looks at the test split for a run that was chosen: once, when nothing is left to choose.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import type { Metrics } from "../../evaluation/metrics.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { readResult, writeResult } from "../../training/result_file.ts";
import { trainingProtocol } from "../../training/training_protocol.ts";
import type { TrialPlace } from "./trial.ts";

/**
 * Tests the best epoch of a trial's run, and writes its metrics into the run's result, which then is that of any
 * other run that was tested. A run that has been tested is not tested again.
 *
 * @param place Where it was run.
 * @param path The folder of its run.
 * @returns Metrics on the test split, the items of train masked.
 * @throws {DataError} The trial did not finish, or its files are damaged.
 */
export async function testTrial(place: TrialPlace, path: string): Promise<Metrics> {
  const result = await readResult(path);
  if (result?.status !== "finished") {
    throw new DataError(
      `Cannot test "${path}": the trial ${result === undefined ? "has no result" : "failed"}`,
      `To run it again, remove "${path.replace(/trials\/(\d+)$/, "outcomes/$1-*.json")}" and ask ` +
        "for the same",
    );
  }
  if (result.test !== null) return result.test;
  const { gpu, dataset, cache, onNote, evalUsers } = place;
  await using recommender = await Recommender.open(path, { gpu, dataset, cache, onNote });
  const test = await recommender.evaluate("test", "train");
  const protocol = trainingProtocol(dataset, "test", undefined, evalUsers);
  await writeResult(path, { ...result, test, protocol });
  return test;
}
