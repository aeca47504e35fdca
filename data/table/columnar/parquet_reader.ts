/**
 * Parquet files as tables, a page of each column at a time.
 *
 * hyparquet reads the footer, and the headers of pages; the pages themselves are read here, into bytes
 * and not into arrays of values, which take more memory and time than the rows themselves.
 *
 * @module
 */
import { parquetMetadata, parquetSchema } from "hyparquet";
import type { FileMetaData, RowGroup } from "hyparquet";
import { BandpassError, DataError } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { TableCounts, TableSink } from "../table.ts";
import { chooseColumns, ColumnarRows, noColumns, type WantedColumn } from "./columnar_rows.ts";
import { FileWindow, type PlacedFile } from "./file_window.ts";
import { ParquetPages } from "./parquet_pages.ts";
import { type ParquetColumn, parquetColumns } from "./parquet_schema.ts";
import { damaged, inexactId } from "./refusals.ts";
import { Damage } from "./texts.ts";
import { isCodec } from "./unpack.ts";
import { InexactId } from "./value_texts.ts";

/** What a file begins and ends with. */
const magic = "PAR1";
const encryptedMagic = "PARE";
/** A length and the magic. */
const tailBytes = 8;

/**
 * Reads a Parquet file. Only the columns that the sink wants are read.
 *
 * @param file The file.
 * @param sink What takes its rows.
 * @param counts Where they are counted.
 * @returns What is odd about it, a sentence each.
 * @throws {DataError} It is damaged, encrypted, or packed in an unknown way; a column that is wanted
 * cannot be read. Whatever the sink throws.
 */
export async function readParquet(
  file: PlacedFile,
  sink: TableSink,
  counts: TableCounts,
): Promise<readonly string[]> {
  const { name } = file;
  const metadata = await within(name, "its Parquet footer", () => readFooter(file));
  const columns = await within(name, "its Parquet footer", () => columnsOf(metadata));
  if (columns.length === 0) throw noColumns(name);
  const { wanted, count, remarks } = chooseColumns(name, columns, sink, "Parquet");
  /** The first row of each group, counted from 1. */
  const firstRows: number[] = [];
  const place = (row: number) =>
    `row ${row} (row group ${firstRows.filter((n) => n <= row).length})`;
  const rows = new ColumnarRows(sink, counts, count, place);
  let first = 1;
  for (const [index, group] of metadata.row_groups.entries()) {
    const inGroup = `row group ${index + 1}`;
    const rowsOfGroup = Number(group.num_rows);
    firstRows.push(first);
    // Its columns have no pages: so the part of a table is written that has no rows.
    if (rowsOfGroup === 0) continue;
    first += rowsOfGroup;
    const pages = new Map(
      await Promise.all(wanted.map(async (one) =>
        [
          one.place,
          await within(name, inGroup, () => openPages(file, group, one, columns)),
        ] as const
      )),
    );
    const nameOf = new Map(wanted.map((one) => [one.place, one.column.name]));
    await rows.take(
      pages,
      rowsOfGroup,
      (place, read) => within(name, `${inGroup}, column "${excerpt(nameOf.get(place)!)}"`, read),
    );
  }
  return remarks;
}

/** Runs what may find damage, and says where that is. */
async function within<T>(name: string, where: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BandpassError) throw error;
    if (error instanceof InexactId) throw inexactId(name, where, error);
    // hyparquet throws errors of all kinds at damaged bytes.
    throw damaged(name, where, error instanceof Error ? error.message : String(error));
  }
}

async function readFooter(file: PlacedFile): Promise<FileMetaData> {
  const { name, size } = file;
  if (size < magic.length + tailBytes) throw new Damage(`the file has ${size} bytes`);
  const tail = await file.read(size - tailBytes, tailBytes);
  const end = new TextDecoder().decode(tail.subarray(4));
  if (end === encryptedMagic) throw encrypted(name, "it is encrypted");
  if (end !== magic) throw new Damage(`the file does not end in ${magic}`);
  const length = new DataView(tail.buffer).getUint32(0, true);
  if (length > size - tailBytes - magic.length) throw new Damage(`it claims ${length} bytes`);
  const footer = await file.read(size - tailBytes - length, length + tailBytes);
  // Dates of its statistics may be no dates, and nothing is made of them.
  return parquetMetadata(footer, { geoparquet: false });
}

function columnsOf(metadata: FileMetaData): ParquetColumn[] {
  const columns = parquetColumns(parquetSchema(metadata));
  for (const { num_rows, columns: chunks } of metadata.row_groups) {
    if (num_rows < 0n || (num_rows > 0n && chunks.length === 0)) {
      throw new Damage("a row group has no columns");
    }
  }
  return columns;
}

function encrypted(name: string, what: string): DataError {
  return new DataError(
    `Cannot read "${name}": ${what}`,
    "Write it again without encryption, where its keys are known",
  );
}

function openPages(
  file: PlacedFile,
  group: RowGroup,
  { column, options }: WantedColumn<ParquetColumn>,
  columns: readonly ParquetColumn[],
): ParquetPages {
  const shown = excerpt(column.name);
  const chunk = group.columns[column.leaf];
  if (chunk?.crypto_metadata !== undefined) {
    throw encrypted(file.name, `the column "${shown}" is encrypted`);
  }
  const { meta_data: meta, file_path } = chunk ?? {};
  if (meta === undefined || meta.path_in_schema[0] !== columns[columns.indexOf(column)].name) {
    throw new Damage(`the column "${shown}" is not where it has to be`);
  }
  if (file_path) {
    throw new DataError(
      `Cannot read "${file.name}": the values of "${shown}" are in another file, "${
        excerpt(file_path)
      }"`,
      "Name the files with the values, or their folder, and not the one that lists them",
    );
  }
  const { codec, num_values, data_page_offset, dictionary_page_offset } = meta;
  if (!isCodec(codec)) {
    throw new DataError(
      `Cannot read "${file.name}": the column "${shown}" is packed with ${codec}, expected one of ` +
        "Snappy, gzip, Zstandard, LZ4, Brotli, or nothing",
      "Write it again with another compression",
    );
  }
  if (meta.type !== column.width.type) throw new Damage(`the column "${shown}" has two types`);
  const offsets = [data_page_offset, dictionary_page_offset || data_page_offset].map(Number);
  const from = Math.min(...offsets);
  const end = from + Number(meta.total_compressed_size);
  if (!(from >= magic.length && end >= from && end <= file.size)) {
    throw new Damage(`the column "${shown}" is outside of the file`);
  }
  const window = new FileWindow(file, from, end);
  return new ParquetPages(window, column, codec, Number(num_values), options);
}
