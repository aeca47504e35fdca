/**
 * The parts of a `--filter`, as Arquero parses them.
 *
 * @module
 */

/** Operators of order. */
export const order: ReadonlySet<string> = new Set(["<", "<=", ">", ">="]);

/** Operators of equality. */
export const equality: ReadonlySet<string> = new Set(["==", "!=", "===", "!=="]);

/** A part of what Arquero has parsed. */
export interface FilterNode {
  /** Its kind. */
  readonly type: string;
  /** The name of a column. */
  readonly name?: string;
  /** Its operator. */
  readonly operator?: string;
  /** The value of a literal. */
  readonly value?: unknown;
  /** What an operator has on its sides, or in a condition. */
  readonly left?: FilterNode;
  readonly right?: FilterNode;
  readonly argument?: FilterNode;
  readonly test?: FilterNode;
  readonly consequent?: FilterNode;
  readonly alternate?: FilterNode;
  /** Where it begins in the text. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/**
 * The text, number or truth that a part of an expression is.
 *
 * @param node The part.
 */
export function literalOf(node: FilterNode | undefined): string | number | boolean | undefined {
  const { type, operator, argument, value } = node ?? {};
  if (type === "Literal" && value !== null) return value as string | number | boolean;
  const number = type === "UnaryExpression" ? literalOf(argument) : undefined;
  if (typeof number !== "number") return undefined;
  return operator === "-" ? -number : operator === "+" ? number : undefined;
}

/**
 * What an operator or a condition has on its sides.
 *
 * @param node The operator.
 */
export function partsOf(node: FilterNode): FilterNode[] {
  const { left, right, argument, test, consequent, alternate } = node;
  return [left, right, argument, test, consequent, alternate].filter((part) => part !== undefined);
}
