/**
 * What a run is bound to: `run.json`, written once and never changed.
 *
 * @module
 */
import manifest from "../deno.json" with { type: "json" };
import type { ContentHashes } from "../data/content_hashes.ts";
import { sha256 } from "../data/sha256.ts";
import { DataError } from "../errors.ts";
import {
  type KernelChoices,
  ownKernels,
  parseChoices,
  withKernels,
} from "../gpu/kernel_choices.ts";
import type { Gpu } from "../gpu/gpu.ts";
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
  /** The variants of kernels that compute it (default: those that its version ships for the adapter). */
  readonly kernels?: KernelChoices;
}

/** Where a dataset is, and for how long a run goes: what parameters do not follow from. */
export const placeOptions = ["data_dir", "dataset", "adapter", "epochs"] as const;

const keys = ["bandpass", "adapter", "configuration", "data", "kernels"] as const;

/**
 * What a new run is bound to.
 *
 * @param configuration What it is trained with.
 * @param gpu The device that computes it: its name, and what it runs that is not in the shipped table.
 * @param data The contents of its dataset.
 */
export function runRecord(
  configuration: Configuration,
  gpu: Pick<Gpu, "name" | "family" | "kernels">,
  data: ContentHashes,
): RunRecord {
  const kernels = ownKernels(gpu);
  return {
    bandpass: manifest.version,
    adapter: gpu.name,
    configuration,
    data,
    ...kernels && { kernels },
  };
}

/**
 * A device as it was when it computed a run, so that a table of variants that was made, or forgotten, since then
 * changes no byte of it. Another adapter than that of the run rounds differently anyway, and stays as it is.
 *
 * @param gpu The device.
 * @param record What the run is bound to; nothing for a run of before there were records.
 */
export function asRecorded(gpu: Gpu, record: RunRecord | undefined): Gpu {
  return record?.adapter === gpu.name ? withKernels(gpu, record.kernels) : gpu;
}

/**
 * A hash of all that the parameters of an epoch follow from: checkpoints with the same one are
 * interchangeable, and no others. It is no random number, so that the same command still gives the same
 * bytes.
 *
 * @param record What a run is bound to.
 */
export function runKey({ bandpass, adapter, configuration, data, kernels }: RunRecord): string {
  const computed = Object.entries(configuration)
    .filter(([key]) => !(placeOptions as readonly string[]).includes(key));
  return sha256([JSON.stringify({ bandpass, adapter, data, computed, kernels })]);
}

/**
 * The text of `run.json`, with a checksum.
 *
 * @param record What a run is bound to.
 */
export function recordText(record: RunRecord): string {
  const { bandpass, adapter, configuration, data, kernels } = record;
  return checkedJsonText({ bandpass, adapter, configuration, data, ...kernels && { kernels } });
}

/**
 * What `run.json` says.
 *
 * @param text Its text.
 * @param path Its place, for messages.
 * @throws {DataError} It is not what was written, or names variants of kernels that this version does not have.
 */
export function parseRecord(text: string, path: string): RunRecord {
  const record = parseCheckedJson(text, path, keys, {
    optional: ["kernels"],
  }) as unknown as RunRecord;
  if (record.kernels === undefined || parseChoices(record.kernels) !== undefined) return record;
  throw new DataError(
    `Cannot use "${path}": it names kernels that Bandpass ${manifest.version} does not have`,
    `Use Bandpass ${record.bandpass}`,
  );
}
