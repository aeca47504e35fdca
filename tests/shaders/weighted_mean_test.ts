import { reshape } from "../../shaders/columns/reshape.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { sumLoss } from "../../shaders/sum_loss/sum_loss.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { weightedMean } from "../../shaders/weighted_mean/weighted_mean.ts";
import { checkLoss } from "./loss_check.ts";

Deno.test("weightedMean() and sumLoss() give the mean over the places of a list", async () => {
  const lists = [[3, 3, 0, 1, none, 3], [...Array.from({ length: 900 }, (_, n) => n % 400), none]];
  for (const list of lists) {
    const places = list.filter((row) => row !== none);
    const nodes = Math.max(...places) + 1;
    for (const columns of [1, 3, 8]) {
      await checkLoss({
        inputs: [{ rows: nodes, columns: 2 * columns }],
        build(losses, [table]) {
          const { program } = losses;
          const rows = rowList(program, "list", list.length, Uint32Array.from(list));
          const unique = uniqueRows(program, rows);
          const wide = gather(program, gather(program, table, rows), unique.first);
          const mean = weightedMean(program, reshape(program, wide, columns), unique);
          sumLoss(losses, mean, 0.5, "mean");
          sumLoss(losses, mean, 0.25, "mean again");
        },
        twin: ([table]) =>
          0.75 / (2 * places.length) *
          places.flatMap((row) =>
            Array.from(table.subarray(row * 2 * columns, (row + 1) * 2 * columns))
          ).reduce((sum, value) => sum + value, 0),
        lossError: 1e-5,
      });
    }
  }
});
