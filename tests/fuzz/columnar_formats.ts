/**
 * Files of columns: Parquet and Arrow.
 *
 * @module
 */
import {
  fixedSizeList,
  float32,
  int32,
  tableFromArrays,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { parquetWriteBuffer } from "hyparquet-writer";
import { IdTable } from "../../data/ingest/id_table.ts";
import { readInteractionLog } from "../../data/ingest/interaction_log.ts";
import { indexItems } from "../../data/ingest/item_index.ts";
import { matchTable } from "../../data/ingest/table_features.ts";
import { fieldText } from "../../data/table/table.ts";
import { TableFiles } from "../../data/table/table_files.ts";
import { type Format, ofText } from "./format.ts";

const fixtures = new URL("../data/table/columnar/", import.meta.url);
const fixture = async (name: string) => [await Deno.readFile(new URL(name, fixtures))];

/** Counts and lengths of both formats, and marks. */
const tokens = [
  ...["PAR1", "PARE", "ARROW1", "\u00ff\u00ff\u00ff\u007f", "\u0015\u0000", "\u0016\u00fe\u0001"],
  ...["\u0000\u0000\u0000\u0000", "user", "item", "(\u00b5/\u00fd", '\u0004"M\u0018'],
];

async function readAll(path: string): Promise<void> {
  let columns: number[] = [];
  await new TableFiles(path).read({
    keepsObjects: true,
    columns: (names) => columns = names.map((_, column) => column),
    row: (row) => columns.forEach((column) => fieldText(row, column)),
  });
}

const parquet = ofText({
  name: "parquet",
  file: "a.parquet",
  tokens,
  make: () =>
    Promise.all([
      ...["none.parquet", "zstd_v2.parquet", "encodings.parquet", "snappy.parquet"].map(fixture),
      ...["lz4.parquet", "gzip.parquet", "brotli.parquet", "int96.parquet"].map(fixture),
    ]),
  read: (folder) => readAll(`${folder}/a.parquet`),
});

const arrow = ofText({
  name: "arrow",
  file: "a.arrow",
  tokens,
  make: () =>
    Promise.all([
      ...["uncompressed.feather", "lz4.feather", "zstd.feather", "deltas.arrows"].map(fixture),
    ]),
  read: (folder) => readAll(`${folder}/a.arrow`),
});

const log = ofText({
  name: "parquet-log",
  file: "log.parquet",
  tokens,
  make: () => {
    const columnData = [
      { name: "user_id", data: ["ann", "bob", "ann"], type: "STRING" as const },
      { name: "item_id", data: [1n, 2n, 3n], type: "INT64" as const },
      { name: "timestamp", data: [1400000000, null, 1400000002], type: "INT32" as const },
    ];
    const packed = parquetWriteBuffer({ columnData, rowGroupSize: 2 });
    return Promise.resolve([
      [new Uint8Array(packed)],
      [new Uint8Array(parquetWriteBuffer({ columnData, codec: "UNCOMPRESSED" }))],
    ]);
  },
  async read(folder) {
    const options = { columns: {}, needsTime: true, skipIncomplete: true };
    await readInteractionLog(new TableFiles(`${folder}/log.parquet`), options, () => {});
  },
});

const features = ofText({
  name: "arrow-features",
  file: "features.arrow",
  tokens,
  make: () => {
    const types = { item_id: utf8(), vector: fixedSizeList(float32(), 2), n: int32() };
    const columns = { item_id: ["B1", "B2"], vector: [[1, 2], [3, 4]] };
    return Promise.resolve((["file", "stream"] as const).map((format) => [
      tableToIPC(tableFromArrays(columns, { types }), { format })!,
    ]));
  },
  async read(folder) {
    const ids = new IdTable();
    for (const id of ["B1", "B2"]) ids.intern(new TextEncoder().encode(id), 0, 2);
    const items = indexItems(ids, new Uint32Array([0, 1]));
    await matchTable(`${folder}/features.arrow`, items, "item_id");
  },
});

/** The formats of columns. */
export const columnarFormats: readonly Format[] = [parquet, arrow, log, features];
