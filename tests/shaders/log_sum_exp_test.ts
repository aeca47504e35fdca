import { reshape } from "../../shaders/columns/reshape.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { logSumExpRows } from "../../shaders/log_sum_exp/log_sum_exp.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { checkOp } from "./op_check.ts";

Deno.test("logSumExpRows() is right forward and backward for repeated rows and short batches", async () => {
  const cases = [
    { list: [0], factor: 1, d: 1 },
    { list: [2, 1, 2, 2, none], factor: 1, d: 3 },
    { list: [3, 3, 0, 1, none, none, 2, 3], factor: 2, d: 4 },
    { list: Array.from({ length: 300 }, (_, n) => n % 260), factor: 1, d: 8 },
    { list: Array.from({ length: 300 }, (_, n) => n % 90), factor: 4, d: 8 },
  ];
  for (const { list, factor, d } of cases) {
    const nodes = Math.max(...list.filter((row) => row !== none)) + 1;
    for (const [scale, keptBytes] of [[1, undefined], [5, 0]] as const) {
      await checkOp({
        inputs: [{ rows: nodes, columns: factor * d }],
        build(program, [table]) {
          const rows = rowList(program, "list", list.length, Uint32Array.from(list));
          const unique = uniqueRows(program, rows);
          const wide = gather(program, gather(program, table, rows), unique.first);
          const y = logSumExpRows(program, reshape(program, wide, d), unique, scale, keptBytes);
          return y;
        },
        twin([table]) {
          const different = [...new Set(list.filter((row) => row !== none))].sort((a, b) => a - b);
          const x = different.flatMap((node) =>
            Array.from({ length: factor }, (_, part) => ({
              row: table.subarray((node * factor + part) * d, (node * factor + part + 1) * d),
              times: list.filter((other) => other === node).length,
            }))
          );
          const y = new Float64Array(list.length * factor);
          x.forEach(({ row }, i) =>
            y[i] = Math.log(x.reduce((sum, other) =>
              sum + other.times * Math.exp(
                  scale * row.reduce((dot, v, c) => dot + v * other.row[c], 0),
                ), 0))
          );
          return y;
        },
        forwardError: 5e-6,
        gradientError: 2e-4,
        gradientGroups: 6,
        hardware: true,
      });
    }
  }
});
