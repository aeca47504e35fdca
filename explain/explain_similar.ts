/**
 * What is similar to an item, and in what: cosines of rows, taken apart by modality, band and view.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import { refuseUnknownItem } from "../evaluation/similar_item.ts";
import { bestOf } from "../evaluation/popular_items.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { wholeRow } from "../models/composition.ts";
import type { RowComposition } from "../models/model.ts";
import { similarRows } from "../models/similar_rows.ts";
import type { Id } from "../recommender/options.ts";
import type { Recommender } from "../recommender/recommender.ts";
import { greatestK } from "../shaders/top_k/top_k.ts";
import { ExplainedBlend } from "./explained_blend.ts";
import type { ExplainedBlocks } from "./explained_blocks.ts";
import { assertIndex } from "./explained_index.ts";
import { ExplainedModel } from "./explained_model.ts";
import type {
  BreakdownKind,
  PartList,
  SimilarItem,
  SimilarItems,
  SimilarRequest,
} from "./explanation.ts";
import { rowBreakdowns } from "./row_breakdowns.ts";
import { ExplainedRows } from "./explained_rows.ts";
import { dot } from "./single_rows.ts";

/** Items of a list where nobody says how many. */
const standardLength = 10;

/**
 * The items that are most similar to an item, with the parts of their similarity, and those that are most similar in one
 * modality, band or view alone. Of a model without rows it is what somebody gets who took the item alone.
 *
 * @param recommender The recommender.
 * @param request The item, by its index, and how many.
 * @throws {UsageError} The dataset has no such item, or the number is out of range.
 * @throws {DataError} The model has no rows, and the item no train row: nothing is known that is similar to it.
 * @throws {BandpassError} Parts do not sum to a similarity.
 * @throws {GpuError} The device lacks memory for the parts.
 * @example
 * ```ts
 * import { readDataset } from "../data/folder.ts";
 * import { train } from "../recommender/train.ts";
 * import { explainSimilar } from "./explain_similar.ts";
 * const dataset = await readDataset(`${await Deno.makeTempDir()}/sample`);
 * await using model = await train(dataset, "turbocf");
 * (await explainSimilar(model, { item: 3, k: 4 })).items.length; // 4
 * ```
 */
export async function explainSimilar(
  recommender: Recommender,
  { item, k = standardLength }: SimilarRequest,
): Promise<SimilarItems> {
  const { dataset } = recommender;
  assertIndex("item", item, dataset.items);
  if (!(Number.isInteger(k) && k >= 1 && k <= greatestK)) {
    throw new UsageError(
      `Cannot give ${k} items: expected an integer from 1 to ${greatestK}`,
      'Set "k" to 10, for example',
    );
  }
  const scored = await recommender.scored();
  refuseUnknownItem(scored, item);
  const model = await ExplainedModel.of(scored);
  const found = model.scores instanceof ExplainedRows
    ? await byRows(model.scored, model.scores, item, k)
    : await byHistory(model, model.scores, item, k);
  const idOf = (index: number): Id => dataset.itemIds.idOf(index);
  return {
    item: idOf(item),
    measure: found.measure,
    items: found.items.map(({ index, ...rest }): SimilarItem => ({ item: idOf(index), ...rest })),
    lists: found.lists.map(({ items, scores, ...list }): PartList => ({
      ...list,
      items: Array.from(items, (index, n) => ({ item: idOf(index), score: scores[n] })),
    })),
  };
}

/** What is similar, by indices. */
interface Similar extends Pick<SimilarItems, "measure"> {
  readonly items: readonly (Omit<SimilarItem, "item"> & { readonly index: number })[];
  readonly lists: readonly (Omit<PartList, "items"> & {
    readonly items: Uint32Array;
    readonly scores: Float32Array;
  })[];
}

async function byRows(
  scored: ScoredModel,
  scores: ExplainedRows,
  item: number,
  k: number,
): Promise<Similar> {
  const { values, columns } = await scored.itemRows();
  const best = similarRows(values, columns, item, k);
  const [own, ...others] = await scores.itemRows(Uint32Array.of(item, ...best.items));
  const length = Math.sqrt(dot(own.whole, own.whole));
  const items = others.map((other, n) => {
    const lengths = length * Math.sqrt(dot(other.whole, other.whole));
    const breakdowns = lengths > 0
      ? rowBreakdowns(scores.composition, own, other, 1 / lengths)
      : [];
    return { index: best.items[n], score: best.scores[n], breakdowns };
  });
  const { lists } = await partLists(scored, scores.composition, item, k);
  return { measure: "cosine", items, lists };
}

/** The items that are most similar in some columns, or in a part of the rows, by the cosine of these. */
async function partLists(
  scored: ScoredModel,
  { by, items: parts, blocks = [] }: RowComposition,
  item: number,
  k: number,
): Promise<Pick<Similar, "lists">> {
  // Items without a train row have rows of others, which are parted by sums alone.
  const strangers = new Set(scored.untrained?.items);
  if (strangers.has(item)) return { lists: [] };
  const candidates = Uint32Array.from(Array(parts[0].rows.rows).keys())
    .filter((index) => !strangers.has(index));
  const lists: Similar["lists"][number][] = [];
  const add = (by: BreakdownKind, name: string, values: Float32Array, columns: number) =>
    lists.push({ by, name, ...similarRows(values, columns, item, k, candidates) });
  const names = [...new Set(blocks.map(({ name }) => name))];
  if (names.length > 1) {
    const { values, columns } = await scored.itemRows();
    for (const name of names) {
      const own = columnsOf(blocks, name);
      add("modality", name, pick(values, columns, own), own.length);
    }
  }
  for (const { name, rows } of parts) {
    if (name === wholeRow) continue;
    add(by, name, await scored.readRows(rows), rows.table.columns);
  }
  return { lists };
}

/** The columns of a modality. */
function columnsOf(blocks: NonNullable<RowComposition["blocks"]>, wanted: string): number[] {
  let first = 0;
  return blocks.flatMap(({ name, columns }) => {
    const start = first;
    first += columns;
    return name === wanted ? Array.from({ length: columns }, (_, c) => start + c) : [];
  });
}

function pick(values: Float32Array, width: number, columns: readonly number[]): Float32Array {
  const picked = new Float32Array(values.length / width * columns.length);
  let at = 0;
  for (let row = 0; row < values.length; row += width) {
    for (const column of columns) picked[at++] = values[row + column];
  }
  return picked;
}

async function byHistory(
  model: ExplainedModel,
  scores: ExplainedBlocks | ExplainedBlend,
  item: number,
  k: number,
): Promise<Similar> {
  const { scored } = model;
  const history = Uint32Array.of(item);
  const list = { k, seen: ["train"] } as const;
  const best = await scored.bestItemsOfHistory(history, list);
  const found = await model.explain({ history }, best.items);
  const items = found.map(({ score, breakdowns }, n) => ({
    ...{ index: best.items[n], score, breakdowns },
  }));
  const { composition: { by }, parts } = scores instanceof ExplainedBlend ? scores.blend : scores;
  const lists: Similar["lists"][number][] = [];
  for (const { name, scores: part } of parts) {
    const row = Float64Array.from(await part.of({ history }));
    row[item] = -Infinity;
    lists.push({ by, name, ...bestOf(row, k) });
  }
  return { measure: "history", items, lists };
}
