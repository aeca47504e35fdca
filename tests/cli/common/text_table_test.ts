import { assertEquals } from "@std/assert";
import { tableText } from "../../../cli/common/text_table.ts";

const columns = [
  { heading: "name", cells: ["a long name", "b"] },
  { heading: "first", cells: ["1", "10"], isNumber: true, leaves: 1 },
  {
    heading: "words",
    cells: ["one two three", ""],
    shorten: (cell: string, width: number) => cell.slice(0, width),
  },
  { heading: "second", cells: ["x", "y"], leaves: 2 },
];

const lines = (width?: number) => tableText(columns, width).split("\n");

Deno.test("tableText() aligns columns, and shows everything where there is room", () => {
  const all = [
    "name         first  words          second",
    "a long name      1  one two three  x",
    "b               10                 y",
    "",
  ];
  assertEquals(lines(), all);
  assertEquals(lines(41), all);
});

Deno.test("tableText() shortens a column as far as its heading before others leave, in their order", () => {
  assertEquals(lines(40)[1], "a long name      1  one two thre  x");
  assertEquals(lines(33)[1], "a long name      1  one t  x");
  assertEquals(lines(32)[0], "name         words        second");
  assertEquals(lines(26)[0], "name         words  second");
  assertEquals(lines(25)[1], "a long name  one two thre");
});

Deno.test("tableText() puts the first column on lines of its own where nothing else helps", () => {
  assertEquals(lines(17), [
    ...["name", "  words          ".trimEnd()],
    ...["a long name", "  one two three", "b", "", ""],
  ]);
});

Deno.test("tableText() knows how wide other scripts are", () => {
  const table = tableText([{ heading: "a", cells: ["标题"] }, { heading: "b", cells: ["1"] }]);
  assertEquals(table, "a     b\n标题  1\n");
});
