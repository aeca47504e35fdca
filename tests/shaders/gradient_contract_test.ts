/**
 * The gradient contract of gpu/program.ts, for every op: the first backward launch that reaches an
 * input stores its gradient, later ones add to it, and an input that takes no gradient gets none and
 * changes nothing for the others.
 */
import { assert, assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { readFloats } from "../../gpu/readback.ts";
import { bceLoss } from "../../shaders/bce_loss/bce_loss.ts";
import { scaleBlocks } from "../../shaders/block_scale/block_scale.ts";
import { bprLoss } from "../../shaders/bpr_loss/bpr_loss.ts";
import { bprLossOfRows } from "../../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { concatenateColumns, sliceColumns, sliceRows } from "../../shaders/columns/columns.ts";
import { cosineGaps } from "../../shaders/cosine_gap/cosine_gap.ts";
import { dropout } from "../../shaders/dropout/dropout.ts";
import {
  add,
  multiply,
  operations,
  unary,
  type UnaryOperation,
} from "../../shaders/elementwise/elementwise.ts";
import { gate } from "../../shaders/gate/gate.ts";
import { gather, gatherStack } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { infoNce } from "../../shaders/info_nce/info_nce.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { matmul } from "../../shaders/matmul/matmul.ts";
import { mixBands } from "../../shaders/mix_bands/mix_bands.ts";
import { narrowLinear } from "../../shaders/narrow_linear/narrow_linear.ts";
import { normLoss } from "../../shaders/norm_loss/norm_loss.ts";
import { rowDot } from "../../shaders/row_dot/row_dot.ts";
import { normaliseGrid, normaliseRows } from "../../shaders/row_norm/row_norm.ts";
import { softmaxRows } from "../../shaders/softmax/softmax.ts";
import { spectralProduct } from "../../shaders/fourier/fourier.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { squareLoss } from "../../shaders/square_loss/square_loss.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { weightedSums } from "../../shaders/weighted_sum/weighted_sum.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { randomSparse } from "../reference/sparse.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";

type Shape = readonly [rows: number, columns: number];
type Build = (program: Program, inputs: readonly Tensor[]) => Tensor;

const state = { seed: 1, step: 2, epochStep: 0, epochRows: 50, batchSize: 70 };
/** The same for every program that is built of it. */
const list = (program: Program) => rowList(program, "rows", 5, Uint32Array.of(3, 0, none, 3, 1));
/** About half of its columns are longer than a chunk, so that the backward pass splits rows. */
const sparse = (program: Program, rows: number, columns: number) =>
  uploadSparse(program.memory, "A", randomSparse(rows, columns, 0.3, 5, true));

const ops: Record<string, readonly [readonly Shape[], Build]> = {
  "add()": [[[9, 5], [9, 5]], (program, [a, b]) => add(program, a, b, { alpha: 3, beta: -2 })],
  "multiply()": [[[9, 5], [9, 5]], (program, [a, b]) => multiply(program, a, b)],
  "matmul()": [[[70, 12], [12, 20]], (program, [a, b]) => matmul(program, a, b)],
  "matmul() of few numbers": [[[3, 5], [5, 2]], (program, [a, b]) => matmul(program, a, b)],
  // Many rows: the sums over them are split.
  "linear()": [[[2000, 8], [4, 8], [1, 4]], (program, [x, w, b]) => linear(program, x, w, b)],
  "linear() of odd widths": [
    [[9, 7], [3, 7], [1, 3]],
    (program, [x, w, b]) => linear(program, x, w, b),
  ],
  "narrowLinear()": [
    [[300, 12], [3, 12], [1, 3]],
    (program, [x, weight, bias]) =>
      narrowLinear(program, x, { weight, bias }, { firstRow: 64, rows: 200 }),
  ],
  "spmm()": [[[40, 8]], (program, [x]) => spmm(program, sparse(program, 270, 40), x)],
  "propagateSum() of 1 layer": [
    [[270, 8]],
    (program, [x]) => propagateSum(program, sparse(program, 270, 270), x, 1, 0.5),
  ],
  "propagateSum() of 3 layers": [
    [[270, 8]],
    (program, [x]) => propagateSum(program, sparse(program, 270, 270), x, 3, 0.25),
  ],
  "gather()": [[[6, 8]], (program, [table]) => gather(program, table, list(program), 2)],
  "gather() of numbers": [[[6, 3]], (program, [table]) => gather(program, table, list(program))],
  "gatherStack()": [[[4, 8], [6, 8]], (program, [a, b]) =>
    gatherStack(program, [
      { table: a, list: list(program) },
      { table: b, list: list(program), firstRow: 1 },
    ], "stack")],
  "sliceRows()": [[[20, 5]], (program, [x]) => sliceRows(program, x, 3, 10)],
  "concatenateColumns()": [
    [[9, 3], [9, 8]],
    (program, parts) => concatenateColumns(program, parts),
  ],
  "concatenateColumns() of vectors": [
    [[9, 4], [9, 8]],
    (program, parts) => concatenateColumns(program, parts),
  ],
  "sliceColumns()": [[[9, 5]], (program, [x]) => sliceColumns(program, x, 1, 3)],
  "mixBands()": [[[9, 12], [9, 3]], (program, [x, w]) => mixBands(program, x, w, "mix")],
  "cosineGaps()": [
    [[9, 12]],
    (program, [x]) =>
      cosineGaps(program, x, [[0, 4], [8, 4]], { width: 4, factor: 2, label: "gaps" }),
  ],
  "weightedSums()": [
    [[9, 4], [9, 4], [9, 4]],
    (program, terms) => weightedSums(program, terms, [[1, 2, 0], [3, -1, 2]], "sums"),
  ],
  "rowDot()": [[[65, 8], [65, 8]], (program, [a, b]) => rowDot(program, a, b)],
  "gate()": [[[9, 5], [9, 5]], (program, [x, logits]) => gate(program, x, logits)],
  "softmaxRows()": [[[9, 5]], (program, [x]) => softmaxRows(program, x)],
  "normaliseRows()": [[[9, 8]], (program, [x]) => normaliseRows(program, x)],
  "normaliseGrid()": [
    [[9, 3], [9, 4], [7, 3], [7, 4]],
    (program, [a, b, c, d]) => normaliseGrid(program, [[a, b], [c, d]], "grid"),
  ],
  "scaleBlocks()": [
    [[70, 16], [64, 2]],
    (program, [x, weights]) => scaleBlocks(program, x, weights),
  ],
  "spectralProduct()": [[[9, 10], [9, 10]], (program, [a, b]) => spectralProduct(program, a, b)],
  "spectralProduct() with one row": [
    [[70, 10], [1, 10]],
    (program, [a, b]) => spectralProduct(program, a, b),
  ],
  "dropout()": [[[9, 5]], (program, [x]) => dropout(program, x, 0.3, stepState(program, state), 0)],
};
for (const operation of Object.keys(operations)) {
  ops[`unary() of ${operation}`] = [
    [[9, 5]],
    (program, [x]) => unary(program, operation as UnaryOperation, x, { alpha: 0.5 }),
  ];
}

/** The gradients of a program with random inputs, and its output where it has one. */
async function results(
  shapes: readonly Shape[],
  build: (program: Program, inputs: readonly Tensor[]) => Tensor | void,
  differentiable: (input: number) => boolean = () => true,
): Promise<{ y: Float32Array; gradients: (Float32Array | undefined)[] }> {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "contract");
  const inputs = shapes.map(([rows, columns], n) =>
    program.tensor(`input ${n}`, rows, columns, {
      data: randomValues(rows * columns, n + 1),
      differentiable: differentiable(n),
    })
  );
  const y = build(program, inputs);
  const upstream = y && program.gradientTarget(y);
  program.backward();
  await program.compile();
  memory.spoil();
  if (upstream) {
    const { allocation, rows, columns } = upstream.gradient;
    memory.write(allocation, randomValues(rows * columns, 99));
  }
  program.submit();
  const read = ({ allocation, rows, columns }: Tensor) =>
    readFloats(memory, allocation, rows * columns);
  const gradients = inputs.map((input) => program.gradient(input));
  const found = {
    y: y ? await read(y) : new Float32Array(0),
    gradients: await Promise.all(gradients.map((gradient) => gradient && read(gradient))),
  };
  memory.destroy();
  return found;
}

