/**
 * Items that came after a dataset was made: their ids and features, and the dataset with them.
 *
 * @module
 */
import { DataError, UsageError } from "../errors.ts";
import { counted } from "./counts.ts";
import type { Dataset, Modality } from "./dataset.ts";
import { excerpt } from "./excerpt.ts";
import type { Identifiers } from "./identifiers.ts";
import { standardiseFeatures } from "./modalities.ts";

/** Items that came after a dataset was made. */
export interface NewItems {
  /** The id of each, none twice. */
  readonly ids: readonly string[];
  /**
   * By modality `ids.length×columns` features, in the columns that the modality has; zeros for an item without. A
   * modality may be missing: no new item has features of it then.
   */
  readonly features: ReadonlyMap<string, Float32Array>;
}

/**
 * A dataset with new items behind its own; no interaction has any of them.
 *
 * @param dataset The dataset.
 * @param added The items.
 * @throws {UsageError} The dataset has no such modality.
 * @throws {DataError} It has no features at all, or has an item already, or an item has no features, another number of
 * them, or those of the average item.
 * @example
 * ```ts
 * import { readDataset } from "./folder.ts";
 * import { withNewItems } from "./new_items.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * const features = new Map([["text", dataset.modalities[1].values.slice(0, 32)]]);
 * const larger = withNewItems(dataset, { ids: ["new"], features });
 * larger.itemIds.indexOf("new"); // 600
 * ```
 */
export function withNewItems(dataset: Dataset, added: NewItems): Dataset {
  const { name, items, itemIds, modalities } = dataset;
  refuseOthers(dataset, added);
  const { ids, features } = added;
  const count = items + ids.length;
  const joined = modalities.map((modality) => withRows(modality, count, features));
  const bare = bareItems(joined, items);
  if (bare.length > 0) {
    throw new DataError(
      `Cannot score ${counted(bare.length, "new item")} of "${name}", such as "${
        excerpt(ids[bare[0] - items])
      }": no features are given, none of the words of the text are known, or the features are those ` +
        "of the average item",
      "Leave them out; a text needs a word that two or more items of the dataset have",
    );
  }
  return { ...dataset, items: count, itemIds: joinedIds(itemIds, ids), modalities: joined };
}

/** The items beyond the known ones that are like none of them: all their standardised features are 0. */
function bareItems(modalities: readonly Modality[], known: number): number[] {
  const standardised = modalities.map((modality) => standardiseFeatures(modality, known));
  const added = Array.from({ length: modalities[0].rows - known }, (_, n) => known + n);
  return added.filter((item) =>
    standardised.every(({ columns, values }) =>
      values.subarray(item * columns, (item + 1) * columns).every((value) => value === 0)
    )
  );
}

function refuseOthers({ name, itemIds, modalities }: Dataset, { ids, features }: NewItems): void {
  if (modalities.length === 0) {
    throw new DataError(
      `Cannot score new items of "${name}": it has no features`,
      "Make the dataset with features of its items, and train on it",
    );
  }
  for (const [modality, values] of features) {
    const known = modalities.find((one) => one.name === modality);
    if (known === undefined) {
      throw new UsageError(
        `Cannot use features "${excerpt(modality)}" of new items: "${name}" has ` +
          modalities.map((one) => `"${one.name}"`).join(", "),
        "Name one of these",
      );
    }
    if (values.length === ids.length * known.columns) continue;
    throw new DataError(
      `Cannot use features "${modality}" of new items: found ${
        values.length / ids.length
      } numbers an item, expected ${known.columns} as "${name}" has`,
      "Make them as those of the dataset were made",
    );
  }
  const present = ids.filter((id) => itemIds.indexOf(id) !== undefined);
  const more = present.length > 1 ? ` and ${counted(present.length - 1, "other item")}` : "";
  if (present.length > 0) {
    throw new DataError(
      `Cannot add the new item "${excerpt(present[0])}"${more}: "${name}" has it already`,
      "Leave it out: it is recommended without being named here",
    );
  }
}

function joinedIds(own: Identifiers, added: readonly string[]): Identifiers {
  const places = new Map(added.map((id, n) => [id, own.count + n]));
  return {
    ...own,
    count: own.count + added.length,
    expected: `${own.expected}, or a new item`,
    idOf: (index) => index < own.count ? own.idOf(index) : added[index - own.count],
    indexOf: (id) => own.indexOf(id) ?? places.get(id) ?? places.get(id.trim()),
  };
}

function withRows(
  modality: Modality,
  rows: number,
  features: ReadonlyMap<string, Float32Array>,
): Modality {
  const values = new Float32Array(rows * modality.columns);
  values.set(modality.values);
  const added = features.get(modality.name);
  if (added !== undefined) values.set(added, modality.values.length);
  return { ...modality, rows, values };
}
