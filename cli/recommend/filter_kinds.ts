/**
 * What a `--filter` compares for equality: values of two kinds are never equal, even if a table has them written alike, so
 * `!=` would keep all rows and `==` none, without a word.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import { UsageError } from "../../errors.ts";
import { type FilterColumn, truthForm } from "./filter_columns.ts";
import { equality, type FilterNode, literalOf, partsOf } from "./filter_node.ts";

/** What a column has, by the kind of its values. */
const kinds = {
  boolean: { what: "true and false", advice: "true or false" },
  number: { what: "numbers", advice: "a number" },
  string: { what: "text", advice: "text in quotation marks" },
} as const;

/**
 * Refuses to compare a column with a value of another kind that JavaScript finds in no row, such as true and false with
 * "true".
 *
 * @param expression The expression.
 * @param root What was parsed of it.
 * @param columns Its columns by name.
 * @throws {UsageError} It compares values of two kinds.
 */
export function refuseOtherKinds(
  expression: string,
  root: FilterNode,
  columns: ReadonlyMap<string, FilterColumn>,
): void {
  for (const part of partsOf(root)) refuseOtherKinds(expression, part, columns);
  const { type, operator = "", left, right } = root;
  if (type !== "BinaryExpression" || !equality.has(operator)) return;
  const name = [left, right].find((side) => side?.type === "Column")?.name;
  const literal = literalOf(left) ?? literalOf(right);
  const column = name === undefined ? undefined : columns.get(name);
  const example = column?.values.find((value) => value !== undefined && value !== "");
  if (literal === undefined || column === undefined || example === undefined) return;
  const kind = typeof example as keyof typeof kinds;
  if (isFound(column, kind, literal, operator.length === 3)) return;
  const { what, advice } = kinds[kind];
  const shown = (value: unknown) =>
    typeof value === "string" ? `"${excerpt(value)}"` : String(value);
  throw new UsageError(
    `Cannot use --filter "${expression}": the column "${name}" has ${what}, such as ` +
      `${shown(example)}, which ${shown(literal)} never equals`,
    isEmpty(literal)
      ? `For empty fields: ${name} ${operator} undefined`
      : `Compare it with ${advice}: ${name} ${operator} ${shown(example)}`,
  );
}

const isEmpty = (value: unknown) => typeof value === "string" && value.trim() === "";

/** Whether JavaScript finds a literal where the table has it written: it does not find "true" among truths. */
function isFound(
  { values, isText }: FilterColumn,
  kind: keyof typeof kinds,
  literal: string | number | boolean,
  isStrict: boolean,
): boolean {
  // An empty field is nothing there, and JavaScript takes "" for 0.
  if (isEmpty(literal)) return isText && !values.includes(undefined);
  const literalKind = typeof literal;
  if (literalKind === kind) return true;
  if (typeof literal === "string") {
    // Other text is not in the column, which may have it tomorrow.
    return kind === "boolean"
      ? !truthForm.test(literal.trim())
      : !isStrict || Number.isNaN(Number(literal));
  }
  if (isStrict) return false;
  if (kind === "boolean") return literal === 0 || literal === 1;
  if (kind === "string") return typeof literal === "number";
  return values.every((value) => value === undefined || value === 0 || value === 1);
}
