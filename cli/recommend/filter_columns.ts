/**
 * The columns that a `--filter` names: numbers, truths or text, by what is in them; and what would
 * give a wrong answer without a word.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { excerpt } from "../../data/excerpt.ts";
import { UsageError } from "../../errors.ts";
import { type FilterNode, literalOf, order, partsOf } from "./filter_node.ts";
import { refuseNumberAsTruth } from "./filter_truths.ts";

/** The values of a column. */
export interface FilterColumn {
  /** A value a row; nothing for an empty field of a column that is not text, or is compared with numbers. */
  readonly values: readonly (number | boolean | string | undefined)[];
  /** Whether they are text. */
  readonly isText: boolean;
}

/** No zeros in front, which make codes of digits. */
const numberForm = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** True or false, as tables write it. */
export const truthForm = /^(?:true|false)$/i;

/**
 * Makes numbers of a column that has nothing else, truths of one that has nothing but true and false,
 * and text of any other.
 *
 * @param fields Its fields.
 * @param isCompared Whether numbers are compared with it, to which an empty text would be 0.
 * @example
 * ```ts
 * import { typedColumn } from "./filter_columns.ts";
 * typedColumn(["5", ""]).values; // [5, undefined]
 * ```
 */
export function typedColumn(fields: readonly string[], isCompared = false): FilterColumn {
  const trimmed = fields.map((field) => field.trim());
  const isEach = (pattern: RegExp) =>
    trimmed.some((field) => field !== "") &&
    trimmed.every((field) => field === "" || pattern.test(field));
  // Not null, which counts as 0 where it is compared.
  const valuesBy = (read: (field: string) => number | boolean) =>
    trimmed.map((field) => field === "" ? undefined : read(field));
  if (isEach(numberForm)) return { values: valuesBy(Number), isText: false };
  if (isEach(truthForm)) {
    return { values: valuesBy((field) => field.toLowerCase() === "true"), isText: false };
  }
  const values = isCompared
    ? fields.map((field, n) => trimmed[n] === "" ? undefined : field)
    : fields;
  return { values, isText: true };
}

/**
 * Refuses text where a truth is asked for: "no" would count as true.
 *
 * @param expression The expression.
 * @param root What was parsed of it.
 * @param columns Its columns by name.
 * @throws {UsageError} A column of text stands alone, or beside `!`, `&&` or `||`.
 */
export function refuseTextAsTruth(
  expression: string,
  root: FilterNode,
  columns: ReadonlyMap<string, FilterColumn>,
): void {
  const { type, name, operator, left, right, argument, test, consequent, alternate } = root;
  const look = (...nodes: readonly (FilterNode | undefined)[]) => {
    for (const node of nodes) {
      if (node !== undefined) refuseTextAsTruth(expression, node, columns);
    }
  };
  if (type === "LogicalExpression" && operator !== "??") return look(left, right);
  if (type === "UnaryExpression" && operator === "!") return look(argument);
  if (type === "ConditionalExpression") return look(test, consequent, alternate);
  refuseNumberAsTruth(expression, root);
  if (type !== "Column" || !columns.get(name!)!.isText) return;
  const found = columns.get(name!)!.values.find((value) => value !== "");
  throw new UsageError(
    `Cannot use --filter "${expression}": the column "${name}" has text` +
      (found === undefined ? " that is empty" : `, such as "${excerpt(String(found))}"`) +
      ", which is neither true nor false",
    `Compare it: ${name} == "${found === undefined ? "yes" : excerpt(String(found))}"`,
  );
}

/**
 * What is to be known where numbers are compared with text.
 *
 * @param expression The expression.
 * @param root What was parsed of it.
 * @param columns Its columns by name.
 * @param source Where the table comes from.
 * @returns A sentence for each column that has numbers and other text.
 * @throws {UsageError} A column that is compared with a number has none.
 */
export function numericRemarks(
  expression: string,
  root: FilterNode,
  columns: ReadonlyMap<string, FilterColumn>,
  source: string,
): string[] {
  const remarks: string[] = [];
  const ordered = comparedWithNumbers(root, order);
  for (const name of comparedWithNumbers(root)) {
    const { values, isText } = columns.get(name)!;
    const texts = values.filter((value) => typeof value === "string");
    const others = texts.filter((value) => Number.isNaN(Number(value)));
    if (!isText || others.length === 0) continue;
    const such = `such as "${excerpt(others[0])}"`;
    if (others.length === texts.length) {
      throw new UsageError(
        `Cannot use --filter "${expression}": the column "${name}" of "${source}" has no numbers, ${such}`,
        "Write numbers with a decimal point and without currency or marks between thousands: 1299.50",
      );
    }
    if (!ordered.has(name)) continue;
    remarks.push(
      `The column "${name}" of "${source}" has ${counted(others.length, "field")} that ` +
        `${
          others.length === 1 ? "is not a number" : "are not numbers"
        }, ${such}; such rows do not pass ` +
        "a comparison with one",
    );
  }
  return remarks;
}

/**
 * Columns that stand beside a number.
 *
 * @param node What was parsed.
 * @param operators Between the two (default: any).
 */
export function comparedWithNumbers(
  node: FilterNode,
  operators?: ReadonlySet<string>,
): Set<string> {
  const { type, operator, left, right } = node;
  const found = new Set(partsOf(node).flatMap((part) => [...comparedWithNumbers(part, operators)]));
  if (type !== "BinaryExpression" || operators?.has(operator!) === false) return found;
  const isNumber = [left, right].some((side) => typeof literalOf(side) === "number");
  const column = [left, right].find((side) => side?.type === "Column");
  return isNumber && column !== undefined ? found.add(column.name!) : found;
}
