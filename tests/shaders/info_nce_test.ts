import { none, rowList } from "../../shaders/gather/gather.ts";
import { infoNce } from "../../shaders/info_nce/info_nce.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { checkLoss } from "./loss_check.ts";

// [length of the list, places of it that are used, different rows]; tiles hold 512 rows.
const batches = [[1, 1, 1], [64, 64, 64], [600, 600, 600], [260, 37, 30], [67, 67, 5], [
  700,
  690,
  520,
]];
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
