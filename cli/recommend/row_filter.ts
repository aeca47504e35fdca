/**
 * `--filter`: which rows of a table an expression of its columns keeps, such as `stock > 0`.
 *
 * Arquero parses the expression and computes it. Its grammar has no names but those of the columns
 * and of its own functions; of what it parses, only the kinds of {@linkcode isAllowed} are taken, so
 * that an expression reaches nothing but fields.
 *
 * @module
 */
import { op, parse, table, walk_ast } from "arquero";
import { excerpt, excerptOfNames } from "../../data/excerpt.ts";
import { nearest, UsageError } from "../../errors.ts";
import {
  comparedWithNumbers,
  type FilterColumn,
  numericRemarks,
  refuseTextAsTruth,
  typedColumn,
} from "./filter_columns.ts";
import type { FilterNode } from "./filter_node.ts";
import { refuseComparedOutcomes } from "./filter_truths.ts";
import { refuseOtherKinds } from "./filter_kinds.ts";

/** An expression that was parsed for the columns of a table. */
export interface RowFilter {
  /** As the user typed it. */
  readonly expression: string;
  /** The columns that it names, by their places in the table. */
  readonly columns: readonly number[];
  /** The names of these columns within the expression. */
  readonly words: readonly string[];
  /** What was parsed. */
  readonly root: FilterNode;
}

const unary = new Set(["-", "+", "!"]);
const binary = new Set([
  ...["==", "!=", "===", "!==", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "**"],
]);
const plain = new Set([
  ...["Column", "Constant", "Literal", "Function", "CallExpression", "LogicalExpression"],
  ...["ConditionalExpression", "ArrayExpression", "TemplateLiteral", "TemplateElement"],
]);

const example = "For example: --filter 'stock > 0 && price < 20', or 'brand == \"Acme\"'";

/** Characters of what Arquero puts before an expression. */
const arqueroPrefix = "expr=(".length;

/**
 * Parses an expression.
 *
 * @param expression What the user typed.
 * @param names The table's columns; what is no letter or digit in one is an underscore in the
 * expression.
 * @param source Where the table comes from, for messages.
 * @throws {UsageError} It is not an expression, names a column or a function that there is not, or none.
 * @example
 * ```ts
 * import { parseFilter } from "./row_filter.ts";
 * parseFilter("in_stock > 0", ["sku", "in stock"], "stock.csv").columns; // [1]
 * ```
 */
export function parseFilter(
  expression: string,
  names: readonly string[],
  source: string,
): RowFilter {
  const { words, shared } = wordsOf(names);
  const known = [...words.keys()];
  const code = `({${known.join()}}) => (${expression}\n)`;
  let root: FilterNode | undefined;
  try {
    // As a tree, so that nothing of it is computed before it is known to be harmless.
    const value = (_name: string, node: FilterNode) => root = node;
    parse({ filter: code }, { ast: true, value });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw unreadable(expression, message, known, source);
  }
  const textOf = ({ start, end }: FilterNode) =>
    code.slice(start - arqueroPrefix, end - arqueroPrefix);
  // Whoever closes a bracket that they have not opened begins something else.
  const rest = code.slice(root!.end - arqueroPrefix).replaceAll(/[\s)]/g, "");
  const used = new Set<string>();
  let refused = rest === "" ? undefined : rest;
  walk_ast(root, null, {
    Default(node: FilterNode) {
      if (node.type === "Column") used.add(node.name!);
      if (!isAllowed(node) || isMethod(node, textOf(node))) refused ??= textOf(node);
    },
  }, undefined);
  if (refused !== undefined) {
    throw new UsageError(
      `Cannot use --filter "${expression}": expected comparisons of columns, joined with && or ||, ` +
        `found "${refused}"`,
      example,
    );
  }
  const several = [...used].find((word) => shared.has(word));
  if (several !== undefined) {
    throw new UsageError(
      `Cannot use --filter "${expression}": "${source}" has several columns that "${several}" may mean`,
      "Give each column a name of its own",
    );
  }
  if (used.size === 0) {
    throw new UsageError(
      `Cannot use --filter "${expression}": it uses no column of "${source}", which has ` +
        excerptOfNames(known, 12),
      example,
    );
  }
  const columns = [...used];
  return {
    expression,
    words: columns,
    columns: columns.map((word) => words.get(word)!),
    root: root!,
  };
}

/**
 * The rows that a filter keeps.
 *
 * @param filter The filter.
 * @param fields The fields of all rows, for each of its columns.
 * @param source Where the table comes from, for messages.
 * @returns Their numbers, ascending, and what is to be known of the columns.
 * @throws {UsageError} It takes text for a truth, compares a column with what none of its values can equal or numbers with
 * one that has none, or cannot be computed.
 * @example
 * ```ts
 * import { keptRows, parseFilter } from "./row_filter.ts";
 * keptRows(parseFilter("stock > 0", ["stock"], "a.csv"), [["0", "", "7"]], "a.csv").rows; // [2]
 * ```
 */
