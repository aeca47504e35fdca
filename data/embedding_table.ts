/**
 * Rows of numbers with an id each, as tables of Parquet and of Arrow.
 *
 * @module
 */
import { writePartsAtomically } from "./atomic_file.ts";
import type { IdColumn } from "./id_file.ts";
import { groupRows, writeParquetGroups } from "./parquet.ts";

/** Rows of numbers, which are read when their turn comes, and whose they are. */
export interface EmbeddingTable {
  /** What the rows stand for, which names the column of their indices. */
  readonly column: IdColumn;
  /** The id of each row. */
  readonly ids: readonly string[];
  /** Numbers a row. */
  readonly columns: number;
  /**
   * Reads consecutive rows.
   *
   * @param first The first row.
   * @param count How many.
   * @returns `count×columns`, row-major.
   */
  readonly rows: (first: number, count: number) => Promise<Float32Array>;
}

/**
 * Writes a Parquet file with the columns `userID` or `itemID` (int32, from 0), `id` (string) and
 * `embedding` (list of float), uncompressed, for such numbers do not shrink. It holds a group of rows
 * at a time.
 *
 * @param path The file; its folder must exist.
 * @param table What it holds.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeParquet } from "./embedding_table.ts";
 * const rows = (first: number, count: number) => Promise.resolve(new Float32Array(2 * count));
 * const table = { column: "itemID", ids: ["B001", "a,b"], columns: 2, rows } as const;
 * await writeParquet(`${await Deno.makeTempDir()}/items.parquet`, table);
 * ```
 */
export async function writeParquet(path: string, table: EmbeddingTable): Promise<void> {
  const columns = { [table.column]: "int32", id: "string", embedding: "float list" } as const;
  await writeParquetGroups(path, columns, groupsOf(table));
}

async function* groupsOf({ column, ids, columns, rows }: EmbeddingTable) {
  for (let first = 0; first < ids.length; first += groupRows) {
    const group = ids.slice(first, first + groupRows);
    const values = await rows(first, group.length);
    yield {
      [column]: Int32Array.from(group, (_, n) => first + n),
      id: group,
      // Its lists must be arrays, not views of one.
      embedding: group.map((_, n) => Array.from(rowOf(values, columns, n))),
    };
  }
}

/**
 * Writes an Arrow file with the columns of {@linkcode writeParquet}; `embedding` is a list of fixed
 * size. The library makes one batch of the whole table, so that this takes nearly three times the memory
 * of the rows.
 *
 * @param path The file; its folder must exist.
 * @param table What it holds.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeArrow } from "./embedding_table.ts";
 * const rows = (first: number, count: number) => Promise.resolve(new Float32Array(2 * count));
 * const table = { column: "itemID", ids: ["B001", "a,b"], columns: 2, rows } as const;
 * await writeArrow(`${await Deno.makeTempDir()}/items.arrow`, table);
 * ```
 */
export async function writeArrow(path: string, table: EmbeddingTable): Promise<void> {
  const { fixedSizeList, float32, int32, tableFromArrays, tableToIPC, utf8 } = await import(
    "@uwdata/flechette"
  );
  const values = await table.rows(0, table.ids.length);
  const columns = {
    [table.column]: Int32Array.from(table.ids, (_, row) => row),
    id: [...table.ids],
    embedding: table.ids.map((_, row) => rowOf(values, table.columns, row)),
  };
  const types = {
    [table.column]: int32(),
    id: utf8(),
    embedding: fixedSizeList(float32(), table.columns),
  };
  // A sink of one's own spares the copy that the library would make of all parts.
  const parts: Uint8Array[] = [];
  const sink = {
    write: (bytes: Uint8Array) => void parts.push(bytes),
    pad: (count: number) => void parts.push(new Uint8Array(count)),
    finish: () => null,
  };
  tableToIPC(tableFromArrays(columns, { types }), { format: "file", sink });
  await writePartsAtomically(path, parts);
}

function rowOf(values: Float32Array, columns: number, row: number): Float32Array {
  return values.subarray(row * columns, (row + 1) * columns);
}
