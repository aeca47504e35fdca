/**
 * What the scores of a model are sums of, so that a score can be taken apart (explain.md).
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import type {
  BlockScorer,
  Composition,
  Representation,
  RowPart,
  Scorer,
  TableRows,
} from "./model.ts";

/**
 * Appends the forward pass of an evaluation, and says what scores are sums of: what the model says itself, or that they
 * are whole.
 *
 * @param program The program.
 * @param scorer The model.
 */
export function compositionOf(program: Program, scorer: Scorer): Composition {
  return scorer.composition?.(program) ?? wholeScores(scorer.represent(program));
}

function wholeScores(representation: Representation): Composition {
  if (!("users" in representation)) {
    return { representation, by: "filter", parts: [], isAdditive: false };
  }
  const { users, items } = representation;
  const whole = (rows: TableRows) => [{ name: wholeRow, rows }];
  return { representation, by: "view", users: whole(users), items: whole(items) };
}

/**
 * A model whose scores are whole, and those of somebody who took nothing and of each item taken added up.
 *
 * @param representation What scores blocks of users.
 */
export function additiveScorer(representation: BlockScorer): Scorer {
  return {
    represent: () => representation,
    composition: () => ({ representation, by: "filter", parts: [], isAdditive: true }),
  };
}

/** The name of a part that is all there is. */
export const wholeRow = "whole";

/**
 * All rows of tables as parts.
 *
 * @param names What each is.
 * @param tables A row for each user, or each item.
 * @example
 * ```ts
 * import { rowParts } from "./composition.ts";
 * rowParts([], []); // []
 * ```
 */
export function rowParts(names: readonly string[], tables: readonly Tensor[]): RowPart[] {
  return tables.map((table, n) => ({
    name: names[n],
    rows: { table, firstRow: 0, rows: table.rows },
  }));
}

/**
 * What bands are called, the lowest frequency first.
 *
 * @param count How many there are.
 * @example
 * ```ts
 * import { bandNames } from "./composition.ts";
 * bandNames(3); // ["low", "middle", "high"]
 * bandNames(4); // ["low", "middle 1", "middle 2", "high"]
 * ```
 */
export function bandNames(count: number): string[] {
  if (count === 1) return [wholeRow];
  const middle = Array.from(
    { length: count - 2 },
    (_, n) => count === 3 ? "middle" : `middle ${n + 1}`,
  );
  return ["low", ...middle, "high"];
}
