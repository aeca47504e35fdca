/**
 * What a run holds, without what differs from one training to the next.
 *
 * @module
 */
import { readResult } from "../../../training/result_file.ts";

/** The lines of a metrics.jsonl without their times. */
export async function metricsWithoutTimes(folder: string): Promise<unknown[]> {
  const text = await Deno.readTextFile(`${folder}/metrics.jsonl`);
  return text.trim().split("\n").map((line) => ({ ...JSON.parse(line), seconds: undefined }));
}

/** What result.json says, without its times. */
export async function resultWithoutTimes(folder: string): Promise<unknown> {
  return { ...await readResult(folder), seconds: 0, seconds_per_epoch: 0 };
}
