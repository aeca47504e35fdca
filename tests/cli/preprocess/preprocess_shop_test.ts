import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { refuseExisting } from "../../../data/ingest/write_dataset.ts";
import { readItemMeta } from "../../../data/item_meta.ts";
import { preprocess, refusedWith, writeFiles } from "./preprocess_process.ts";

/** Orders as shops export them: 6 customers with 5 products each, 4 with one. */
const orders = "order_id,customer_email,product_sku,purchased_at\n" +
  Array.from({ length: 30 }, (_, n) => `${n},c${n % 6}@example.com,S${n % 5},2024-01-02\n`)
    .join("") +
  Array.from({ length: 4 }, (_, n) => `${n},once${n}@example.com,S0,2024-01-03\n`).join("");

const products = 'sku,title,price\nS0,"Hat, red",5\nS1,Scarf,7\nS2,Sock,1\nS0,Again,9\nS9,New,2\n';

Deno.test("preprocess --meta keeps names and prices, and counts what is missing", () =>
  preprocess(orders, ["--meta", "products.csv", "--json"], async (outcome, directory) => {
    const { code, stdout, stderr } = outcome;
    assertEquals(code, 0, stderr);
    assertStringIncludes(
      stderr,
      `Kept from ${directory}/products.csv: "title" (the name), "price", for 3 of 5 items, matched by the ` +
        'column "sku"; 2 items without a row, such as "S3"; 1 row for items that are not in the ' +
        'dataset; 1 repeated row, such as for "S0": the first is used\n',
    );
    const { meta } = JSON.parse(stdout);
    assertEquals([meta.file, meta.id_column, meta.name_column], ["items_meta.csv", "sku", "title"]);
    assertEquals(
      [meta.items, meta.missing_items, meta.unknown_rows, meta.repeated_rows],
      [3, 2, 1, 1],
    );
    const { itemIds } = await readDataset(`${directory}/shop`);
    const kept = (await readItemMeta(`${directory}/shop`, itemIds))!;
    assertEquals(kept.nameOf(itemIds.indexOf("S0")!), "Hat, red");
    assertEquals(kept.fieldsOf(itemIds.indexOf("S2")!), ["Sock", "1"]);
    // A dataset with such a file is one of its own, and may be replaced.
    await refuseExisting(`${directory}/shop`, true);
  }, writeFiles({ "products.csv": products })));

Deno.test("preprocess --meta says where no column has names, and refuses what fits no item", async () => {
  const [price, other] = ["sku,price,brand\nS0,1,x\n", "sku,title\nX,y\n"];
  await preprocess(orders, ["--meta", "p.csv#sku"], ({ code, stderr }) => {
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, 'No column is called "title" or "name", so lists show ids');
  }, writeFiles({ "p.csv": price }));
  await refusedWith({ "p.csv": other }, orders, ["--meta", "p.csv"], 3, "no row for any of the 5");
  await refusedWith({}, orders, ["--meta", "p.csv"], 3, "p.csv", "does not exist");
  await refusedWith({}, orders, ["--meta", "-"], 2, "Cannot read --meta from stdin");
});

Deno.test("preprocess explains what the k-core leaves out, where that is much", async () => {
  await preprocess(orders, [], ({ stderr }) =>
    assertStringIncludes(
      stderr,
      "The 5-core leaves out 4 of 10 users (40%), which have fewer than 5 rows; no model learns " +
        "about them: --k-core 2 keeps more of them, --k-core 1 all\n",
    ));
  await preprocess(
    orders,
    ["--k-core", "2"],
    ({ stderr }) =>
      assertStringIncludes(
        stderr,
        "than 2 rows; no model learns about them: --k-core 1 keeps all\n",
      ),
  );
  await preprocess(
    orders,
    ["--k-core", "1"],
    ({ stderr }) => assert(!stderr.includes("leaves out"), stderr),
  );
});

Deno.test("preprocess says that a split by time comes closer to real use, where there are times", async () => {
  const says = 'The table has times ("purchased_at"), which a random split does not use: --split ' +
    "user-time or --split leave-last comes closer to real use";
  const cases: [string, string[], string | undefined][] = [
    [orders, [], "; --time purchased_at keeps them\n"],
    [orders, ["--time", "purchased_at"], "\n"],
    [orders, ["--split", "user-time"], undefined],
    [orders.replaceAll(/,2024-01-0(\d)\n/g, ",$1 January\n"), [], undefined],
    [orders.replaceAll(/,2024-01-0\d\n/g, ",\n"), [], undefined],
  ];
  for (const [table, args, end] of cases) {
    await preprocess(table, args, ({ code, stderr }) => {
      assertEquals(code, 0, stderr);
      if (end === undefined) assert(!stderr.includes(says), stderr);
      else assertStringIncludes(stderr, says + end);
    });
  }
});

Deno.test("preprocess finds the times of shops' tables", async () => {
  for (
    const name of ["Order Date", "created_at", "orderTimestamp", "transaction-date", "boughtAt"]
  ) {
    await preprocess(
      orders.replace("purchased_at", name),
      ["--split", "leave-last"],
      ({ code, stderr }) => {
        assertEquals(code, 0, stderr);
        assertStringIncludes(stderr, `time "${name}"`);
      },
    );
  }
});