/** Each input in turn takes no gradient: the results are the same without its own. */
async function checkSkipped(
  shapes: readonly Shape[],
  build: (program: Program, inputs: readonly Tensor[]) => Tensor | void,
): Promise<void> {
  const all = await results(shapes, build);
  for (const left of shapes.keys()) {
    const others = await results(shapes, build, (n) => n !== left);
    assertEquals(others.y, all.y);
    assertEquals(others.gradients, all.gradients.with(left, undefined));
  }
}

function assertNotZero(gradients: readonly (Float32Array | undefined)[]): void {
  gradients.forEach((gradient, n) =>
    assert(gradient?.some((value) => value !== 0), `input ${n} has no gradient but zeros`)
  );
}

for (const [name, [shapes, build]] of Object.entries(ops)) {
  Deno.test(`${name} adds to the gradients that are there, and skips who takes none`, async () => {
    const once = await results(shapes, build);
    assertNotZero(once.gradients);
    // 2y − y: a gradient that was stored where it had to be added would be 2 or −1 times as large.
    const twice = await results(shapes, (program, inputs) => {
      const [first, second] = [build(program, inputs), build(program, inputs)];
      return add(program, first, second, { alpha: 2, beta: -1 });
    });
    assertClose(twice.y, once.y, 2e-6, "output");
    once.gradients.forEach((gradient, n) =>
      assertClose(twice.gradients[n]!, gradient!, 1e-5, `gradient of input ${n}`)
    );
    await checkSkipped(shapes, build);
  });
}

