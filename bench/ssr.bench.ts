/**
 * The ops of SSR at the sizes of a batch of TikTok (2,048 rows, 3 bands of 192 columns), the alignment
 * at a quarter of its rows: `./bandpass bench bench/ssr.bench.ts`.
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";
import { bandMask } from "../shaders/band_mask/band_mask.ts";
import { concatenateColumns } from "../shaders/columns/columns.ts";
import { stackTables } from "../shaders/columns/stack.ts";
import { cpOperator } from "../shaders/cp_operator/cp_operator.ts";
import { rowList } from "../shaders/gather/row_lists.ts";
import { halvesDot } from "../shaders/halves_dot/halves_dot.ts";
import { logSumExpRows } from "../shaders/log_sum_exp/log_sum_exp.ts";
import { matmul } from "../shaders/matmul/matmul.ts";
import { mixBands } from "../shaders/mix_bands/mix_bands.ts";
import { normRatio } from "../shaders/norm_ratio/norm_ratio.ts";
import { stepState } from "../shaders/common/step/step_state.ts";
import { uniqueRows } from "../shaders/unique_rows/unique_rows.ts";
import { unitLogSumExpRows } from "../shaders/unit_log_sum_exp/unit_log_sum_exp.ts";
import { bench, input, probed } from "./kernel_bench.ts";

const [batch, bands, columns, rank, width] = [2048, 3, 192, 4, 64];
/** Places of the alignment, and how many nodes differ in them. */
const [aligned, different] = [512, 335];
const rows = 2 * batch;
const bankRows = 2 * bands * different;
const pairs = bankRows * bankRows / 2;

const nodes = (program: Program, length: number) =>
  rowList(program, "nodes", length, Uint32Array.from({ length }, (_, n) => n % different));

/** Rows that are as long as those of the alignment: 1, but for the noise of their numbers. */
const bank = (program: Program) =>
  input(program, "bank", 2 * bands * aligned, width, Math.sqrt(3 / width));

for (const [name, op] of [["unit", unitLogSumExpRows], ["any", logSumExpRows]] as const) {
  for (const backward of [false, true]) {
    await bench(
      `alignment of ${bankRows} rows, ${name} length${backward ? ", with its gradient" : ""}`,
      { flops: (backward ? 4 : 1) * 2 * pairs * width },
      (program) => {
        const y = op(program, bank(program), uniqueRows(program, nodes(program, aligned)), 5);
        if (!backward) return;
        program.gradientTarget(y);
        program.backward();
      },
      1,
    );
  }
}

await bench(
  `operator in CP form, ${rows} rows, rank ${rank}`,
  { flops: 2 * rows * rank * columns * (2 * bands + 1) },
  (program) => {
    cpOperator(program, input(program, "x", rows, bands * columns), {
      output: input(program, "output", bands, rank),
      input: input(program, "input", bands, rank),
      columns: input(program, "columns", 1, rank * columns),
    });
  },
);
await bench(
  `operator as a full tensor, ${rows} rows`,
  { flops: 2 * rows * (bands * columns) ** 2 },
  (program) => {
    const size = bands * columns;
    matmul(program, input(program, "x", rows, size), input(program, "tensor", size, size));
  },
  2,
);

await bench(`mask of ${rows} nodes`, { bytes: 4 * rows * (1 + bands) }, (program) => {
  probed(program);
  const position = { seed: 0, step: 0, epochStep: 0, epochRows: 1, batchSize: 1 };
  const state = stepState(program, position);
  bandMask(program, { lists: [nodes(program, rows)], firstNode: 0 }, bands, 0.1, state);
});
await bench(
  `mixBands of ${bands} bands, ${rows} rows`,
  { bytes: 4 * rows * columns * (bands + 1) },
  (program) => {
    const all = input(program, "bands", rows, bands * columns);
    mixBands(program, all, input(program, "weights", rows, bands), "mixed");
  },
);
await bench(`normRatio of ${rows} rows`, { bytes: 8 * rows * columns }, (program) => {
  normRatio(program, input(program, "p", rows, columns), input(program, "q", rows, columns), 3);
});
await bench(
  `halvesDot of ${bands * batch} rows`,
  { bytes: 8 * bands * batch * width },
  (program) => {
    halvesDot(program, input(program, "halves", bands * batch, 2 * width));
  },
);
await bench(`stackTables of ${rows} rows`, { bytes: 8 * rows * columns }, (program) => {
  const parts = ["upper", "lower"].map((label) => input(program, label, batch, columns));
  stackTables(program, parts);
});
await bench(`concatenateColumns of ${rows} rows`, { bytes: 16 * rows * columns }, (program) => {
  const parts = ["left", "right"].map((label) => input(program, label, rows, columns));
  concatenateColumns(program, parts);
});
