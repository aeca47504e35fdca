/**
 * Which of a user's own items speak for a recommended one: those most like it.
 *
 * @module
 */
import { bestOf } from "./popular_items.ts";
import type { ScoredModel } from "./scored_model.ts";

/** A list of recommended items, and the items of whom it is for. */
export interface OwnedList {
  /** The indices of the user's items, each once. */
  readonly own: Uint32Array;
  /** The recommended ones, each once. */
  readonly items: Uint32Array;
}

/** How strongly an own item speaks for another one. */
type Likeness = (own: number, item: number) => number;

/** Of a model without rows, so many items at most are like an own one. */
const mostAlike = 256;

/**
 * The own items that speak most for each item of some lists: by the cosine of their rows; by what the
 * score of somebody gains who took the own item alone, where a model has no rows.
 *
 * @param scored The model.
 * @param lists The lists; those that are asked for together are quicker than one by one.
 * @param most How many own items for each.
 * @returns For each list and each item of it the indices of own ones, the strongest first, without
 * those that do not speak for it.
 */
export async function reasonsFor(
  scored: ScoredModel,
  lists: readonly OwnedList[],
  most: number,
): Promise<Uint32Array[][]> {
  const likeness = "users" in scored.representation
    ? await cosines(scored)
    : await gains(scored, lists);
  return lists.map(({ own, items }) =>
    Array.from(items, (item) => {
      const weights = Float64Array.from(own, (one) => {
        const weight = likeness(one, item);
        return weight > 0 ? weight : -Infinity;
      });
      return bestOf(weights, most).items.map((place) => own[place]);
    })
  );
}

/** The cosine of two items' rows. */
async function cosines(scored: ScoredModel): Promise<Likeness> {
  const { values, columns } = await scored.itemRows();
  const product = (a: number, b: number) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += values[a * columns + c] * values[b * columns + c];
    return sum;
  };
  const lengths = new Map<number, number>();
  const lengthOf = (item: number) => {
    const length = lengths.get(item) ?? Math.sqrt(product(item, item));
    lengths.set(item, length);
    return length;
  };
  return (own, item) => product(own, item) / (lengthOf(own) * lengthOf(item) || Infinity);
}

/** What an own item adds to the score of another one, beside that of somebody without items. */
async function gains(scored: ScoredModel, lists: readonly OwnedList[]): Promise<Likeness> {
  const own = [...new Set(lists.flatMap((list) => [...list.own]))];
  const histories = [new Uint32Array(), ...own.map((item) => Uint32Array.of(item))];
  const [without, ...found] = (await scored.listsOfHistories(histories, mostAlike))
    .map(({ items, scores }) => new Map(Array.from(items, (item, n) => [item, scores[n]])));
  const alike = new Map(own.map((item, n) => [item, found[n]]));
  return (one, item) => (alike.get(one)!.get(item) ?? 0) - (without.get(item) ?? 0);
}
