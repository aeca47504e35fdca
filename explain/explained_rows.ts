/**
 * Scores that are products of rows, in parts and by items (explain.md).
 *
 * @module
 */
import type { ScoredModel } from "../evaluation/scored_model.ts";
import type { RowComposition, RowRepresentation, TableRows } from "../models/model.ts";
import { nearestByItem } from "../shaders/from_nearest/from_nearest.ts";
import type { OwnSums, PartedScore, Subject } from "./parted_score.ts";
import { assertSum } from "./parted_score.ts";
import { type PartedRow, productRounding, rowBreakdowns } from "./row_breakdowns.ts";
import { dot, readSingleRows, sumOfRows } from "./single_rows.ts";

/**
 * Explains products of rows.
 *
 * @internal
 */
export class ExplainedRows {
  readonly #scored: ScoredModel;
  /** The trained items that stand for those without train rows. */
  readonly #nearest: ReadonlyMap<number, Uint32Array>;

  /**
   * Explains a model, or a member of a blend.
   *
   * @param scored The model, whose memory holds the rows.
   * @param composition What they are sums of.
   * @param rows Those that are scored, in which items without train rows may have others.
   */
  constructor(
    scored: ScoredModel,
    readonly composition: RowComposition,
    readonly rows: RowRepresentation,
  ) {
    this.#scored = scored;
    const { untrained } = scored;
    const isOwn = untrained === undefined || rows === composition.representation;
    this.#nearest = isOwn ? new Map() : nearestByItem(untrained);
  }

  /**
   * Explains scores.
   *
   * @param subject Whose.
   * @param items Of which items.
   * @throws {BandpassError} Parts do not sum to a score.
   */
  async explain(subject: Subject, items: Uint32Array): Promise<PartedScore[]> {
    const itemRows = await this.itemRows(items);
    const user = await this.#userRow(subject);
    const ownOf = await this.#ownSums(subject, user);
    return itemRows.map((item) => {
      const score = dot(user.whole, item.whole);
      const own = ownOf(item.whole, score);
      return { score, own, breakdowns: rowBreakdowns(this.composition, user, item) };
    });
  }

  /**
   * Rows of items, in parts.
   *
   * @param items Which items.
   */
  async itemRows(items: Uint32Array): Promise<PartedRow[]> {
    const { items: parts, representation } = this.composition;
    const tables = [representation.items, ...parts.map(({ rows }) => rows)];
    const known = Array.from(items, (item) => this.#nearest.get(item) ?? Uint32Array.of(item));
    const places = known.flatMap((list) =>
      tables.flatMap((rows) => Array.from(list, (index) => ({ rows, index })))
    );
    const all = Array.from(items, (index) => ({ rows: this.rows.items, index }));
    const read = await readSingleRows(this.#scored.memory, [...all, ...places]);
    let at = items.length;
    const take = (count: number) => read.slice(at, at += count);
    return known.map((list, n) => {
      const [own, ...others] = tables.map(() => take(list.length));
      const scale = this.#nearest.has(items[n]) ? scaleOf(own) : 1;
      return {
        whole: read[n],
        parts: others.map((rows, p) => ({ name: parts[p].name, row: sumOfRows(rows, scale) })),
      };
    });
  }

  /** The row of a user; somebody who is in no dataset has the parts that the rows of their items give. */
  async #userRow({ user, history }: Subject): Promise<PartedRow> {
    const { users: parts } = this.composition;
    if (user !== undefined) {
      const tables = [this.rows.users, ...parts.map(({ rows }) => rows)];
      const [whole, ...rows] = await this.#rowsAt(tables, user);
      return { whole, parts: rows.map((row, n) => ({ name: parts[n].name, row })) };
    }
    const foldIn = await this.#scored.foldIns.of(this.rows);
    const taken = await this.itemRows(history);
    const sums = taken[0].parts.map((_, p) => sumOfRows(taken.map((one) => one.parts[p].row)));
    const rows = foldIn.solve(history, sums);
    return {
      whole: foldIn.row(history),
      parts: rows.map((row, p) => ({ name: taken[0].parts[p].name, row })),
    };
  }

  #rowsAt(tables: readonly TableRows[], index: number): Promise<Float64Array[]> {
    return readSingleRows(this.#scored.memory, tables.map((rows) => ({ rows, index })));
  }

  /** What gives the sums of a score, of an item's row, over the items of a subject. */
  async #ownSums(
    { user, history }: Subject,
    { whole }: PartedRow,
  ): Promise<(item: Float64Array, score: number) => OwnSums> {
    const { hop } = this.composition;
    if (user !== undefined && hop !== undefined) {
      const { own, messages, weights: { rowStart, column, value } } = hop;
      const places = Array.from(history, (index) => ({ rows: messages, index }));
      const [base, ...given] = await readSingleRows(this.#scored.memory, [
        { rows: own, index: user },
        ...places,
      ]);
      const first = rowStart[user];
      const entries = column.subarray(first, rowStart[user + 1]);
      const weights = Array.from(history, (item) => value[first + entries.indexOf(item)]);
      return (item, score) => {
        const values = Float64Array.from(given, (row, n) => weights[n] * dot(row, item));
        const sums = { rule: "first hop", isExact: true, base: dot(base, item), values } as const;
        const rounding = productRounding * magnitude(whole, item);
        assertSum("items", score, [sums.base, ...values], rounding);
        return sums;
      };
    }
    const foldIn = await this.#scored.foldIns.of(this.rows);
    if (user === undefined) {
      return (item, score) => {
        const values = foldIn.contributions(history, item);
        assertSum("items", score, values, productRounding * magnitude(whole, item));
        return { rule: "fold-in", isExact: true, base: 0, values };
      };
    }
    // The row that these items would give a new user, as long as it is most like the user's own.
    const row = foldIn.row(history);
    const squares = dot(row, row);
    const scale = squares > 0 ? dot(whole, row) / squares : 0;
    return (item) => ({
      ...{ rule: "fold-in", isExact: false, base: 0 },
      values: foldIn.contributions(history, item).map((value) => scale * value),
    });
  }
}

function magnitude(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, c) => sum + Math.abs(value * b[c]), 0);
}

/** The factor of the sum of rows that makes it as long as they are on average (shaders/from_nearest). */
function scaleOf(rows: readonly Float64Array[]): number {
  const length = (row: Float64Array) => Math.sqrt(dot(row, row));
  const sum = length(sumOfRows(rows));
  return sum > 0 ? rows.reduce((all, row) => all + length(row), 0) / rows.length / sum : 0;
}
