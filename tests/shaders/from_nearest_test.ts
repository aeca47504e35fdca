import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import {
  rowsFromNearest,
  scoresFromNearest,
  uploadNearest,
} from "../../shaders/from_nearest/from_nearest.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { GarbageMemory, randomValues } from "./op_check.ts";

/** Every third item, each near to some of the others. */
function listsOf(items: number, near: number) {
  const all = Uint32Array.from({ length: items }, (_, n) => n);
  const others = all.filter((n) => n % 3 !== 0);
  const own = all.filter((n) => n % 3 === 0);
  const nearest = Uint32Array.from(
    { length: own.length * near },
    (_, n) => others[(n * 7 + Math.floor(n / near)) % others.length],
  );
  return { items: own, nearest };
}

const shapes = [[2, 1, 1], [64, 4, 5], [65, 3, 2], [400, 20, 5]];

Deno.test("rowsFromNearest() gives the direction of the sum and the mean length, as in f64", async () => {
  for (const [items, columns, near] of shapes) {
    const lists = listsOf(items, near);
    const values = randomValues(items * columns, 3);
    // The rows that the second item follows from are all 0: so is its own.
    for (const other of lists.nearest.subarray(near, 2 * near)) {
      values.fill(0, other * columns, (other + 1) * columns);
    }
    const expected = Float64Array.from(values);
    lists.items.forEach((item, n) => {
      const rows = Array.from(
        lists.nearest.subarray(n * near, (n + 1) * near),
        (other) => Array.from(values.subarray(other * columns, (other + 1) * columns)),
      );
      const length = rows.reduce((sum, row) => sum + Math.hypot(...row), 0) / near;
      const sum = rows[0].map((_, c) => rows.reduce((all, row) => all + row[c], 0));
      const scale = length / (Math.hypot(...sum) || Infinity);
      sum.forEach((value, c) => expected[item * columns + c] = scale * value);
    });
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "rows");
    const table = program.tensor("table", items, columns, { data: values });
    rowsFromNearest(program, uploadNearest(memory, lists), table);
    await program.compile();
    program.submit();
    const found = await readFloats(memory, table.allocation, items * columns);
    found.forEach((value, n) => assertAlmostEquals(value, expected[n], 1e-5));
    memory.destroy();
  }
});

Deno.test("scoresFromNearest() gives each user the mean score, as in f64, and leaves other items", async () => {
  for (const [items, places, near] of shapes) {
    const lists = listsOf(items, near);
    const stride = Math.ceil(items / 4) * 4;
    const values = randomValues(places * stride, 4);
    const expected = Float64Array.from(values);
    lists.items.forEach((item, n) => {
      for (let place = 0; place < places; place++) {
        const others = Array.from(lists.nearest.subarray(n * near, (n + 1) * near));
        const sum = others.reduce((all, other) => all + values[place * stride + other], 0);
        expected[place * stride + item] = sum / near;
      }
    });
    const memory = new GarbageMemory(await testGpu());
    const program = new Program(memory, "scores");
    const scores = program.tensor("scores", places, stride, { data: values });
    scoresFromNearest(program, uploadNearest(memory, lists), scores);
    await program.compile();
    program.submit();
    const found = await readFloats(memory, scores.allocation, places * stride);
    const isOwn = new Set(lists.items);
    found.forEach((value, n) => {
      if (isOwn.has(n % stride)) assertAlmostEquals(value, expected[n], 1e-6);
      else assertEquals(value, values[n]);
    });
    memory.destroy();
  }
});