export function keptRows(
  { expression, words, root }: RowFilter,
  fields: readonly (readonly string[])[],
  source: string,
): { rows: readonly number[]; remarks: readonly string[] } {
  const compared = comparedWithNumbers(root);
  const columns = new Map<string, FilterColumn>(
    words.map((word, n) => [word, typedColumn(fields[n], compared.has(word))]),
  );
  refuseTextAsTruth(expression, root, columns);
  refuseComparedOutcomes(expression, root);
  refuseOtherKinds(expression, root, columns);
  const remarks = numericRemarks(expression, root, columns, source);
  const entries = Array.from(columns, ([word, { values }]) => [word, values] as const);
  let passes: ArrayLike<unknown>;
  try {
    passes = table(entries).derive({ passes: `({${words.join()}}) => (${expression}\n)` })
      .array("passes");
  } catch (error) {
    throw incomputable(expression, error instanceof Error ? error.message : String(error));
  }
  const text = Array.from(passes).find((value) => typeof value === "string" && value !== "");
  if (text !== undefined) {
    throw new UsageError(
      `Cannot use --filter "${expression}": it gives text, such as "${excerpt(String(text))}", ` +
        "which is neither true nor false",
      example,
    );
  }
  return { rows: fields[0].flatMap((_, row) => passes[row] ? [row] : []), remarks };
}

/** What Arquero says of an expression that it cannot compute, in the words of this house. */
function incomputable(expression: string, message: string): UsageError {
  const failed = `Cannot use --filter "${expression}"`;
  if (/Octal literals/.test(message)) {
    return new UsageError(
      `${failed}: numbers do not begin with 0, as in dates and codes`,
      'Put dates and codes in quotes, such as: since > "2024-01-10"',
    );
  }
  const [, found] = /^Invalid operator parameter: "(.*?)"/.exec(message) ?? [];
  if (found === undefined) return new UsageError(`${failed}: ${message}`, example);
  return new UsageError(
    `${failed}: a function of all rows takes one column, found "${found}" besides`,
    "Compare one column after the other, such as: stock > 0 && price > 0",
  );
}

function isAllowed({ type, operator }: FilterNode): boolean {
  if (type === "UnaryExpression") return unary.has(operator!);
  if (type === "BinaryExpression") return binary.has(operator!);
  return plain.has(type);
}

/**
 * Whether a function is called on something, as in `title.startswith("A")`: Arquero would compute it
 * without what stands before the dot.
 */
function isMethod({ type }: FilterNode, text: string): boolean {
  return type === "CallExpression" && !/^(?:(?:op|Math)\s*\.\s*)?[\w$]+\s*\(/.test(text);
}

/** The place of each column by its name in expressions, and those names that several columns have. */
function wordsOf(names: readonly string[]) {
  const words = new Map<string, number>();
  const shared = new Set<string>();
  for (const [place, name] of names.entries()) {
    const word = name.replace(/:\w+$/, "").trim().replaceAll(/[^\p{L}\p{N}_$]+/gu, "_")
      .replace(/^(?=\p{N})/u, "_");
    if (word === "") continue;
    // Words of the language, such as new, get an underscore.
    const free = [word, `${word}_`].find((one) => !words.has(one) && isName(one));
    if (words.has(word)) shared.add(word);
    if (free !== undefined) words.set(free, place);
  }
  return { words, shared };
}

/** Whether JavaScript takes a word for a name, and not for one of its own. */
function isName(word: string): boolean {
  try {
    parse({ name: `({${word}}) => 1` }, { ast: true });
    return true;
  } catch {
    return false;
  }
}

/** What Arquero says of an expression that it cannot parse, in the words of this house. */
function unreadable(
  expression: string,
  message: string,
  known: readonly string[],
  source: string,
): UsageError {
  const failed = `Cannot use --filter "${expression}"`;
  const [, reason, found] = /^(.*?): "(.*?)"(?:\n|$)/s.exec(message) ?? [];
  if (reason === "Invalid variable reference") {
    const near = nearest(found, known);
    return new UsageError(
      `${failed}: "${source}" has no column "${found}"; it has ${excerptOfNames(known, 12)}`,
      near === undefined ? "Name one of these; put text in quotes" : `Did you mean "${near}"?`,
    );
  }
  if (reason === "Invalid function call") {
    const name = found.split("(")[0].split(".").at(-1)!;
    const near = nearest(name, Object.keys(op));
    return new UsageError(
      `${failed}: there is no function "${name}"`,
      near === undefined
        ? 'Use one of Arquero\'s functions, such as lower(brand), startswith(title, "A"), abs(price)'
        : `Did you mean "${near}"?`,
    );
  }
  if (reason === "Assignments not allowed") {
    return new UsageError(`${failed}: "${found}" assigns a value`, "Compare with ==");
  }
  return new UsageError(
    `${failed}: it is not an expression`,
    `Compare with ==, !=, <, <=, > or >=, and join with && or ||. ${example}`,
  );
}
