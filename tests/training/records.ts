/**
 * Records of runs for tests that train nothing.
 *
 * @module
 */
import { shippedChoices } from "../../gpu/kernel_choices.ts";
import { resolveConfiguration } from "../../training/configuration.ts";
import { type RunRecord, runRecord } from "../../training/run_record.ts";

/** What a run of popularity on the sample would be bound to. */
export function madeRecord(data: Readonly<Record<string, string>> = {}): RunRecord {
  const options = { model: "popularity" };
  const configuration = resolveConfiguration({ options, assignments: {} }, () => ({}));
  return runRecord(configuration, {
    name: "a test",
    family: "other",
    kernels: shippedChoices.other,
  }, data);
}
