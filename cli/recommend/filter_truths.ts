/**
 * What JavaScript takes for a truth in a `--filter`, and nobody who writes one means.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { equality, type FilterNode, literalOf, order, partsOf } from "./filter_node.ts";

const comparison = new Set([...order, ...equality]);

/**
 * Refuses a number where a truth is asked for, as in `stock == 5 || 7`.
 *
 * @param expression The expression.
 * @param node What is taken for a truth.
 * @throws {UsageError} It is a literal number, or computed from others.
 */
export function refuseNumberAsTruth(expression: string, node: FilterNode): void {
  const number = literalOf(node);
  const isComputed = node.type === "BinaryExpression" && !comparison.has(node.operator!);
  if (typeof number !== "number" && !isComputed) return;
  throw new UsageError(
    `Cannot use --filter "${expression}": ` +
      (isComputed
        ? `the outcome of "${node.operator}" is a number, which is neither true nor false`
        : `the number ${number} is neither true nor false`),
    "Compare it with a column, such as: stock == 5 || stock == 7",
  );
}

/**
 * Refuses what is compared with the outcome of a comparison, as in `1 < stock < 3`, where `true` would count as 1.
 *
 * @param expression The expression.
 * @param node What was parsed of it.
 * @throws {UsageError} There is such a comparison, or one of order with true or false.
 */
export function refuseComparedOutcomes(expression: string, node: FilterNode): void {
  for (const part of partsOf(node)) refuseComparedOutcomes(expression, part);
  const { type, operator, left, right } = node;
  if (type !== "BinaryExpression" || !comparison.has(operator!)) return;
  const sides = [left!, right!];
  const isOutcome = ({ type, operator }: FilterNode) =>
    type === "LogicalExpression" && operator !== "??" ||
    type === "UnaryExpression" && operator === "!" ||
    type === "BinaryExpression" && comparison.has(operator!);
  const isTruth = (side: FilterNode) => typeof literalOf(side) === "boolean";
  const isNumber = (side: FilterNode) => typeof literalOf(side) === "number";
  const isWrong = order.has(operator!)
    ? sides.some((side) => isOutcome(side) || isTruth(side))
    : sides.some(isOutcome) && sides.some(isNumber);
  if (!isWrong) return;
  throw new UsageError(
    `Cannot use --filter "${expression}": "${operator}" compares with true or false, not with a number`,
    "Join two comparisons with &&, such as: 1 < stock && stock < 3",
  );
}
