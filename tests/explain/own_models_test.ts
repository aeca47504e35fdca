import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { BandpassError } from "../../errors.ts";
import { explainScores } from "../../explain/explain_scores.ts";
import { rowParts } from "../../models/composition.ts";
import { defineModel } from "../../models/define_model.ts";
import { constantTensor } from "../../models/parameters.ts";
import { listsOf } from "../../models/filters/score_part.ts";
import { launchBinary } from "../../shaders/elementwise/elementwise.ts";
import { sumSparseRows, uploadRows } from "../../shaders/sparse_row_sum/sparse_row_sum.ts";
import { train } from "../../recommender/train.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId, shop } from "../recommender/shop.ts";

/** A model whose rows are (user, 1, 1, 1) and (1, item, 0, 0), in two parts, the second one times `factor`. */
const rowsModel = (name: string, factor: number) =>
  defineModel({
    name,
    description: "Rows that can be summed by hand",
    settings: {},
    compute({ memory, dataset: { users, items } }) {
      const table = (label: string, rows: number, row: (n: number) => number[]) => {
        const values = Float32Array.from(Array.from({ length: rows }, (_, n) => row(n)).flat());
        return constantTensor(memory, label, rows, 4, values, "hand");
      };
      const userRows = table("users", users, (user) => [user, 1, 1, 1]);
      const itemRows = table("items", items, (item) => [1, item, 0, 0]);
      const parts = [
        table("first", items, () => [1, 0, 0, 0]),
        table("second", items, (item) => [0, factor * item, 0, 0]),
      ];
      const representation = {
        users: { table: userRows, firstRow: 0, rows: users },
        items: { table: itemRows, firstRow: 0, rows: items },
      };
      return {
        represent: () => representation,
        composition: () => ({
          representation,
          by: "view",
          users: [{ name: "whole", rows: representation.users }],
          items: rowParts(["first", "second"], parts),
        }),
      };
    },
  });

Deno.test("a model of one's own says what its scores are sums of", async () => {
  await using model = await train(shop, rowsModel("hand", 1), { gpu: await testGpu() });
  const [why] = await explainScores(model, { user: 3, items: Uint32Array.of(20) });
  assertEquals(why.score, 23);
  assertEquals(why.breakdowns, [{
    by: "view",
    parts: [
      { name: "first", item: "first", value: 3 },
      { name: "second", item: "second", value: 20 },
    ],
  }]);
});

Deno.test("parts that do not sum to the score are an error", async () => {
  await using model = await train(shop, rowsModel("wrong", 1.001), { gpu: await testGpu() });
  await assertRejects(
    () => explainScores(model, { user: 3, items: Uint32Array.of(20) }),
    BandpassError,
    "Cannot explain a score of 23",
  );
});

Deno.test("scores of blocks of which nothing is said are told by items, with what these leave over", async () => {
  // The square of how many items were taken, for item 20.
  const squares = defineModel({
    name: "squares",
    description: "A score that is no sum",
    settings: {},
    compute({ memory, dataset: { items } }) {
      const matrix = uploadRows(memory, "ones", {
        rows: items,
        columns: items,
        rowStart: Uint32Array.from({ length: items + 1 }, (_, n) => n),
        column: new Uint32Array(items).fill(20),
        value: new Float32Array(items).fill(1),
      });
      return {
        represent: () => ({
          scoreBlock(program, block, scores) {
            const { rows, columns } = scores;
            const sums = program.tensor("sums", rows, columns, { differentiable: false });
            sumSparseRows(program, listsOf(block), matrix, sums);
            const count = rows * columns;
            launchBinary(program, { a: sums, b: sums, c: scores, count, multiply: true });
          },
        }),
      };
    },
  });
  await using model = await train(shop, squares, { gpu: await testGpu() });
  const [why] = await explainScores(model, { user: 3, items: Uint32Array.of(20), most: 100 });
  const { parts, remainder, isExact, rule } = why.own!;
  const count = parts.length;
  assertEquals([why.score, why.breakdowns, isExact, rule], [count ** 2, [], false, "history"]);
  assertEquals(parts.map(({ value }) => value), parts.map(() => 1));
  assertEquals(remainder, count ** 2 - count);
});

Deno.test("itemknn is told by the similarities of the items taken, as by hand", async () => {
  const pairs = (...rows: [number, number][]) => ({
    users: Uint32Array.from(rows, ([user]) => user),
    items: Uint32Array.from(rows, ([, item]) => item),
  });
  // Items 0 and 1 were taken together by two users, each with item 2 by one.
  const rows = pairs([0, 0], [0, 1], [1, 0], [1, 1], [1, 2], [2, 3]);
  const dataset = { ...shop, train: rows, valid: pairs([0, 5]), test: pairs([0, 6]) };
  const settings = { shrink: 1, neighbours: 5 };
  await using model = await train(dataset, "itemknn", { gpu: await testGpu(), settings });
  const [why] = await explainScores(model, { user: 0, items: Uint32Array.of(2) });
  const similarity = 1 / (Math.SQRT2 + 1);
  assertAlmostEquals(why.score, 2 * similarity, 1e-6);
  assertEquals(why.own?.parts.map(({ item }) => item), [itemId(0), itemId(1)]);
  for (const { value } of why.own!.parts) assertAlmostEquals(value, similarity, 1e-6);
  assertEquals([why.taken, why.own?.base], [1, 0]);
});
