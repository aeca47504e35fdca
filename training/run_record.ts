/**
 * What a run is bound to: `run.json`, written once and never changed.
 *
 * @module
 */
import manifest from "../deno.json" with { type: "json" };
import type { ContentHashes } from "../data/content_hashes.ts";
import { sha256 } from "../data/sha256.ts";
import { checkedJsonText, parseCheckedJson } from "./checked_json.ts";
import type { Configuration } from "./configuration.ts";

/** What a run was started with. */
export interface RunRecord {
  /** The version of Bandpass. */
  readonly bandpass: string;
  /** The adapter that computes it. */
  readonly adapter: string;
  /** The configuration, as `config.json` had it. */
  readonly configuration: Configuration;
  /** The contents of the dataset. */
  readonly data: ContentHashes;
}

/** Where a dataset is, and for how long a run goes: what parameters do not follow from. */
export const placeOptions = ["data_dir", "dataset", "adapter", "epochs"] as const;

const keys = ["bandpass", "adapter", "configuration", "data"] as const;

/**
 * What a new run is bound to.
 *
 * @param configuration What it is trained with.
 * @param adapter The name of the adapter that computes it.
 * @param data The contents of its dataset.
 */
export function runRecord(
  configuration: Configuration,
  adapter: string,
  data: ContentHashes,
): RunRecord {
  return { bandpass: manifest.version, adapter, configuration, data };
}

/**
 * A hash of all that the parameters of an epoch follow from: checkpoints with the same one are
 * interchangeable, and no others. It is no random number, so that the same command still gives the same
 * bytes.
 *
 * @param record What a run is bound to.
 */
export function runKey({ bandpass, adapter, configuration, data }: RunRecord): string {
  const computed = Object.entries(configuration)
    .filter(([key]) => !(placeOptions as readonly string[]).includes(key));
  return sha256([JSON.stringify({ bandpass, adapter, data, computed })]);
}

/**
 * The text of `run.json`, with a checksum.
 *
 * @param record What a run is bound to.
 */
export function recordText({ bandpass, adapter, configuration, data }: RunRecord): string {
  return checkedJsonText({ bandpass, adapter, configuration, data });
}

/**
 * What `run.json` says.
 *
 * @param text Its text.
 * @param path Its place, for messages.
 * @throws {DataError} It is not what was written.
 */
export function parseRecord(text: string, path: string): RunRecord {
  return parseCheckedJson(text, path, keys) as unknown as RunRecord;
}
