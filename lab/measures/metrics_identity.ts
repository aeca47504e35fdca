/**
 * What the kept metrics of a run's users are of: the run, its parameters, its data, and the protocol.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { contentHashes } from "../../data/content_hashes.ts";
import type { Dataset } from "../../data/dataset.ts";
import { type Mask, protocolText } from "../../evaluation/ranking.ts";
import type { RunFolder } from "../../training/run_folder.ts";
import { runKey } from "../../training/run_record.ts";

/** What is ranked, and how. */
export interface Ranked {
  /** The dataset. */
  readonly dataset: Dataset;
  /** Whose items are held out. */
  readonly split: "valid" | "test";
  /** Whose items are no candidates. */
  readonly mask: Mask;
}

/** What metrics are of: with the same one they are the same, but for what another adapter rounds otherwise. */
export interface MetricsIdentity {
  /** The version of Bandpass. */
  readonly bandpass: string;
  /** The protocol in words. */
  readonly protocol: string;
  /** Whose items are held out. */
  readonly split: string;
  /** Whose items are no candidates. */
  readonly mask: string;
  /** What the run's parameters are bound to; null for a run of before there were records. */
  readonly run: string | null;
  /** The checksum of the parameters, or of what is kept in their place; null where a run keeps nothing. */
  readonly parameters: string | null;
  /** The contents of the dataset. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * What the metrics of a run are of, if they are computed now. It is asked for before the parameters are loaded: should
 * a training write better ones meanwhile, metrics are taken for those of parameters that are gone, and never for those
 * of parameters that they were not computed by.
 *
 * @param folder The run.
 * @param ranked What is ranked, and how.
 * @throws {DataError} Its parameters are damaged, or of another run.
 */
export async function metricsIdentity(
  folder: RunFolder,
  { dataset, split, mask }: Ranked,
): Promise<MetricsIdentity> {
  const { record } = folder;
  return {
    bandpass: manifest.version,
    protocol: protocolText(split, mask, dataset),
    split,
    mask,
    run: record === undefined ? null : runKey(record),
    parameters: await parametersOf(folder),
    data: record?.data ?? contentHashes(dataset),
  };
}

async function parametersOf(folder: RunFolder): Promise<string | null> {
  if (!await folder.hasCheckpoint("best")) return null;
  using file = await folder.openCheckpoint("best");
  return file.metadata.checksum ?? null;
}
