/**
 * What finds rows for people who are in no dataset, computed once for each of the rows that scores are products of.
 *
 * @module
 */
import { FoldIn } from "../models/fold_in.ts";
import type { Representation, RowRepresentation, TableRows } from "../models/model.ts";

/** The fold-ins of a model. */
export class FoldIns {
  readonly #known = new Map<RowRepresentation, FoldIn>();

  /**
   * None yet.
   *
   * @param readRows Reads rows of a table.
   */
  constructor(readonly readRows: (rows: TableRows) => Promise<Float32Array>) {}

  /** Forgets what rows of before gave. */
  clear(): void {
    this.#known.clear();
  }

  /**
   * The fold-in of some rows.
   *
   * @param representation The rows.
   */
  async of(representation: RowRepresentation): Promise<FoldIn> {
    const { items } = representation;
    const known = this.#known.get(representation) ??
      new FoldIn(await this.readRows(items), items.table.columns);
    this.#known.set(representation, known);
    return known;
  }

  /**
   * The fold-ins of all rows that a model of blocks has among its parts.
   *
   * @param representation The model's representation.
   */
  async within(representation: Representation): Promise<ReadonlyMap<RowRepresentation, FoldIn>> {
    const found = new Map<RowRepresentation, FoldIn>();
    if ("users" in representation) return found;
    for (const rows of representation.rows ?? []) found.set(rows, await this.of(rows));
    return found;
  }
}
