import { scaleBlocks } from "../../shaders/block_scale/block_scale.ts";
import { checkOp } from "./op_check.ts";

Deno.test("scaleBlocks() is right forward and backward, above and below the weighted rows", async () => {
  for (const [rows, weighted, blocks, d] of [[1, 1, 1, 4], [65, 64, 3, 8], [70, 70, 2, 64]]) {
    await checkOp({
      hardware: true,
      inputs: [{ rows, columns: blocks * d }, { rows: weighted, columns: blocks }],
      build: (program, [x, weights]) => scaleBlocks(program, x, weights),
      twin: ([x, weights]) =>
        x.map((value, at) => {
          const block = Math.floor(at / d);
          return block < weights.length ? weights[block] * value : value;
        }),
    });
  }
});
