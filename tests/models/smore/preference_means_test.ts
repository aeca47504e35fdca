import { preferenceMeans } from "../../../models/smore/preference_means.ts";
import { checkOp } from "../../shaders/op_check.ts";

Deno.test("preferenceMeans() gives each row the mean gate of every view", async () => {
  for (const [rows, columns] of [[1, 4], [65, 8]]) {
    await checkOp({
      inputs: [{ rows, columns }, { rows, columns }, { rows, columns }],
      build: (program, logits) => preferenceMeans(program, logits, "preferences"),
      twin: (logits) =>
        Float64Array.from({ length: rows * logits.length }, (_, at) => {
          const [row, view] = [Math.floor(at / logits.length), at % logits.length];
          let sum = 0;
          for (let c = 0; c < columns; c++) {
            sum += 1 / (1 + Math.exp(-logits[view][row * columns + c]));
          }
          return sum / columns;
        }),
    });
  }
});
