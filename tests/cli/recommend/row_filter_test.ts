import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { keptRows, parseFilter } from "../../../cli/recommend/row_filter.ts";
import { UsageError } from "../../../errors.ts";

const table: Readonly<Record<string, readonly string[]>> = {
  "sku": ["a", "b", "c"],
  "stock": ["0", "5", ""],
  "price": ["1.5", "on request", "20"],
  "in stock": ["true", "FALSE", ""],
  "active": ["yes", "no", "yes"],
  "new": ["1", "1", "0"],
  "brand:token": ["Acme", "b", ""],
  "2nd price": ["12,99", "1,50", ""],
  "code": ["007", "7", "08"],
  "discount": ["5", "none", " "],
};
const names = Object.keys(table);

function kept(expression: string) {
  const filter = parseFilter(expression, names, "stock.csv");
  return keptRows(filter, filter.columns.map((column) => table[names[column]]), "stock.csv");
}

function refusal(expression: string): string {
  const { message, nextStep } = assertThrows(() => kept(expression), UsageError);
  return `${message}\n${nextStep}`;
}

Deno.test("a filter keeps the rows whose columns are as it says", () => {
  const cases: [string, number[]][] = [
    ["stock>0", [1]],
    ["(stock > 0)", [1]],
    // An empty field is no 0.
    ["stock < 1", [0]],
    ["stock == undefined", [2]],
    ["price < 10 || stock > 2", [0, 1]],
    ["!(stock > 0) && price > 1", [0, 2]],
    ["in_stock", [0]],
    ["in_stock == false", [1]],
    ["active == 'yes'", [0, 2]],
    ["new_ == 1", [0, 1]],
    ['lower(brand) == "acme"', [0]],
    ["op.startswith(brand, 'A')", [0]],
    ["`${sku}${brand}` == 'bb'", [1]],
    ["stock ? price > 1 : true", [0, 2]],
    ["stock >= mean(stock)", [1]],
    ['code == "007"', [0]],
    ["_2nd_price == '12,99'", [0]],
    ["Math.abs(stock) * 2 > 9", [1]],
    // An empty field is no 0 among text either.
    ["discount < 9", [0]],
    ["discount == 0 || code == 7", [0, 1]],
    ["stock == '5'", [1]],
    ["stock != 5", [0, 2]],
    ["new_ == true", [0, 1]],
    ["in_stock != 0", [0, 2]],
    ["brand == ''", [2]],
    // A word that the column does not have today.
    ["stock != 'NULL' && in_stock != 'unknown'", [0, 1, 2]],
  ];
  for (const [expression, rows] of cases) assertEquals(kept(expression).rows, rows, expression);
});

Deno.test("a filter says what it does not know, and what would be right", () => {
  assertStringIncludes(
    refusal("stok > 0"),
    '"stock.csv" has no column "stok"; it has "sku", "stock", "price", "in_stock", "active", ' +
      '"new_", "brand", "_2nd_price", "code", "discount"\nDid you mean "stock"?',
  );
  assertStringIncludes(refusal("lowr(brand) == 'b'"), 'no function "lowr"\nDid you mean "lower"?');
  assertStringIncludes(refusal("stock = 0"), '"stock = 0" assigns a value\nCompare with ==');
  assertStringIncludes(refusal("stock >"), "it is not an expression\nCompare with ==");
  assertStringIncludes(refusal("stock > 0 and new_ == 1"), "join with && or ||");
  assertStringIncludes(
    refusal("min(price, stock) > 1"),
    'a function of all rows takes one column, found "stock" besides\nCompare one column',
  );
  assertStringIncludes(refusal("code > 2024-01-10"), "begin with 0, as in dates and codes\nPut");
  assertStringIncludes(refusal("1 == 1"), 'it uses no column of "stock.csv"');
});

