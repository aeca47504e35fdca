import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ingestFeatures } from "../../../data/ingest/item_features.ts";
import { IdTable } from "../../../data/ingest/id_table.ts";
import { indexItems, type ItemIndex } from "../../../data/ingest/item_index.ts";
import { encodeNpy } from "../../../data/npy.ts";
import { DataError } from "../../../errors.ts";

/** Items of the interactions; those that a dataset keeps come first in `kept`. */
function itemsOf(ids: readonly string[], kept: readonly number[]): ItemIndex {
  const table = new IdTable();
  for (const id of ids) {
    const bytes = new TextEncoder().encode(id);
    table.intern(bytes, 0, bytes.length);
  }
  return indexItems(table, Uint32Array.from(kept));
}

const shop = itemsOf(["B1", "a,b 😀", "B3"], [0, 1]);

async function ingest(
  name: string,
  contents: string | Uint8Array,
  items = shop,
  ids?: string,
  itemColumn = "asin",
) {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/${name}`;
    await Deno.writeFile(
      path,
      typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
    );
    const idPath = ids === undefined ? undefined : `${folder}/ids.csv`;
    if (idPath !== undefined) await Deno.writeTextFile(idPath, ids!);
    return await ingestFeatures({ name: "image", path, idPath }, items, itemColumn);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refused(found: readonly string[], ...args: Parameters<typeof ingest>) {
  const error = await assertRejects(() => ingest(...args), DataError);
  for (const text of found) assertStringIncludes((error as DataError).message, text);
}

Deno.test("ingestFeatures() takes one number per column, in any order of rows, keyed by id", async () => {
  const csv = 'x,asin,y\n3,"a,b 😀",4.5\n9,none,9\n1,B1,-2e1\n8,B3,8\n';
  const { modality, missing, unknown, rowsAre, sources } = await ingest("a.csv", csv);
  assertEquals(modality, {
    name: "image",
    rows: 2,
    columns: 2,
    values: new Float32Array([1, -20, 3, 4.5]),
  });
  // B3 is an item of the interactions that the dataset does not keep.
  assertEquals([missing, unknown, rowsAre], [0, 2, 'by the column "asin"']);
  assertEquals([sources.length, sources[0].bytes], [1, new TextEncoder().encode(csv).length]);
});

Deno.test("ingestFeatures() takes vectors in one column, as NumPy, pandas and JSON write them", async () => {
  const values = new Float32Array([1, 2, 3, 4]);
  for (const [b1, ab] of [["[1, 2]", "[3,4]"], ["1 2", "3  4"], ["(1;2)", "3;4"]]) {
    const csv = `item_id:token,vector:float_seq\n"a,b 😀","${ab}"\nB1,"${b1}"\n`;
    assertEquals((await ingest("a.csv", csv)).modality.values, values);
  }
  const lines = '{"id":"a,b 😀","vector":[3,4]}\n{"id":"B1","vector":[1,2]}\n';
  assertEquals((await ingest("a.ndjson", lines)).modality.values, values);
});

Deno.test("ingestFeatures() refuses a key that only a later file has", async () => {
  const path = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${path}/a.ndjson`, '{"id":"B1","x":1}\n');
    await Deno.writeTextFile(`${path}/b.ndjson`, '{"id":"a,b 😀","x":2,"y":3}\n');
    await assertRejects(
      () => ingestFeatures({ name: "image", path }, shop, "asin"),
      DataError,
      `an object of "${path}/b.ndjson" has the key "y", which none of the first objects has`,
    );
  } finally {
    await Deno.remove(path, { recursive: true });
  }
});

Deno.test("ingestFeatures() fills items without features by the mean of the others", async () => {
  const items = itemsOf(["a", "b", "c", "d"], [0, 1, 2, 3]);
  const table = await ingest("a.csv", "id,x,y\nd,,\na,1,2\nc,3,6\n", items);
  assertEquals(table.missing, 2);
  assertEquals([...table.modality.values], [1, 2, 2, 4, 3, 6, 2, 4]);
  const npy = encodeNpy([4, 1], new Float32Array([5, NaN, 7, NaN]));
  const matrix = await ingest("a.npy", npy, items);
  assertEquals(matrix.missing, 2);
  assertEquals([...matrix.modality.values], [5, 6, 7, 6]);
});

