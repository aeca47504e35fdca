/**
 * Reads the metrics of each user that a run keeps (data-format.md, "A run").
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import { exists } from "../../data/exists.ts";
import { readFailure } from "../../data/file_failure.ts";
import { fileSize, openRegularFile } from "../../data/regular_file.ts";
import { readFully } from "../../data/read_fully.ts";
import { sha256 } from "../../data/sha256.ts";
import { listMetrics } from "../../evaluation/list_metrics.ts";
import { protocolCutoffs } from "../../evaluation/metrics.ts";
import { itemsOfUsers, type RankedSplit, usersOfSplit } from "../../evaluation/ranking.ts";
import { userMetricsFile } from "../../training/run_files.ts";
import type { RunFolder } from "../../training/run_folder.ts";
import { type MetricsIdentity, metricsIdentity, type Ranked } from "./metrics_identity.ts";
import type { UserMeasures } from "./user_measures.ts";

/** What a run keeps, or why nothing of it can be used. */
export type KeptMeasures =
  | { readonly measures: UserMeasures }
  | { readonly unusable: string };

/**
 * Reads what a run keeps of a split, where it is of the run as it is now.
 *
 * @param folder The run.
 * @param ranked What is ranked, and how.
 * @throws {DataError} The run's parameters are damaged, or a file cannot be read.
 */
export async function readUserMetrics(folder: RunFolder, ranked: Ranked): Promise<KeptMeasures> {
  const path = `${folder.path}/${userMetricsFile(ranked.split, ranked.mask)}`;
  if (!await exists(path)) return { unusable: "no metrics of its users are kept" };
  const identity = await metricsIdentity(folder, ranked);
  if (identity.run === null) return { unusable: "it was written before runs recorded their data" };
  return await parseUserMetrics(await readBytes(path), path, identity, ranked);
}

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  using file = await openRegularFile(path);
  try {
    const bytes = new Uint8Array(await fileSize(file));
    await readFully(file, path, bytes);
    return bytes;
  } catch (error) {
    throw readFailure(path, error);
  }
}

/**
 * What the bytes of such a file hold.
 *
 * @param bytes The file.
 * @param path Its place, for messages.
 * @param identity What it has to be of.
 * @param ranked What was ranked, and how.
 */
export async function parseUserMetrics(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  identity: MetricsIdentity,
  ranked: Ranked,
): Promise<KeptMeasures> {
  try {
    return await parse(bytes, identity, ranked);
  } catch {
    // What reads Parquet throws errors of all kinds at damaged files.
    return { unusable: `"${path}" is damaged` };
  }
}

async function parse(
  bytes: Uint8Array<ArrayBuffer>,
  identity: MetricsIdentity,
  { dataset, split }: Ranked,
): Promise<KeptMeasures> {
  // Loaded by who compares alone.
  const { parquetMetadata, parquetReadObjects } = await import("hyparquet");
  const { buffer: file } = bytes;
  const metadata = parquetMetadata(file);
  const { checksum, ...texts } = Object.fromEntries(
    (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""]),
  );
  const madeOf = JSON.parse(texts.bandpass);
  const other = Object.entries(identity)
    .find(([key, value]) => JSON.stringify(madeOf[key]) !== JSON.stringify(value));
  if (other !== undefined) {
    return {
      unusable: `the kept metrics of its users are of ${
        otherWords[other[0]] ?? `another ${other[0]}`
      }`,
    };
  }
  const footer = new DataView(file).getUint32(bytes.length - 8, true);
  const rowBytes = bytes.subarray(0, bytes.length - 8 - footer);
  if (checksum !== sha256([rowBytes, JSON.stringify(texts)])) throw new Error("a wrong checksum");
  const names = listMetrics
    .filter((name) => name !== "diversity" || dataset.modalities.length > 0)
    .flatMap((name) => protocolCutoffs.map((cutoff) => `${name}@${cutoff}`));
  const columns = ["userID", "held_out", "ranks", ...names];
  const rows = await parquetReadObjects({ file, metadata, columns });
  const lists = Object.fromEntries(names.map((name) => [
    name,
    Float64Array.from(rows, (row) => row[name] === null ? NaN : numberOf(row[name])),
  ]));
  return { measures: { ranked: ranksOf(rows, dataset, split), lists } };
}

/** What kept metrics may be of instead. */
const otherWords: Readonly<Record<string, string>> = {
  bandpass: "another version of Bandpass",
  parameters: "other parameters",
  data: "other data",
};

/** The rows have the users and the held-out items of the split in its order, and a rank below I each. */
function ranksOf(
  rows: readonly Record<string, unknown>[],
  dataset: Dataset,
  split: Ranked["split"],
): RankedSplit {
  const users = usersOfSplit(dataset, split);
  const { start, items } = itemsOfUsers(dataset[split], users);
  const ranks = new Uint32Array(items.length);
  const assert = (holds: boolean) => {
    if (!holds) throw new Error("other rows than were written");
  };
  assert(rows.length === users.length);
  rows.forEach(({ userID, held_out, ranks: places }, n) => {
    const own = items.subarray(start[n], start[n + 1]);
    assert(userID === users[n] && Array.isArray(held_out) && Array.isArray(places));
    const [heldOut, found] = [held_out, places] as [unknown[], unknown[]];
    assert(heldOut.length === own.length && found.length === own.length);
    found.forEach((rank, at) => {
      assert(heldOut[at] === own[at] && Number.isInteger(rank) && Number(rank) < dataset.items);
      ranks[start[n] + at] = Number(rank);
    });
  });
  return { users, start, items, ranks };
}

function numberOf(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Error("not a number");
}
