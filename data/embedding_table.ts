/**
 * Rows of numbers with an id each, as tables of Parquet and of Arrow.
 *
 * @module
 */
import { writePartsAtomically } from "./atomic_file.ts";
import type { IdColumn } from "./id_file.ts";

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
 * Rows of a group. The writer's time for a column of lists grows with the square of the group; much
 * smaller groups make larger files.
 */
const groupRows = 5000;

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
  await writePartsAtomically(path, parquetParts(table));
}

async function* parquetParts(table: EmbeddingTable): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const { column, columns, ids } = table;
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: "root", num_children: 3 },
      { name: column, type: "INT32", repetition_type: "REQUIRED" },
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
    codec: "UNCOMPRESSED",
    statistics: false,
  });
  for (let first = 0; first < ids.length; first += groupRows) {
    const group = ids.slice(first, first + groupRows);
    const values = await table.rows(first, group.length);
    parquet.write({
      columnData: [
        { name: column, data: Int32Array.from(group, (_, n) => first + n) },
        { name: "id", data: group },
        // Its lists must be arrays, not views of one.
        { name: "embedding", data: group.map((_, n) => Array.from(rowOf(values, columns, n))) },
      ],
      rowGroupSize: groupRows,
    });
    yield writer.getBytes();
    // What is written is used again; its offset in the file goes on.
    writer.index = 0;
  }
  parquet.finish();
  yield writer.getBytes();
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
