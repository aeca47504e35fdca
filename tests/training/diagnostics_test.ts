import { assertAlmostEquals, assertEquals } from "@std/assert";
import { summary } from "../../training/diagnostics.ts";
import { madeDataset } from "../datasets.ts";

const none = { users: new Uint32Array(0), items: new Uint32Array(0) };
// User 0 has six train rows, user 1 one, user 2 none.
const dataset = madeDataset({
  name: "three",
  users: 3,
  items: 6,
  train: {
    users: Uint32Array.of(0, 0, 0, 0, 0, 0, 1),
    items: Uint32Array.of(0, 1, 2, 3, 4, 5, 0),
  },
  valid: none,
  test: none,
  modalities: [],
});
const columns = ["band 0", "band 1"];

Deno.test("summary() keeps a table whose rows have names", () => {
  const values = Float32Array.of(1, 2, 3, 4);
  assertEquals(summary({ name: "mixing", columns, rows: ["a", "b"], scale: 2 }, values, dataset), {
    columns,
    rows: { a: [2, 4], b: [6, 8] },
  });
});

Deno.test("summary() gives means and deviations of users, and of their strata", () => {
  const values = Float32Array.of(1, 0, 2, 4, 6, 8);
  const { strata, ...whole } = summary({ name: "gate", columns, rows: "users" }, values, dataset);
  assertEquals(whole.mean, [3, 4]);
  assertEquals(whole.count, 3);
  assertAlmostEquals(whole.deviation![1], Math.sqrt(32 / 3), 1e-12);
  assertEquals(strata, {
    "users with at most 5 train interactions": { count: 2, mean: [4, 6], deviation: [2, 2] },
    "users with more than 5 train interactions": { count: 1, mean: [1, 0], deviation: [0, 0] },
  });
  assertEquals(
    summary({ name: "gate", columns, rows: "items" }, values, dataset).strata,
    undefined,
  );
});

Deno.test("summary() leaves out the rows that a short batch lacks", () => {
  const values = Float32Array.of(0, 1, 1, 1, 0, 0, 0, 0);
  const found = summary({ name: "kept", columns, rows: "batch" }, values, dataset);
  assertEquals(found, { columns, count: 2, mean: [0.5, 1], deviation: [0.5, 0] });
});
