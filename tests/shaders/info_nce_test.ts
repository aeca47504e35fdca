import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { infoNce } from "../../shaders/info_nce/info_nce.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkLoss } from "./loss_check.ts";
import { randomValues } from "./op_check.ts";

// [length of the list, places of it that are used, different rows]; tiles hold 512 rows.
const batches = [
  [1, 1, 1],
  [64, 64, 64],
  [600, 600, 600],
  [260, 37, 30],
  [67, 67, 5],
  [700, 690, 520],
];
for (const [length, used, different] of batches) {
  Deno.test(`infoNce() is right with ${different} different rows at ${used} of ${length} places`, () => {
    const d = 8;
    const list = Uint32Array.from(
      { length },
      (_, place) => place < used ? 7 * place % different : none,
    );
    const times = Array.from(
      { length: different },
      (_, row) => list.filter((other) => other === row).length,
    );
    return checkLoss({
      inputs: [{ rows: length, columns: d }, { rows: length, columns: d }],
      batchRows: used,
      hardware: true,
      build: (losses, [a, b]) => {
        const unique = uniqueRows(losses.program, rowList(losses.program, "list", length, list));
        infoNce(losses, a, b, { unique, temperature: 0.2, weight: 0.7, name: "nce" });
      },
      twin: ([a, b]) => {
        const unit = (x: Float64Array, row: number) => {
          const values = x.subarray(row * d, (row + 1) * d);
          const norm = Math.hypot(...values);
          return values.map((value) => value / norm);
        };
        const targets = times.map((_, row) => unit(b, row));
        let sum = 0;
        for (let row = 0; row < different; row++) {
          const anchor = unit(a, row);
          const powers = targets.map((target) =>
            Math.exp(target.reduce((dot, value, n) => dot + value * anchor[n], 0) / 0.2)
          );
          const all = powers.reduce((total, power, other) => total + times[other] * power, 0);
          sum -= times[row] * Math.log(powers[row] / all);
        }
        return 0.7 * sum / used;
      },
      lossError: 5e-6,
      gradientError: 2e-4,
      gradientGroups: 12,
    });
  });
}

Deno.test("infoNce() lets its gradient set in as another term falls, and not its own term", async () => {
  const [rows, d] = [6, 4];
  const values = (seed: number) => Float32Array.from(randomValues(rows * d, seed));
  /** The term and a gradient where another term is so large. */
  const beside = async (other: number, fall?: number) => {
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "warm-up");
    const position = { seed: 0, step: 0, epochStep: 0, epochRows: rows, batchSize: rows };
    const losses = new LossTerms(program, stepState(program, position));
    const [a, b] = [1, 2].map((seed) =>
      program.tensor(`input ${seed}`, rows, d, { data: values(seed), differentiable: true })
    );
    const one = program.tensor("other", 1, 1, { data: new Float32Array([other]) });
    const term = losses.add("other", one, { count: 1 });
    const list = Uint32Array.from({ length: rows }, (_, row) => row);
    const unique = uniqueRows(program, rowList(program, "list", rows, list));
    const warmUp = fall === undefined ? undefined : { term, guessing: 2, fall };
    infoNce(losses, a, b, { unique, temperature: 0.2, weight: 0.7, warmUp, name: "nce" });
    program.backward();
    await program.compile();
    program.submit();
    const [, own] = await readFloats(memory, losses.allocation, 2);
    const gradient = await readFloats(memory, program.gradient(a)!.allocation, rows * d);
    memory.destroy();
    return { own, gradient };
  };
  const whole = await beside(2);
  for (const [other, share] of [[3, 0], [2, 0], [1.9, 0.25], [1.7, 0.75], [1.5, 1], [0.1, 1]]) {
    const { own, gradient } = await beside(other, 0.2);
    assertEquals(own, whole.own);
    gradient.forEach((value, n) => assertAlmostEquals(value, share * whole.gradient[n], 1e-6));
  }
  // Without a warm-up, and after it, the bits are the same.
  for (const [other, fall] of [[0.1, 0.2], [3, 0], [2, 0], [1, 0]]) {
    assertEquals((await beside(other, fall)).gradient, whole.gradient);
  }
});
