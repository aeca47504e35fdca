/**
 * What goes through rows, with its gradient, at the sizes of TikTok (9,308 users, 64 columns of each of 3 modalities, 3
 * bands, 2,048 rows of a batch): `./bandpass bench bench/rows.bench.ts`.
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { scaleBlocks } from "../shaders/block_scale/block_scale.ts";
import { LossTerms } from "../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../shaders/common/step/step_state.ts";
import { cosineGaps } from "../shaders/cosine_gap/cosine_gap.ts";
import { rowList } from "../shaders/gather/row_lists.ts";
import { infoNce } from "../shaders/info_nce/info_nce.ts";
import { logSumExpRows } from "../shaders/log_sum_exp/log_sum_exp.ts";
import { mixBands } from "../shaders/mix_bands/mix_bands.ts";
import { narrowLinear } from "../shaders/narrow_linear/narrow_linear.ts";
import { normRatio } from "../shaders/norm_ratio/norm_ratio.ts";
import { rowDot } from "../shaders/row_dot/row_dot.ts";
import { normaliseRows } from "../shaders/row_norm/row_norm.ts";
import { uniqueRows } from "../shaders/unique_rows/unique_rows.ts";
import { weightedSums } from "../shaders/weighted_sum/weighted_sum.ts";
import { bench, input } from "./kernel_bench.ts";

const [users, width, modalities, bands, batch] = [9308, 64, 3, 3, 2048];
const columns = width * modalities;

/** Ops, and how many numbers each reads and writes, forward and backward. */
const ops: readonly (readonly [string, number, (program: Program) => Tensor])[] = [
  [
    `normaliseRows of ${users}×${width}`,
    5 * users * width,
    (program) => normaliseRows(program, input(program, "x", users, width)),
  ],
  [`rowDot of ${users}×${columns}`, 6 * users * columns, (program) => {
    const [a, b] = ["a", "b"].map((label) => input(program, label, users, columns));
    return rowDot(program, a, b);
  }],
  [`normRatio of ${users}×${columns}`, 6 * users * columns, (program) => {
    const [p, q] = ["p", "q"].map((label) => input(program, label, users, columns));
    return normRatio(program, p, q, bands);
  }],
  [
    `cosineGaps of ${bands} blocks of ${batch}×${columns}`,
    4 * batch * bands * columns,
    (program) => {
      const pairs = [[0, columns], [0, 2 * columns], [columns, 2 * columns]] as const;
      const options = { width: columns, factor: 2, label: "gaps" };
      return cosineGaps(program, input(program, "bands", batch, bands * columns), pairs, options);
    },
  ],
  [
    `narrowLinear of ${users}×${columns} to ${bands}`,
    4 * users * columns,
    (program) =>
      narrowLinear(program, input(program, "x", users, columns), {
        weight: input(program, "weight", bands, columns),
        bias: input(program, "bias", 1, bands),
      }),
  ],
  [
    `mixBands of ${bands}, ${users}×${width}`,
    users * width * (3 * bands + 2),
    (program) =>
      mixBands(
        program,
        input(program, "x", users, bands * width),
        input(program, "weights", users, bands),
        "mixed",
      ),
  ],
  [`scaleBlocks of ${users}×${columns}`, 5 * users * columns, (program) =>
    scaleBlocks(
      program,
      input(program, "x", users, columns),
      input(program, "weights", users, modalities),
    )],
  [
    `weightedSums of 4, ${bands} of ${users}×${width}`,
    2 * users * width * (4 + bands),
    (program) => {
      const terms = ["a", "b", "c", "d"].map((label) => input(program, label, users, width));
      return weightedSums(program, terms, [[1, 2, 3, 4], [4, 3, 2, 1], [1, -1, 1, -1]], "sums");
    },
  ],
];
for (const [name, numbers, append] of ops) {
  await bench(`${name}, with its gradient`, { bytes: 4 * numbers }, (program) => {
    program.gradientTarget(append(program));
    program.backward();
  });
}

/** Rows that all differ. */
const different = (program: Program, length: number) =>
  uniqueRows(program, rowList(program, "list", length, Uint32Array.from({ length }, (_, n) => n)));

// Two products more for the gradient, as of a matrix that is its own mirror image.
for (const rows of [batch, 2 * batch]) {
  await bench(
    `logSumExpRows of ${rows}×${columns}, with its gradient`,
    { flops: 4 * rows * rows * columns },
    (program) => {
      const x = input(program, "x", rows, columns, Math.sqrt(3 / columns));
      program.gradientTarget(logSumExpRows(program, x, different(program, rows), 1));
      program.backward();
    },
    1,
  );
}
await bench(
  `infoNce of ${batch}×${width}, with its gradients`,
  { flops: 6 * batch * batch * width },
  (program) => {
    const position = { seed: 0, step: 0, epochStep: 0, epochRows: batch, batchSize: batch };
    const losses = new LossTerms(program, stepState(program, position));
    const [a, b] = ["a", "b"].map((label) => input(program, label, batch, width));
    const unique = different(program, batch);
    infoNce(losses, a, b, { unique, temperature: 0.2, weight: 1, name: "alignment" });
    program.backward();
  },
  1,
);
