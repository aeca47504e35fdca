/**
 * The rows that a browser ranks with, and the parts that they are sums of.
 *
 * @module
 */
import { ExplainedModel } from "../explain/explained_model.ts";
import { ExplainedRows } from "../explain/explained_rows.ts";
import type { TableRows } from "../models/model.ts";
import type { Recommender } from "../recommender/recommender.ts";
import { type PageFile, rangeOfFile, startsOfFiles } from "./page_file.ts";
import { pagePaths, type PageRows } from "./page_index.ts";

/**
 * What takes the rows of a run apart; nothing of a model whose scores are no products of rows.
 *
 * @param recommender The run.
 */
export async function parted(recommender: Recommender): Promise<ExplainedRows | undefined> {
  const { scores } = await ExplainedModel.of(await recommender.scored());
  return scores instanceof ExplainedRows ? scores : undefined;
}

/**
 * What the rows are.
 *
 * @param scores What takes them apart.
 */
export function describedRows({ composition, rows }: ExplainedRows): PageRows {
  const { by, blocks, users, items } = composition;
  return {
    ...{ by, blocks, columns: rows.items.table.columns },
    userParts: users.map(({ name }) => name),
    itemParts: items.map(({ name }) => name),
  };
}

/**
 * The files.
 *
 * @param recommender The run.
 * @param scores What takes its rows apart.
 * @param run Its number on the page.
 * @param withUsers Whether the rows of users are among them.
 */
export function filesOfRows(
  recommender: Recommender,
  scores: ExplainedRows,
  run: number,
  withUsers: boolean,
): PageFile[] {
  const { rows, composition } = scores;
  const { users, items } = recommender.dataset;
  /** Rows of tables, one table after the other. */
  const fromTables = (path: string, tables: readonly TableRows[], first: number): PageFile => ({
    path,
    async bytes() {
      const scored = await recommender.scored();
      const parts = [];
      for (const table of tables) {
        const count = rangeOfFile(first, table.rows).length;
        const part = { ...table, firstRow: table.firstRow + first, rows: count };
        parts.push(await scored.readRows(part));
      }
      return bytesOf(parts);
    },
  });
  const ofItems = startsOfFiles(items).flatMap((first) => [
    fromTables(pagePaths.itemRows(run, first), [rows.items], first),
    ...composition.items.length === 1 ? [] : [{
      path: pagePaths.itemParts(run, first),
      async bytes() {
        // Items without train rows have the parts of the items that stand for them.
        const found = await scores.itemRows(rangeOfFile(first, items));
        return bytesOf(
          composition.items.flatMap((_, part) => found.map(({ parts }) => parts[part].row)),
        );
      },
    }],
  ]);
  if (!withUsers) return ofItems;
  const parts = composition.users.map(({ rows }) => rows);
  const ofUsers = startsOfFiles(users).flatMap((first) => [
    fromTables(pagePaths.userRows(run, first), [rows.users], first),
    ...parts.length === 1 ? [] : [fromTables(pagePaths.userParts(run, first), parts, first)],
  ]);
  return [...ofItems, ...ofUsers];
}

function bytesOf(
  arrays: readonly (Float32Array | Float64Array)[],
): Uint8Array<ArrayBuffer> {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return new Uint8Array(all.buffer);
}
