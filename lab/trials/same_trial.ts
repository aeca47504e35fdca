/**
 * Whether the run in the folder of a trial is that trial's.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { byValidation } from "../../models/backbone/feature_tables.ts";
import type { Configuration } from "../../training/configuration.ts";

/**
 * Refuses a run that was begun with other settings than a trial has.
 *
 * @param path The run, for messages.
 * @param begun What it was begun with.
 * @param wanted What the trial has.
 * @throws {UsageError} They differ.
 */
export function assertSameTrial(path: string, begun: Configuration, wanted: Configuration): void {
  const of = ({ settings, model, seed, eval_users = 0 }: Configuration) => ({
    ...{ ...settings, model, seed, eval_users },
  });
  const [then, now] = [of(begun), of(wanted)];
  const differing = Object.entries(now).filter(([key, value]) =>
    // What was left to validation has been found since.
    then[key as keyof typeof then] !== value && value !== byValidation && key !== "search"
  );
  if (differing.length === 0) return;
  const listed = differing.map(([key, value]) =>
    `${key} ${JSON.stringify(then[key as keyof typeof then])}, now ${JSON.stringify(value)}`
  );
  throw new UsageError(
    `Cannot go on with the trial "${path}": it was begun with ${listed.join("; ")}`,
    "Put the values back, or begin anew under another name",
  );
}