const scores: readonly Shape[] = [[70, 1], [70, 1]];
const tables: readonly Shape[] = [[70, 8], [70, 8]];
type BuildLoss = (losses: LossTerms, inputs: readonly Tensor[]) => void;
const lossOps: Record<string, readonly [readonly Shape[], BuildLoss]> = {
  "bprLoss()": [scores, (losses, [a, b]) => bprLoss(losses, a, b)],
  "bprLossOfRows()": [
    [[70, 8], [70, 8], [70, 8]],
    (losses, [u, p, n]) => bprLossOfRows(losses, u, p, n),
  ],
  "bceLoss()": [scores, (losses, [a, b]) => bceLoss(losses, a, b)],
  "normLoss()": [[[70, 8]], (losses, [x]) => normLoss(losses, x, 0.7, "norm")],
  "squareLoss()": [[[70, 8]], (losses, [x]) => squareLoss(losses, x, 0.7, "squares")],
  "infoNce()": [
    tables,
    (losses, [a, b]) => {
      const list = rowList(
        losses.program,
        "list",
        70,
        Uint32Array.from({ length: 70 }, (_, n) => n),
      );
      const unique = uniqueRows(losses.program, list);
      infoNce(losses, a, b, { unique, temperature: 0.2, weight: 0.7, name: "nce" });
    },
  ],
};

for (const [name, [shapes, build]] of Object.entries(lossOps)) {
  const times = (count: number) => (program: Program, inputs: readonly Tensor[]) => {
    const losses = new LossTerms(program, stepState(program, state));
    for (let n = 0; n < count; n++) build(losses, inputs);
  };
  Deno.test(`${name} adds to the gradients that are there, and skips who takes none`, async () => {
    const once = await results(shapes, times(1));
    assertNotZero(once.gradients);
    const thrice = await results(shapes, times(3));
    once.gradients.forEach((gradient, n) =>
      assertClose(
        thrice.gradients[n]!,
        gradient!.map((value) => 3 * value),
        1e-5,
        `gradient of input ${n}`,
      )
    );
    await checkSkipped(shapes, times(1));
  });
}
