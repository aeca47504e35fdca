import { assertThrows } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { weightedSums } from "../../shaders/weighted_sum/weighted_sum.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkOp, GarbageMemory } from "./op_check.ts";

/** More terms than a launch takes, factors of 0, and a sum of nothing. */
const weights = [
  [0.5, -2, 0, 1, 3, -1],
  [0, 0, -1, 0, 0, 1.5],
  [0, 0, 0, 0, 0, 0],
];

Deno.test("weightedSums() is right forward and backward, whatever the number of terms", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [64, 16]]) {
    for (const count of [1, 4, 6]) {
      const used = weights.map((row) => row.slice(-count));
      await checkOp({
        hardware: true,
        inputs: Array.from({ length: count }, () => ({ rows, columns })),
        build: (program, terms) => weightedSums(program, terms, used, "sums"),
        twin: (terms) =>
          Float64Array.from({ length: rows * 3 * columns }, (_, at) => {
            const row = Math.floor(at / (3 * columns));
            const sum = Math.floor(at / columns) % 3;
            const from = row * columns + at % columns;
            return terms.reduce((total, term, i) => total + used[sum][i] * term[from], 0);
          }),
      });
    }
  }
});

Deno.test("weightedSums() refuses terms and weights that do not match", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "weighted sums");
  const [a, b] = [program.tensor("a", 2, 3), program.tensor("b", 3, 2)];
  assertThrows(() => weightedSums(program, [a, b], [[1, 1]], "sums"), Error, '"b" is not 2×3');
  assertThrows(() => weightedSums(program, [a], [[1, 1]], "sums"), Error, "A sum of 1 has 2");
});
