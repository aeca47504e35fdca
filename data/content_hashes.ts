/**
 * Hashes of what a dataset says: what a run is bound to, wherever the files lie.
 *
 * They are of the contents as they were read, which are in memory anyway: the same for a dataset of a
 * folder and for one that a program made, and untouched by what changes nothing, such as line ends.
 *
 * @module
 */
import { allSplits, type Dataset, type Interactions, type Modality } from "./dataset.ts";
import type { Identifiers } from "./identifiers.ts";
import { sha256 } from "./sha256.ts";

/** A SHA-256 in hexadecimal for each part of a dataset, by the name of the file that it is kept in. */
export type ContentHashes = Readonly<Record<string, string>>;

/** The part of the interactions, whose file is named after the dataset. */
export const interactionsPart = "interactions";

/** Ids that are hashed at a time. */
const idsPerBlock = 1 << 14;

/**
 * Hashes a dataset.
 *
 * @param dataset The dataset.
 * @returns `interactions`; `users.csv` and `items.csv` where ids are the user's own; and each file of
 * features.
 * @example
 * ```ts
 * import { contentHashes } from "./content_hashes.ts";
 * import { readDataset } from "./folder.ts";
 * Object.keys(contentHashes(await readDataset(`${await Deno.makeTempDir()}/sample`)));
 * // ["interactions", "image_feat.npy", "text_feat.npy"]
 * ```
 */
export function contentHashes(dataset: Dataset): ContentHashes {
  const { userIds, itemIds, modalities, userFeatures } = dataset;
  const features = userFeatures === undefined ? modalities : [...modalities, userFeatures];
  return {
    [interactionsPart]: sha256(interactionParts(dataset)),
    ...userIds.own && { "users.csv": sha256(idParts(userIds)) },
    ...itemIds.own && { "items.csv": sha256(idParts(itemIds)) },
    ...Object.fromEntries(
      features.map((modality) => [`${modality.name}_feat.npy`, sha256(featureParts(modality))]),
    ),
  };
}

/**
 * The hashes of a dataset that stays as it is, made when they are first asked for: of gigabytes of features
 * they take seconds, and a training asks several times.
 *
 * @param dataset The dataset.
 * @example
 * ```ts
 * import { hashedOnce } from "./content_hashes.ts";
 * import { readDataset } from "./folder.ts";
 * const hashes = hashedOnce(await readDataset(`${await Deno.makeTempDir()}/sample`));
 * hashes() === hashes(); // true
 * ```
 */
export function hashedOnce(dataset: Dataset): () => ContentHashes {
  let hashes: ContentHashes | undefined;
  return () => hashes ??= contentHashes(dataset);
}

function* interactionParts(dataset: Dataset): Generator<string | Uint32Array> {
  const { users, items } = dataset;
  yield JSON.stringify({ users, items });
  for (const split of allSplits) {
    const rows: Interactions = dataset[split];
    yield JSON.stringify({ split, rows: rows.users.length });
    yield rows.users;
    yield rows.items;
  }
}

function* idParts({ count, idOf }: Identifiers): Generator<string> {
  for (let first = 0; first < count; first += idsPerBlock) {
    const length = Math.min(idsPerBlock, count - first);
    yield JSON.stringify(Array.from({ length }, (_, n) => idOf(first + n)));
  }
}

function* featureParts({ rows, columns, values }: Modality): Generator<string | Float32Array> {
  yield JSON.stringify({ rows, columns });
  yield values;
}
