/**
 * The product of two rows that are sums of parts, part by part and block of columns by block: exact, for a product is
 * linear in either row, and a sum over columns (explain.md).
 *
 * @module
 */
import type { ColumnBlock, RowComposition } from "../models/model.ts";
import type { Breakdown, BreakdownPart } from "./explanation.ts";
import { assertSum } from "./parted_score.ts";

/** A row in parts. */
export interface PartedRow {
  /** The row itself, d numbers. */
  readonly whole: Float64Array;
  /** Its parts, by the names of the composition. */
  readonly parts: readonly { readonly name: string; readonly row: Float64Array }[];
}

/** What rounding to f32 leaves of a sum of products of columns: about 16 units of the last place. */
export const productRounding: number = 2 ** -20;

/**
 * The breakdowns of a product.
 *
 * @param composition What parts and blocks are.
 * @param user A row: of a user, or of an item that others are compared with.
 * @param item The row of an item.
 * @param scale Factor of the product (default: 1).
 * @throws {BandpassError} The parts do not sum to the product.
 */
export function rowBreakdowns(
  { by, blocks }: Pick<RowComposition, "by" | "blocks">,
  user: PartedRow,
  item: PartedRow,
  scale = 1,
): Breakdown[] {
  const terms = user.whole.map((value, c) => scale * value * item.whole[c]);
  const score = terms.reduce((sum, term) => sum + term, 0);
  const rounding = productRounding * terms.reduce((sum, term) => sum + Math.abs(term), 0);
  const all = blocks ?? [{ name: "all", columns: user.whole.length }];
  const names = [...new Set(all.map(({ name }) => name))];
  const cube = user.parts.flatMap((own) =>
    item.parts.map((other) => ({
      ...pairName(own.name, other.name, user.parts.length, item.parts.length),
      values: blockProducts(own.row, other.row, all, names).map((value) => scale * value),
    }))
  );
  assertSum("parts", score, cube.flatMap(({ values }) => values), rounding);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const byBlock = names.map((name, n) => ({
    name,
    value: sum(cube.map((pair) => pair.values[n])),
  }));
  const byPair = cube.map(({ values, ...pair }) => ({ ...pair, value: sum(values) }));
  const breakdowns: Breakdown[] = [];
  if (names.length > 1) breakdowns.push({ by: "modality", parts: byBlock });
  if (cube.length > 1) breakdowns.push({ by, parts: byPair });
  if (names.length > 1 && cube.length > 1) {
    const parts = cube.flatMap(({ values, ...pair }): BreakdownPart[] =>
      names.map((modality, n) => ({
        ...pair,
        name: `${modality} ${pair.name}`,
        modality,
        value: values[n],
      }))
    );
    breakdowns.push({ by: "band and modality", parts });
  }
  return breakdowns;
}

function pairName(user: string, item: string, users: number, items: number) {
  if (users === 1) return { name: item, item };
  if (items === 1) return { name: user, user };
  return { name: `${user} × ${item}`, user, item };
}

/** Products of the columns of each modality, whose blocks may be several. */
function blockProducts(
  a: Float64Array,
  b: Float64Array,
  blocks: readonly ColumnBlock[],
  names: readonly string[],
): number[] {
  const sums = names.map(() => 0);
  let first = 0;
  for (const { name, columns } of blocks) {
    const place = names.indexOf(name);
    for (let c = first; c < first + columns; c++) sums[place] += a[c] * b[c];
    first += columns;
  }
  return sums;
}
