import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { FoldIn } from "../../models/fold_in.ts";
import { assertAll } from "../assert_each.ts";

const [items, columns] = [40, 8];
const next = uniforms(5);
const rows = Float32Array.from({ length: items * columns }, () => next() - 0.5);
const product = (row: Float64Array, item: number) =>
  row.reduce((sum, value, c) => sum + value * rows[item * columns + c], 0);

Deno.test("FoldIn.row() is where the ridge's objective is least", () => {
  const history = Uint32Array.of(3, 17, 20);
  const squares = rows.reduce((sum, value) => sum + value * value, 0);
  const objective = (row: Float64Array) => {
    let sum = 0.3 * squares / columns * row.reduce((norm, value) => norm + value * value, 0);
    for (let item = 0; item < items; item++) sum += 0.01 * product(row, item) ** 2;
    for (const item of history) sum += (1 - product(row, item)) ** 2;
    return sum;
  };
  const row = new FoldIn(rows, columns).row(history);
  for (let c = 0; c < columns; c++) {
    const [up, down] = [row.slice(), row.slice()];
    up[c] += 1e-4;
    down[c] -= 1e-4;
    assertAlmostEquals((objective(up) - objective(down)) / 2e-4, 0, 1e-9);
    assert(objective(up) > objective(row));
  }
});

Deno.test("FoldIn.scores() are products with the row, and those of the history are greatest", () => {
  const foldIn = new FoldIn(rows, columns);
  const history = Uint32Array.of(8, 9);
  const [row, scores] = [foldIn.row(history), foldIn.scores(history)];
  assertEquals(scores.length, items);
  scores.forEach((score, item) => assertAlmostEquals(score, product(row, item), 1e-12));
  const best = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]).slice(0, 2);
  assertEquals(best.sort(), [8, 9]);
});

Deno.test("FoldIn gives zeros for no history, and for items without numbers", () => {
  assertAll(new FoldIn(rows, columns).row(new Uint32Array()), 0, "the row of no history");
  const empty = new FoldIn(new Float32Array(6), 2);
  assertEquals([...empty.scores(Uint32Array.of(1))], [0, 0, 0]);
});

Deno.test("FoldIn.contributions() sum to the score, and solve() gives the parts of a row", () => {
  const foldIn = new FoldIn(rows, columns);
  const history = Uint32Array.of(3, 17, 20);
  const target = Float64Array.from(rows.subarray(5 * columns, 6 * columns));
  const parts = foldIn.contributions(history, target);
  const sum = parts.reduce((total, part) => total + part, 0);
  assertAlmostEquals(sum, foldIn.scores(history)[5], 1e-12);
  const own = Array.from(
    history,
    (item) => Float64Array.from(rows.subarray(item * columns, (item + 1) * columns)),
  );
  const solved = foldIn.solve(history, own);
  const row = foldIn.row(history);
  for (let c = 0; c < columns; c++) {
    assertAlmostEquals(solved.reduce((total, one) => total + one[c], 0), row[c], 1e-12);
  }
});
