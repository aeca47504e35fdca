/**
 * Rows of numbers with an id each, as tables of Parquet and of Arrow.
 *
 * @module
 */
import { writeFileAtomically } from "./atomic_file.ts";
import type { IdColumn } from "./id_file.ts";

/** Rows of numbers, and whose they are. */
export interface EmbeddingTable {
  /** What the rows stand for, which names the column of their indices. */
  readonly column: IdColumn;
  /** The id of each row. */
  readonly ids: readonly string[];
  /** Numbers a row. */
  readonly columns: number;
  /** `ids.length×columns`, row-major. */
  readonly values: Float32Array;
}

/**
 * Rows of a group. The writer's time for a column of lists grows with the square of the group; much
 * smaller groups make larger files.
 */
const groupRows = 5000;

/**
 * Writes a Parquet file with the columns `userID` or `itemID` (int32, from 0), `id` (string) and
 * `embedding` (list of float), uncompressed, for such numbers do not shrink.
 *
 * @param path The file; its folder must exist.
 * @param table What it holds.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeParquet } from "./embedding_table.ts";
 * const values = new Float32Array([0.5, 1, 1, 0]);
 * const table = { column: "itemID", ids: ["B001", "a,b"], columns: 2, values } as const;
 * await writeParquet(`${await Deno.makeTempDir()}/items.parquet`, table);
 * ```
 */
export async function writeParquet(path: string, table: EmbeddingTable): Promise<void> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const bytes = parquetWriteBuffer({
    schema: [
      { name: "root", num_children: 3 },
      { name: table.column, type: "INT32", repetition_type: "REQUIRED" },
      {
        name: "id",
        type: "BYTE_ARRAY",
        converted_type: "UTF8",
        logical_type: { type: "STRING" },
        repetition_type: "REQUIRED",
      },
      {
        name: "embedding",
        num_children: 1,
        converted_type: "LIST",
        logical_type: { type: "LIST" },
        repetition_type: "REQUIRED",
      },
      { name: "list", num_children: 1, repetition_type: "REPEATED" },
      { name: "element", type: "FLOAT", repetition_type: "REQUIRED" },
    ],
    columnData: [
      { name: table.column, data: Int32Array.from(table.ids, (_, row) => row) },
      { name: "id", data: [...table.ids] },
      // Its lists must be arrays, not views of one.
      { name: "embedding", data: table.ids.map((_, row) => Array.from(rowOf(table, row))) },
    ],
    codec: "UNCOMPRESSED",
    statistics: false,
    rowGroupSize: groupRows,
  });
  await writeFileAtomically(path, new Uint8Array(bytes));
}

/**
 * Writes an Arrow file with the columns of {@linkcode writeParquet}; `embedding` is a list of fixed
 * size.
 *
 * @param path The file; its folder must exist.
 * @param table What it holds.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeArrow } from "./embedding_table.ts";
 * const values = new Float32Array([0.5, 1, 1, 0]);
 * const table = { column: "itemID", ids: ["B001", "a,b"], columns: 2, values } as const;
 * await writeArrow(`${await Deno.makeTempDir()}/items.arrow`, table);
 * ```
 */
export async function writeArrow(path: string, table: EmbeddingTable): Promise<void> {
  const { fixedSizeList, float32, int32, tableFromArrays, tableToIPC, utf8 } = await import(
    "@uwdata/flechette"
  );
  const columns = {
    [table.column]: Int32Array.from(table.ids, (_, row) => row),
    id: [...table.ids],
    embedding: table.ids.map((_, row) => rowOf(table, row)),
  };
  const types = {
    [table.column]: int32(),
    id: utf8(),
    embedding: fixedSizeList(float32(), table.columns),
  };
  const bytes = tableToIPC(tableFromArrays(columns, { types }), { format: "file" });
  if (bytes === null) throw new Error("tableToIPC() gave nothing for a table");
  await writeFileAtomically(path, bytes);
}

function rowOf({ columns, values }: EmbeddingTable, row: number): Float32Array {
  return values.subarray(row * columns, (row + 1) * columns);
}
