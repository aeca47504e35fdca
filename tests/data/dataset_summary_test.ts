import { assertAlmostEquals, assertEquals } from "@std/assert";
import { summarise } from "../../data/dataset_summary.ts";
import { madeDataset } from "../datasets.ts";

const rows = (...pairs: [number, number][]) => ({
  users: Uint32Array.from(pairs, ([user]) => user),
  items: Uint32Array.from(pairs, ([, item]) => item),
});

Deno.test("summarise() counts splits, degrees, what has no train row, and items without features", () => {
  const dataset = madeDataset({
    ...{ name: "made", users: 4, items: 5 },
    train: rows([0, 0], [0, 1], [0, 2], [1, 0], [2, 0]),
    valid: rows([0, 3], [3, 0]),
    test: rows([1, 1]),
    modalities: [{
      ...{ name: "image", rows: 5, columns: 2 },
      values: Float32Array.of(1, 0, 0, 0, 0, 2, -0, 0, 3, 3),
    }],
  });
  const { degrees, density, ...counts } = summarise(dataset);
  assertEquals(counts, {
    ...{ users: 4, items: 5, interactions: 8, splits: { train: 5, valid: 2, test: 1 } },
    withoutTrainRow: { users: 1, items: 2 },
    modalities: [{ name: "image", columns: 2, zeroItems: 2 }],
  });
  assertAlmostEquals(density, 8 / 20);
  assertEquals(degrees.users, { min: 1, median: 1.5, mean: 2, max: 4 });
  assertEquals(degrees.items, { min: 0, median: 1, mean: 1.6, max: 4 });
});
