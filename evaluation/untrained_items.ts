/**
 * Items without a train row: a model knows nothing of them, and what it says of the items that are nearest to them in
 * their features stands for it (methods.md, §9).
 *
 * @module
 */
import type { Dataset, Modality } from "../data/dataset.ts";
import { counted } from "../data/counts.ts";
import { DataError } from "../errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import type { Memory } from "../gpu/memory.ts";
import type { Program } from "../gpu/program.ts";
import { paddedColumns } from "../gpu/tensor.ts";
import { nearestItems } from "../graph/nearest_items.ts";
import type { Representation, ScorePart } from "../models/model.ts";
import { copyColumns } from "../shaders/columns/columns.ts";
import {
  type NearestKnown,
  rowsFromNearest,
  scoresFromNearest,
  uploadNearest,
} from "../shaders/from_nearest/from_nearest.ts";
import { featureRow, joinedFeatures } from "./joined_features.ts";
import { withTrainRow } from "./untrained_users.ts";

/** Items without a train row, and the trained ones that each of them is near to. */
export interface UntrainedItems extends NearestKnown {
  /** Number of items that the model knows; those beyond came after it was trained. */
  readonly known: number;
}

/** Trained items that each of the others follows from; measured (bench/RESULTS.md). */
const near = 5;

/**
 * The items of a dataset that have features and no train row, each with the trained items nearest to it by the cosine
 * of their features: standardised columns of each modality in rows of length 1, side by side.
 *
 * @param gpu The device.
 * @param dataset The dataset.
 * @param options How many items, the first ones, means and deviations of columns are taken of (default: all), and who
 * is told how many are scored so.
 * @returns Nothing where there are no such items, or none to follow from.
 * @throws {DataError} There are items that came after training, and none to follow from.
 */
export async function untrainedItems(
  gpu: Gpu,
  dataset: Dataset,
  { known = dataset.items, note }: { known?: number; note?: (text: string) => void } = {},
): Promise<UntrainedItems | undefined> {
  const isTrained = withTrainRow(dataset, "items");
  if (dataset.modalities.length === 0 || !isTrained.includes(0)) return undefined;
  const features = joinedFeatures(dataset.modalities, known);
  const hasFeatures = (item: number) => featureRow(features, item).some((value) => value !== 0);
  const [items, trained] = [0, 1].map((flag) =>
    Uint32Array.from(isTrained.keys()).filter((item) =>
      isTrained[item] === flag && hasFeatures(item)
    )
  );
  if (trained.length === 0 && known < dataset.items) {
    throw new DataError(
      `Cannot score new items of "${dataset.name}": none of its items with train rows has features`,
      "Make the dataset with features of these items, and train on it",
    );
  }
  if (items.length === 0 || trained.length === 0) return undefined;
  const k = Math.min(near, trained.length);
  note?.(
    `${counted(items.length, "item")} without a train row: scored as the ${
      counted(k, "item")
    } nearest by features`,
  );
  const found = await nearestItems(gpu, rowsOf(features, trained), k, {
    asking: rowsOf(features, items),
  });
  return { items, nearest: found.items.map((place) => trained[place]), known };
}

function rowsOf(modality: Modality, items: Uint32Array): Modality {
  const values = new Float32Array(items.length * modality.columns);
  items.forEach((item, n) => values.set(featureRow(modality, item), n * modality.columns));
  return { ...modality, rows: items.length, values };
}

/**
 * Scores in which such items have those of their nearest ones: the rows of a model that has rows, the scores of a
 * block of users of one that has none.
 *
 * @param program What represents the model.
 * @param representation Where its scores come from.
 * @param untrained The items.
 * @param items Number of items that are scored, at least as many as the model knows.
 * @returns Where scores come from then; nothing of the model's own is written to.
 */
export function withUntrainedItems(
  program: Program,
  representation: Representation,
  untrained: UntrainedItems,
  items: number,
): Representation {
  const lists = uploadNearest(program.memory, untrained);
  if (!("users" in representation)) {
    const { rows, reads } = representation;
    return {
      rows,
      reads,
      scoreBlock(program, block, scores) {
        const width = paddedColumns(untrained.known);
        if (scores.columns === width) {
          representation.scoreBlock(program, block, scores);
        } else {
          const known = program.tensor("scores of known items", scores.rows, width, {
            differentiable: false,
          });
          representation.scoreBlock(program, block, known);
          copyColumns(program, known, 0, scores, 0, untrained.known);
        }
        scoresFromNearest(program, lists, scores);
      },
    };
  }
  const { users, items: { table: own, firstRow, rows } } = representation;
  const { columns } = own;
  const table = program.tensor("rows of all items", items, columns, { differentiable: false });
  const flat = (tensor: typeof own) => ({ ...tensor, rows: 1, columns: tensor.rows * columns });
  copyColumns(program, flat(own), firstRow * columns, flat(table), 0, rows * columns, {
    completes: rows === items,
  });
  rowsFromNearest(program, lists, table);
  return { users, items: { table, firstRow: 0, rows: items } };
}

/**
 * Parts of sums in which such items have the scores of their nearest ones, as the sums then have.
 *
 * @param memory Where the parts are planned.
 * @param parts The parts.
 * @param untrained The items.
 */
export function partsWithUntrainedItems(
  memory: Memory,
  parts: readonly ScorePart[],
  untrained: UntrainedItems,
): ScorePart[] {
  const lists = uploadNearest(memory, untrained);
  return parts.map((part) => ({
    addScores(program, block, scores, how) {
      part.addScores(program, block, scores, how);
      scoresFromNearest(program, lists, scores);
    },
  }));
}

/**
 * How such items are scored, as a part of a protocol.
 *
 * @param dataset The dataset.
 * @returns Nothing to be said where a dataset has no such items.
 */
export function untrainedItemsProtocol(dataset: Dataset): string {
  return dataset.modalities.length > 0 && withTrainRow(dataset, "items").includes(0)
    ? "; items without a train row scored as those nearest by features"
    : "";
}
