/**
 * Files of text: tables of all kinds, and lists of ids.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { readStockList } from "../../cli/recommend/stock_list.ts";
import { readIds, writeIds } from "../../data/id_file.ts";
import { parseIdRow, readIdLines } from "../../data/id_list.ts";
import { ownIdentifiers } from "../../data/identifiers.ts";
import { IdTable } from "../../data/ingest/id_table.ts";
import { readInteractionLog } from "../../data/ingest/interaction_log.ts";
import { indexItems, type ItemIndex } from "../../data/ingest/item_index.ts";
import { readItemTexts } from "../../data/ingest/item_texts.ts";
import { readMetaRows } from "../../data/ingest/meta_rows.ts";
import { matchNpy } from "../../data/ingest/npy_features.ts";
import { matchTable } from "../../data/ingest/table_features.ts";
import { readInteractions } from "../../data/interactions.ts";
import { readItemMeta, writeItemMeta } from "../../data/item_meta.ts";
import { writeNpy } from "../../data/npy.ts";
import { ByteSource } from "../../data/table/byte_source.ts";
import { TableFiles } from "../../data/table/table_files.ts";
import { readTimeRange } from "../../data/time_range.ts";
import { fieldText } from "../../data/table/table.ts";
import { readTable } from "../../data/table/table_reader.ts";
import { type Format, ofText, texts } from "./format.ts";

const header = "userID\titemID\tx_label\n";
const inter = ofText({
  name: "inter",
  file: "a.inter",
  tokens: ["userID", "itemID", "x_label", "0\t0\t0\n", "\n", "\t", "1", "999999999"],
  make: () =>
    Promise.resolve(texts(
      `${header}0\t0\t0\n1\t2\t0\n0\t1\t1\n1\t0\t2\n`,
      "timestamp\titemID\tx_label\tuserID\r\n7\t4\t0\t2\r\n8\t1\t2\t0\r\n",
    )),
  async read(folder) {
    const { users, items, train } = await readInteractions(`${folder}/a.inter`);
    await readTimeRange(`${folder}/a.inter`);
    const isInside = train.users.every((user) => user < users) &&
      train.items.every((item) => item < items);
    if (!isInside) throw new Error("an index beyond the count");
  },
});

const tables = [
  'user_id,item_id,rating,timestamp,title\nann,B1,4,1400000000,"Red, hat"\nbob,B2,5,1400000001,\n',
  "user_id\titem_id\trating\ttimestamp\nann\tB1\t4\t2014-05-13T16:53:20Z\nbob\tB 2\t.5\t2014-05-13\n",
  '{"user_id":"ann","item_id":"B1","rating":4,"timestamp":1400000000,"title":["a","b"]}\n' +
  '{"user_id":"bob","item_id":"é","rating":null,"timestamp":1400000001,"title":"x"}\n',
  "user_id:token\titem_id:token\trating:float\ttimestamp:float\nann\tB1\t4\t1400000000\n",
  'user_id;item_id;timestamp\r\n"an""n";"B\n1";1400000000\r\n',
];
const tableTokens = [
  ...['"', ",", "\t", ";", "\n", "user_id", "item_id", "timestamp", "rating", "B1", "1400000000"],
  ...['{"user_id":', '"ann"', "null", "2014-05-13", "PK\u0003\u0004", "1,5", "[1,2]", "title"],
];
const makeTables = () =>
  Promise.resolve([
    ...texts(...tables),
    [new Uint8Array(gzipSync(tables[0])), new Uint8Array(0)],
  ]);

const table = ofText({
  name: "table",
  file: "a.table",
  tokens: tableTokens,
  make: makeTables,
  async read(folder) {
    let columns: number[] = [];
    await readTable(new ByteSource(`${folder}/a.table`), {
      columns: (names) => columns = names.map((_, column) => column),
      row: (row) => columns.forEach((column) => fieldText(row, column)),
    });
  },
});

const log = ofText({
  name: "log",
  file: "log.csv",
  tokens: tableTokens,
  make: makeTables,
  async read(folder) {
    const options = { columns: {}, needsTime: true, minRating: 1, skipIncomplete: false };
    await readInteractionLog(new TableFiles(`${folder}/log.csv`), options, () => {});
  },
});

function someItems(): ItemIndex {
  const ids = new IdTable();
  for (const id of ["B1", "B2", "B3"]) ids.intern(new TextEncoder().encode(id), 0, 2);
  return indexItems(ids, new Uint32Array([0, 1, 2]));
}

const features = ofText({
  name: "features",
  file: "features.csv",
  tokens: [...tableTokens, "0.5", "[0.5, 2]", "NaN", "B2"],
  make: () =>
    Promise.resolve(texts(
      "item_id,a,b\nB1,0.5,2\nB2,1,-3e4\nB3,,\n",
      'id,vector\nB1,"[0.5, 2]"\nB2,"[1 2]"\n',
      '{"item_id":"B1","vector":[0.5,2]}\n{"item_id":"B2","vector":[1,2]}\n',
    )),
  read: async (folder) => void await matchTable(`${folder}/features.csv`, someItems(), "item_id"),
});

const words = ofText({
  name: "texts",
  file: "texts.csv",
  tokens: [...tableTokens, "title", "B2"],
  make: () =>
    Promise.resolve(texts(
      'item_id,title\nB1,Red hat\nB2,"a, ""b"""\n',
      '{"item_id":"B1","title":"x"}\n{"item_id":"B2","title":["a","b"]}\n',
    )),
  async read(folder) {
    const source = { name: "words", path: `${folder}/texts.csv`, columns: ["title"] };
    await readItemTexts(source, someItems(), "item_id");
  },
});

const rowIds = ofText({
  name: "row-ids",
  file: "rows.csv",
  tokens: [...tableTokens, "B2", "item_id,name\n"],
  async make(folder) {
    await writeNpy(`${folder}/rows.npy`, [2, 1], new Float32Array([1, 2]));
    return texts("B1\nB2\n", "item_id,name\nB1,x\nB3,y\n", '{"item_id":"B1"}\n{"item_id":"B2"}\n');
  },
  read: async (folder) =>
    void await matchNpy(`${folder}/rows.npy`, `${folder}/rows.csv`, someItems(), "item_id"),
});

const ids = ofText({
  name: "ids",
  file: "items.csv",
  tokens: ["itemID,id\n", "0,", "1,", '"', ",", "\n", "null", '""'],
  async make(folder) {
    const path = `${folder}/items.csv`;
    await writeIds(path, "itemID", ["B1", "a,b", 'the "c"', "two\nlines", "😀"]);
    return [[await Deno.readFile(path)]];
  },
  async read(folder) {
    const found = await readIds(`${folder}/items.csv`, "itemID");
    const isSound = found.length > 0 && found.every((id) => typeof id === "string" && id !== "") &&
      new Set(found).size === found.length;
    if (!isSound) throw new Error("ids that are none");
  },
});

const itemMeta = ofText({
  name: "item-meta",
  file: "items_meta.csv",
  tokens: ["sku,title", "B1,", "B2", '"', ",", "\n", "title"],
  async make(folder) {
    const path = `${folder}/items_meta.csv`;
    await writeItemMeta(path, ["sku", "title", "price"], [["B1", "Red, hat", "1"], ["B2", "", ""]]);
    return [[await Deno.readFile(path)]];
  },
  async read(folder) {
    const meta = await readItemMeta(folder, ownIdentifiers(["B1", "B2"], "items.csv"));
    for (const item of [0, 1]) {
      const fields = meta?.fieldsOf(item);
      if (fields !== undefined && fields.length !== meta!.columns.length) {
        throw new Error("a row of another length");
      }
      meta?.nameOf(item);
    }
  },
});

const meta = ofText({
  name: "meta",
  file: "meta.csv",
  tokens: [...tableTokens, '{"a":{"b":[{}]}}', "title"],
  make: makeTables,
  async read(folder) {
    const { columns, rows } = await readMetaRows(
      { path: `${folder}/meta.csv` },
      someItems(),
      "item_id",
    );
    if (!rows.every((row) => row.length === columns.length)) throw new Error("a ragged row");
  },
});

const stock = ofText({
  name: "stock",
  file: "stock.csv",
  tokens: [...tableTokens, "stock", ">", "0"],
  make: () => Promise.resolve(texts("item_id,stock\nB1,4\nB2,\n", "B1\nB2\n", ...tables)),
  async read(folder) {
    const items = ownIdentifiers(["B1", "B2"], "items.csv");
    const source = { path: `${folder}/stock.csv` };
    await readStockList(source, items, "item_id");
    await readStockList({ ...source, filter: "stock > 0" }, items, "item_id");
  },
});

const list = ofText({
  name: "list",
  file: "list.txt",
  tokens: ['"', '""', ",", "\n", "anna", " "],
  make: () => Promise.resolve(texts('anna\n"the ""b"""\n\nx,y\n', "\ufeffa,b\r\n c \r\n")),
  async read(folder) {
    const path = `${folder}/list.txt`;
    await readIdLines(path);
    parseIdRow(await Deno.readTextFile(path), path);
  },
});

/** The formats of text. */
export const textFormats: readonly Format[] = [
  ...[inter, table, log, features, words, rowIds, ids, itemMeta, meta, stock, list],
];
