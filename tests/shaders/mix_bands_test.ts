import { assertThrows } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkOp } from "./op_check.ts";

Deno.test("mixBands() is right forward and backward", async () => {
  for (
    const [rows, columns, bands] of [[1, 1, 1], [65, 3, 2], [63, 4, 1], [70, 8, 5], [64, 192, 3]]
  ) {
    const twin = ([weights, x]: readonly Float64Array[]) =>
      Float64Array.from({ length: rows * columns }, (_, at) => {
        const [row, c] = [Math.floor(at / columns), at % columns];
        let sum = 0;
        for (let b = 0; b < bands; b++) {
          sum += weights[row * bands + b] * x[(row * bands + b) * columns + c];
        }
        return sum;
      });
    for (const [ofWeights, ofBands] of [[true, true], [false, true], [true, false]]) {
      await checkOp({
        hardware: true,
        inputs: [
          { rows, columns: bands, differentiable: ofWeights },
          { rows, columns: bands * columns, differentiable: ofBands },
        ],
        build: (program, [weights, x]) => mixBands(program, x, weights, "mix"),
        twin,
      });
    }
  }
});

Deno.test("mixBands() refuses weights that do not fit", async () => {
  const program = new Program(new Memory(await testGpu()), "misfits");
  const [x, weights] = [program.tensor("x", 2, 7), program.tensor("w", 2, 3)];
  assertThrows(() => mixBands(program, x, weights, "mix"), Error, '"w" is 2×3, "x" 2×7');
});
