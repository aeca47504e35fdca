/**
 * Whether a run is opened with what it was trained with: its data and its configuration.
 *
 * @module
 */
import { type ContentHashes, contentHashes, interactionsPart } from "../data/content_hashes.ts";
import type { Dataset } from "../data/dataset.ts";
import { DataError, UsageError } from "../errors.ts";
import type { ConfigFile } from "../training/configuration_file.ts";
import { placeOptions, type RunRecord } from "../training/run_record.ts";

const text = (value: unknown) => value === undefined ? "nothing" : JSON.stringify(value);

/** A hash that a person can compare. */
const short = (hash: string) => hash.slice(0, 12);

/**
 * Refuses a dataset that is not the one that a run was trained on.
 *
 * @param run The run, for messages.
 * @param record What it is bound to; nothing for a run of before there were records.
 * @param dataset The dataset.
 * @param note Told that the data cannot be checked.
 * @param hashes Makes the hashes of the dataset (default: of it as it is now).
 * @throws {DataError} A part of the dataset has other contents.
 */
export function assertSameData(
  run: string,
  record: RunRecord | undefined,
  dataset: Dataset,
  note: (text: string) => void = () => {},
  hashes: () => ContentHashes = () => contentHashes(dataset),
): void {
  if (record === undefined) {
    return note(
      `Warning: "${run}" was written before runs recorded their data: whether "${dataset.name}" is still ` +
        "what it was trained on cannot be checked",
    );
  }
  const differences = differingParts(record.data, hashes(), dataset);
  if (differences.length === 0) return;
  throw new DataError(
    `Cannot use the run "${run}" with this dataset, which differs from the one it was trained on: ` +
      differences.join("; "),
    ({ setting }) =>
      `Restore the data as it was, name the folder that holds it with ${
        setting("data_dir")
      }, or train again`,
  );
}

function differingParts(then: ContentHashes, now: ContentHashes, dataset: Dataset): string[] {
  const place = (part: string) => {
    const file = part === interactionsPart ? `${dataset.name}.inter` : part;
    return dataset.folder === undefined ? `"${file}"` : `"${dataset.folder}/${file}"`;
  };
  const parts = new Set([...Object.keys(then), ...Object.keys(now)]);
  return [...parts].filter((part) => then[part] !== now[part]).map((part) => {
    if (then[part] === undefined) return `${place(part)} was not there then`;
    if (now[part] === undefined) return `${place(part)} is missing`;
    return `${place(part)} has contents of SHA-256 ${short(now[part])}…, then ${
      short(then[part])
    }…`;
  });
}

/**
 * Refuses a configuration that was edited; where the dataset lies, how long a run goes, and on which
 * device it is opened may change.
 *
 * @param run The run, for messages.
 * @param record What it is bound to.
 * @param file What `config.json` says now, and not what a later version makes of what it does not say.
 * @throws {UsageError} It says something else than the run was trained with.
 */
export function assertSameConfiguration(
  run: string,
  record: RunRecord | undefined,
  file: Pick<ConfigFile, "options" | "settings">,
): void {
  if (record === undefined) return;
  const flat = ({ options, settings }: typeof file): Record<string, unknown> => ({
    ...Object.fromEntries(
      Object.entries(options).filter(([key]) => !(placeOptions as readonly string[]).includes(key)),
    ),
    ...settings,
  });
  const { settings, ...options } = record.configuration;
  const [then, now] = [flat({ options, settings }), flat(file)];
  const edited = [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((key) => then[key] !== now[key])
    .map((key) => `${key} ${text(now[key])}, then ${text(then[key])}`);
  if (edited.length === 0) return;
  throw new UsageError(
    `Cannot use the run "${run}": its config.json was edited after it was started: ` +
      edited.join("; "),
    ({ setting }) =>
      `Put the values back; to train with others, start a new run with ${
        setting("config", `${run}/config.json`)
      }`,
  );
}

/**
 * Refuses to go on with a run where it would not go on as it was.
 *
 * @param run The run, for messages.
 * @param record What it is bound to.
 * @param now The version of Bandpass and the adapter that it would go on with.
 * @throws {UsageError} One of them is another.
 */
export function assertSameMachine(
  run: string,
  record: RunRecord | undefined,
  now: Pick<RunRecord, "bandpass" | "adapter">,
): void {
  if (record === undefined) return;
  const differs = (what: string, then: string, found: string, nextStep: string) =>
    new UsageError(
      `Cannot resume the run "${run}": it was started ${what} ${then}, found ${found}, which ` +
        "rounds and sums differently",
      ({ setting }) =>
        `${nextStep}; or start a new run with ${setting("config", `${run}/config.json`)}`,
    );
  if (record.bandpass !== now.bandpass) {
    throw differs("by Bandpass", record.bandpass, now.bandpass, "Resume with that version");
  }
  if (record.adapter !== now.adapter) {
    const then = `"${record.adapter}"`;
    throw differs("on", then, `"${now.adapter}"`, "Resume where that adapter is");
  }
}
