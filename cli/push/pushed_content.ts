/**
 * What is pushed of a recommender, table by table.
 *
 * @module
 */
import { allSplits, type Dataset } from "../../data/dataset.ts";
import { degreesOf } from "../../data/dataset_summary.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import type { ScoredModel } from "../../evaluation/scored_model.ts";
import { withTrainRow } from "../../evaluation/untrained_users.ts";
import type { RowRepresentation, TableRows } from "../../models/model.ts";
import type { TableContent, VersionContent } from "./push_version.ts";

/** Rows of vectors that are read from the device together. */
const blockRows = 4096;

const idText = (identifiers: Identifiers, index: number) => String(identifiers.idOf(index));

/**
 * Users and items by their rows, and what users took.
 *
 * @param scored The model.
 * @param rows Its rows.
 */
export function rowContent(
  scored: ScoredModel,
  { users, items }: RowRepresentation,
): VersionContent {
  const { dataset } = scored;
  const isKnown = withTrainRow(dataset, "users");
  const popularity = degreesOf([dataset.train], "items", dataset.items);
  return {
    dimensions: items.table.columns,
    tables: [
      {
        most: dataset.users,
        async *rows() {
          for await (const [user, row] of vectors(scored, users, dataset.users)) {
            // Without a train row there is nothing to know somebody by: `recommend` gives popular items.
            yield [idText(dataset.userIds, user), isKnown[user] ? row : null];
          }
        },
      },
      {
        most: dataset.items,
        async *rows() {
          for await (const [item, row] of vectors(scored, items, dataset.items)) {
            yield [idText(dataset.itemIds, item), item, popularity[item], row];
          }
        },
      },
      taken(dataset),
    ],
  };
}

/**
 * The lists of all users, as `recommend` gives them.
 *
 * @param scored The model.
 * @param k The most items of a list.
 */
export function listContent(scored: ScoredModel, k: number): VersionContent {
  const { dataset } = scored;
  const users = Uint32Array.from({ length: dataset.users }, (_, user) => user);
  return {
    tables: [{
      most: dataset.users * Math.min(k, dataset.items),
      async *rows() {
        for await (const list of scored.bestItems(users, { k, seen: allSplits })) {
          const user = idText(dataset.userIds, list.user);
          for (const [n, item] of list.items.entries()) {
            yield [user, n + 1, idText(dataset.itemIds, item), list.scores[n]];
          }
        }
      },
    }],
  };
}

/** The rows of a table with their indices. */
async function* vectors(
  scored: ScoredModel,
  rows: TableRows,
  count: number,
): AsyncGenerator<[index: number, row: Float32Array]> {
  const { columns } = rows.table;
  for (let first = 0; first < count; first += blockRows) {
    const length = Math.min(blockRows, count - first);
    const values = await scored.readRows({
      ...rows,
      firstRow: rows.firstRow + first,
      rows: length,
    });
    for (let n = 0; n < length; n++) {
      yield [first + n, values.subarray(n * columns, (n + 1) * columns)];
    }
  }
}

/** Each user and item that have met in any of the splits, once. */
function taken({ items, userIds, itemIds, ...dataset }: Dataset): TableContent {
  const all = allSplits.map((split) => dataset[split]);
  const most = all.reduce((sum, rows) => sum + rows.users.length, 0);
  return {
    most,
    async *rows() {
      const pairs = new Float64Array(most);
      let filled = 0;
      for (const rows of all) {
        rows.users.forEach((user, row) => pairs[filled++] = user * items + rows.items[row]);
      }
      pairs.sort();
      for (let n = 0; n < most; n++) {
        if (pairs[n] === pairs[n - 1]) continue;
        const user = Math.floor(pairs[n] / items);
        yield [idText(userIds, user), idText(itemIds, pairs[n] - user * items)];
      }
    },
  };
}