Deno.test("ingestFeatures() takes the rows of a .npy file in order of the interactions' items", async () => {
  const npy = encodeNpy([3, 2], new Float32Array([1, 2, 3, 4, 5, 6]));
  const { modality, unknown, rowsAre } = await ingest("a.npy", npy);
  assertEquals([...modality.values], [1, 2, 3, 4]);
  assertEquals([unknown, rowsAre], [
    1,
    "all items of the interactions in order of first appearance",
  ]);
});

Deno.test("ingestFeatures() takes item ids from 0 for the numbers of a .npy file's rows", async () => {
  const npy = encodeNpy([4, 1], new Float64Array([10, 11, 12, 13]));
  const { modality, unknown, rowsAre } = await ingest("a.npy", npy, itemsOf(["3", "0"], [0, 1]));
  assertEquals([...modality.values], [13, 10]);
  assertEquals([unknown, rowsAre], [2, "the item ids, which are integers from 0"]);
});

Deno.test("ingestFeatures() takes the ids of a .npy file's rows from a list or a table", async () => {
  const npy = encodeNpy([3, 1], new Int32Array([7, 8, 9]));
  for (const ids of ['"a,b 😀"\nnone\nB1\n', 'n,asin\n0,"a,b 😀"\n1,none\n2,B1\n']) {
    const { modality, unknown, sources } = await ingest("a.npy", npy, shop, ids);
    assertEquals([...modality.values], [9, 7]);
    assertEquals([unknown, sources.length], [1, 2]);
  }
});

Deno.test("ingestFeatures() refuses ids that do not fit a .npy file's rows", async () => {
  const npy = encodeNpy([2, 1], new Int32Array([7, 8]));
  await refused(["found 3 ids, expected 2"], "a.npy", npy, shop, "B1\nB3\nnone\n");
  // As many rows as the file has ids after its header: a list with one too many.
  await refused(["found 3 ids, expected 2"], "a.npy", npy, shop, "B1\nnone\nB3\n");
  await refused(["found 1 ids, expected 2"], "a.npy", npy, shop, "asin\nB1\n");
  await refused(["rows 0 and 1", 'both have the id "B1"'], "a.npy", npy, shop, "B1\nB1\n");
});

Deno.test("ingestFeatures() refuses a .npy file in an order that it cannot tell", async () => {
  const npy = encodeNpy([2, 1], new Int32Array([7, 8]));
  await refused(["found 2 rows, expected 3, one for each item of the"], "a.npy", npy);
  // Ids from 1: row n could be item n+1, or the n-th item of the interactions.
  await refused(
    ["found 2 rows, expected a row for each item id up to 2"],
    ...["a.npy", npy, itemsOf(["2", "1"], [0, 1])] as const,
  );
  const flat = encodeNpy([3], new Int32Array([1, 2, 3]));
  await refused(["found shape (3), expected (items, columns)"], "a.npy", flat);
});

Deno.test("ingestFeatures() refuses numbers that are none or not finite", async () => {
  await refused(['line 3 has "x" in "b", expected a finite'], "a.csv", "id,a,b\nB3,1,1\nB1,1,x\n");
  await refused(['line 2 has "" in "b"'], "a.csv", "id,a,b\nB1,1,\n");
  await refused(['line 2 has "1e39" in "a"'], "a.csv", "id,a,b\nB1,1e39,1\n");
  await refused(['line 2 has "two" in "v"'], "a.csv", 'id,v\nB1,"[1, two]"\n');
  const npy = encodeNpy([3, 2], new Float32Array([1, 1, 1, Infinity, 1, 1]));
  await refused(["row 1, column 1 (counted from 0) is Infinity"], "a.npy", npy);
});

Deno.test("ingestFeatures() refuses vectors of two lengths, an item twice, and no vectors", async () => {
  await refused(
    ["line 3 has 3 numbers, expected 2 as on line 2"],
    ...["a.csv", "id,v\nB1,1 2\nB3,1 2 3\n"] as const,
  );
  await refused(['line 2 and line 3 both have the item "B1"'], "a.csv", "id,a\nB1,1\nB1,1\n");
  await refused(['found the one column "id"'], "a.csv", "id\nB1\n");
  await refused(["found only empty fields besides the ids"], "a.csv", "id,a\nB1,\n");
  await refused(["line 3 has 2 fields, expected 3"], "a.csv", "id,a,b\nB1,1,2\nB3,1\n");
});

Deno.test("ingestFeatures() refuses a file with features of none of the items", async () => {
  await refused(["it has no features for any of the 2 items"], "a.csv", "id,a\nb1,1\n");
});
