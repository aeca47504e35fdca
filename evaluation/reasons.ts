/**
 * Which of a user's own items speak for a recommended one: those most like it.
 *
 * @module
 */
import { bestOf } from "./popular_items.ts";
import type { ScoredModel } from "./scored_model.ts";

/**
 * The own items that speak most for each of a list: by the cosine of their rows; by what the score of
 * somebody gains who took the own item alone, where a model has no rows.
 *
 * @param scored The model.
 * @param own The indices of the user's items, each once.
 * @param items The recommended ones, each once; at most 1000.
 * @param most How many own items for each.
 * @returns For each recommended item the indices of own ones, the strongest first; without those that
 * do not speak for it.
 */
export async function reasonsFor(
  scored: ScoredModel,
  own: Uint32Array,
  items: Uint32Array,
  most: number,
): Promise<Uint32Array[]> {
  if (own.length === 0 || items.length === 0) return Array.from(items, () => new Uint32Array());
  const likeness = "users" in scored.representation
    ? await cosines(scored, own, items)
    : await gains(scored, own, items);
  return Array.from(items, (_, n) => {
    const weights = Float64Array.from(likeness, (row) => row[n] > 0 ? row[n] : -Infinity);
    return bestOf(weights, most).items.map((place) => own[place]);
  });
}

/** `own×items`: the cosine of the rows of each own item and each other one. */
async function cosines(
  scored: ScoredModel,
  own: Uint32Array,
  items: Uint32Array,
): Promise<Float64Array[]> {
  const { values, columns } = await scored.itemRows();
  const unit = (item: number) => {
    const row = Float64Array.from(values.subarray(item * columns, (item + 1) * columns));
    const length = Math.hypot(...row);
    return length === 0 ? row : row.map((value) => value / length);
  };
  const others = Array.from(items, unit);
  return Array.from(own, (item) => {
    const row = unit(item);
    return Float64Array.from(
      others,
      (other) => row.reduce((sum, value, column) => sum + value * other[column], 0),
    );
  });
}

/** `own×items`: what each own item adds to the score of each other one. */
async function gains(
  scored: ScoredModel,
  own: Uint32Array,
  items: Uint32Array,
): Promise<Float64Array[]> {
  const histories = [new Uint32Array(), ...Array.from(own, (item) => Uint32Array.of(item))];
  const lists = await scored.listsOfHistories(histories, items.length, items.toSorted());
  const [without, ...rows] = lists.map((list) =>
    new Map(Array.from(list.items, (item, n) => [item, list.scores[n]]))
  );
  return rows.map((row) =>
    Float64Array.from(items, (item) => (row.get(item) ?? 0) - (without.get(item) ?? 0))
  );
}
