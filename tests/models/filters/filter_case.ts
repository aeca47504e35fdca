/**
 * A small dataset with features, and the comparison of a filter with its dense twin.
 *
 * @module
 */
import type { Dataset } from "../../../data/dataset.ts";
import type { ComputedDefinition } from "../../../models/define_model.ts";
import { type Dense, randomInteractions, times } from "../../reference/filters.ts";
import { assertClose, randomValues } from "../../shaders/op_check.ts";
import { blockScores, trainOnly } from "../block_scores.ts";

const [users, items] = [45, 31];
const random = randomInteractions(users, items, 0.2, 7);

/** R, `U×I`. */
export const taken: Dense = random.dense;

/** The dataset: three modalities, where two items of one have no features. */
export const dataset: Dataset = {
  ...trainOnly(random.pairs, users, items),
  modalities: [["audio", 5], ["image", 9], ["text", 3]].map(([name, columns]) => {
    const values = randomValues(items * Number(columns), Number(columns));
    if (name === "image") values.fill(0, 9 * 4, 9 * 6);
    return { name: String(name), rows: items, columns: Number(columns), values };
  }),
};

/** All users' scores are those of a dense filter, and a history's those of a user who took the same. */
export async function assertFilter(
  definition: ComputedDefinition,
  settings: Record<string, unknown>,
  filter: Dense,
): Promise<void> {
  const expected = times(taken, filter).values;
  const all = Array.from({ length: users }, (_, user) => user);
  const found = await blockScores(definition, dataset, settings, { users: all });
  assertClose(found.flat(), expected, 2e-6, `${definition.name} ${JSON.stringify(settings)}`);
  const row = [...taken.values.subarray(8 * items, 9 * items).keys()]
    .filter((item) => taken.values[8 * items + item] === 1);
  const [ofHistory] = await blockScores(definition, dataset, settings, { history: row });
  assertClose(ofHistory, expected.subarray(8 * items, 9 * items), 2e-6, "a history");
}

/** The scores of a history are the sum of those of each of its items: what an item gives is known. */
export async function assertLinear(
  definition: ComputedDefinition,
  settings: Record<string, unknown>,
): Promise<void> {
  const history = [7, 12, 30];
  const scoresOf = async (history: number[]) =>
    (await blockScores(definition, dataset, settings, { history }))[0];
  const sums = new Float64Array(items);
  for (const item of history) {
    (await scoresOf([item])).forEach((score, n) => sums[n] += score);
  }
  assertClose(await scoresOf(history), sums, 2e-6, "a sum of items");
}