Deno.test("a filter refuses what would be wrong without a word", () => {
  for (const expression of ["active", "!active", "stock > 0 && active", "active ? true : false"]) {
    assertStringIncludes(refusal(expression), 'such as "yes", which is neither true nor false');
  }
  assertStringIncludes(refusal("lower(brand)"), 'it gives text, such as "acme"');
  // Arquero would leave out what stands before the dot.
  for (const method of ['brand.startswith("A")', '"x".repeat(3)', "price.abs()"]) {
    assertStringIncludes(refusal(`stock > 2 || ${method}`), `found "${method}"`);
  }
  // Where JavaScript takes a number or a truth for the other.
  for (
    const expression of [
      "stock == 5 || 7",
      "stock > 1 && !3",
      "stock > 0 && -1",
      "stock > 1 ? 1 : 0",
    ]
  ) {
    assertStringIncludes(
      refusal(expression),
      "is neither true nor false\nCompare it with a column",
    );
  }
  assertStringIncludes(refusal("stock + 1"), 'the outcome of "+" is a number');
  for (const expression of ["1 < stock < 3", "stock > true", "(stock > 3) == 1", "!stock < 3"]) {
    assertStringIncludes(refusal(expression), "compares with true or false, not with a number");
  }
  const twice = ["a b", "a-b", "c"];
  assertThrows(
    () => parseFilter("a_b > 0", twice, "t.csv"),
    UsageError,
    'columns that "a_b" may mean',
  );
  assertEquals(parseFilter("c > 0", twice, "t.csv").columns, [2]);
  assertStringIncludes(refusal("_2nd_price < 5"), 'has no numbers, such as "12,99"');
  const { rows, remarks } = kept("price < 30");
  assertEquals(rows, [0, 2]);
  assertEquals(remarks, [
    'The column "price" of "stock.csv" has 1 field that is not a number, such as "on request"; such ' +
    "rows do not pass a comparison with one",
  ]);
});

Deno.test("a filter refuses to compare for equality what never is equal", () => {
  const refusals = {
    'in_stock == "true"': 'true and false, such as true, which "true" never equals\n' +
      "Compare it with true or false: in_stock == true",
    "'FALSE' != in_stock": "Compare it with true or false: in_stock != true",
    "in_stock == 2": "which 2 never equals",
    "!(active == true)": 'text, such as "yes", which true never equals\n' +
      'Compare it with text in quotation marks: active == "yes"',
    "code === 7": 'Compare it with text in quotation marks: code === "007"',
    "stock === '5'": 'numbers, such as 0, which "5" never equals\n' +
      "Compare it with a number: stock === 0",
    // 5 would be neither true nor false.
    "stock == true": "which true never equals",
    // JavaScript takes "" for 0.
    'stock == ""': "For empty fields: stock == undefined",
    'discount > 0 || discount == ""': "For empty fields: discount == undefined",
    "brand != 5": 'has no numbers, such as "Acme"',
    "_2nd_price > -1": 'has no numbers, such as "12,99"',
  };
  for (const [expression, message] of Object.entries(refusals)) {
    assertStringIncludes(refusal(expression), message);
  }
});

Deno.test("a filter reaches nothing but columns and Arquero's functions", () => {
  const attempts = [
    ...["Deno.exit(1)", "globalThis", "fetch('http://a')", "import('a')", "this", "new Date()"],
    ...["stock.constructor", "stock['constructor']", "({}).constructor", "[].at", "op.constructor"],
    ...["stock > 0); globalThis.reached = (1", "stock > 0, stock", "stock => 1", "stock++"],
    ...["(() => 1)()", "stock in price", "typeof stock", "delete stock", "row_object()", "a`b`"],
    ...["stock > 0 // and so on", "`${stock.constructor}`", "d.stock > 0", "$.stock"],
    ...["stock > (globalThis.reached = 1)", "match(brand, brand.constructor)"],
    ...[
      "mean(globalThis.reached = 1) > 0",
      "lag(stock, fetch('a')) > 0",
      "stock?.a",
      "yield stock",
    ],
  ];
  for (const expression of attempts) refusal(expression);
  assertEquals((globalThis as { reached?: unknown }).reached, undefined);
});
