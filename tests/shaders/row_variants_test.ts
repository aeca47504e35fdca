/**
 * What goes through rows is dealt out to other invocations on hardware than on a software driver: several share a row, or
 * a workgroup takes it. The results must agree, at sizes that fill no workgroup too.
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { scaleBlocks } from "../../shaders/block_scale/block_scale.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { cosineGaps } from "../../shaders/cosine_gap/cosine_gap.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { infoNce } from "../../shaders/info_nce/info_nce.ts";
import { logSumExpRows } from "../../shaders/log_sum_exp/log_sum_exp.ts";
import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { narrowLinear } from "../../shaders/narrow_linear/narrow_linear.ts";
import { normRatio } from "../../shaders/norm_ratio/norm_ratio.ts";
import { rowDot } from "../../shaders/row_dot/row_dot.ts";
import { normaliseGrid } from "../../shaders/row_norm/row_norm.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { weightedSums } from "../../shaders/weighted_sum/weighted_sum.ts";
import { checkVariants } from "./variants_check.ts";

type Case = readonly [
  name: string,
  shapes: (rows: number, columns: number) => readonly (readonly [number, number])[],
  build: (program: Program, inputs: readonly Tensor[]) => Tensor,
];

/** Of inputs with so many rows, and columns in a multiple of 12. */
const cases: readonly Case[] = [
  [
    "normaliseGrid()",
    (rows, columns) => [[rows, columns], [rows, columns + 8]],
    (program, [a, b]) => {
      const block = { table: b, column: 4, columns: a.columns };
      return normaliseGrid(program, [[a, block], [block, a]], "grid");
    },
  ],
  [
    "rowDot()",
    (rows, columns) => [[rows, columns], [rows, columns]],
    (program, [a, b]) => rowDot(program, a, b),
  ],
  [
    "normRatio()",
    (rows, columns) => [[rows, columns], [rows, columns]],
    (program, [p, q]) => normRatio(program, p, q, 3),
  ],
  [
    "cosineGaps()",
    (rows, columns) => [[rows, columns]],
    (program, [x]) => {
      const width = x.columns / 3;
      const options = { width, factor: 2, label: "gaps" };
      return cosineGaps(program, x, [[0, width], [0, 2 * width]], options);
    },
  ],
  [
    "narrowLinear()",
    (rows, columns) => [[rows + 3, columns], [6, columns], [1, 6]],
    (program, [x, weight, bias]) => {
      const range = { firstRow: 2, rows: x.rows - 3 };
      return narrowLinear(program, x, { weight, bias }, range);
    },
  ],
  [
    "mixBands()",
    (rows, columns) => [[rows, columns], [rows, 3]],
    (program, [x, weights]) => mixBands(program, x, weights, "mixed"),
  ],
  [
    "scaleBlocks()",
    (rows, columns) => [[rows, columns], [Math.ceil(rows / 2), 3]],
    (program, [x, weights]) => scaleBlocks(program, x, weights),
  ],
  [
    "weightedSums()",
    (rows, columns) => [[rows, columns], [rows, columns]],
    (program, terms) => weightedSums(program, terms, [[1, 2], [-0.5, 3], [0, 1]], "sums"),
  ],
];
for (const [name, shapes, build] of cases) {
  Deno.test(`${name} is the same on software and hardware`, async () => {
    for (const [rows, columns] of [[1, 12], [131, 108], [259, 204]]) {
      await checkVariants(shapes(rows, columns), build, { error: 5e-6 });
    }
  });
}

Deno.test("infoNce() is the same on software and hardware, with tiles of 2048 rows there", async () => {
  for (const [length, used, different] of [[2112, 2100, 2090], [2048, 1700, 1503], [130, 9, 5]]) {
    const list = Uint32Array.from({ length }, (_, n) => n < used ? n * 7 % different : none);
    await checkVariants([[different, 8], [different, 8]], (program, tables) => {
      const position = { epochStep: 0, epochRows: used, batchSize: length };
      const losses = new LossTerms(program, stepState(program, { seed: 0, step: 0, ...position }));
      const unique = uniqueRows(program, rowList(program, "list", length, list));
      const [a, b] = tables.map((table) => gather(program, table, unique.rows));
      infoNce(losses, a, b, { unique, temperature: 0.2, weight: 0.7 * used, name: "nce" });
      return rowDot(program, tables[0], tables[1]);
    }, { error: 1e-5 });
  }
});

Deno.test("logSumExpRows() is the same on software and hardware, with tiles of 2048 rows there", async () => {
  // [length of the list, different rows, rows a node, columns of the table, of which four are taken, bytes kept]
  const cases = [
    [2115, 2110, 1, 4],
    [1070, 1053, 2, 12, 0],
    [700, 6, 3, 12],
    [1, 1, 1, 8],
  ];
  for (const [length, different, factor, width, keptBytes] of cases) {
    const list = Uint32Array.from(
      { length },
      (_, n) => n > 0 && n === length - 1 ? none : n % different,
    );
    await checkVariants([[different, factor * width]], (program, [table]) => {
      const unique = uniqueRows(program, rowList(program, "list", length, list));
      const own = reshape(program, gather(program, table, unique.rows), width);
      const block = { table: own, column: width - 4, columns: 4 };
      return logSumExpRows(program, block, unique, 2, keptBytes);
    }, { error: 1e-5, rowsRead: Array.from({ length: factor * different }, (_, n) => n) });
  }
});
