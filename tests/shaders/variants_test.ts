/**
 * Some ops launch other kernels on a software driver than on a GPU, or those that a device has chosen, and a machine
 * has only one of each: here each device takes all variants, whose results must agree.
 */
import { assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { none, rowList } from "../../shaders/gather/row_lists.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { launchProduct, matmul } from "../../shaders/matmul/matmul.ts";
import { applyBands } from "../../shaders/orthogonal_bands/apply_bands.ts";
import { bandBasis } from "../../shaders/orthogonal_bands/orthogonal_bands.ts";
import { PairList } from "../../shaders/rank/pair_list.ts";
import { countRanks } from "../../shaders/rank/rank.ts";
import { normaliseRows } from "../../shaders/row_norm/row_norm.ts";
import { rowSubset } from "../../shaders/spmm/row_subset.ts";
import { propagateSum } from "../../shaders/spmm/propagate.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { sliceColumns } from "../../shaders/columns/columns.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { unitLogSumExpRows } from "../../shaders/unit_log_sum_exp/unit_log_sum_exp.ts";
import { assertAll } from "../assert_each.ts";
import { product } from "../reference/dense.ts";
import { rankedItems } from "../reference/ranking.ts";
import { randomSparse } from "../reference/sparse.ts";
import { assertClose, GarbageMemory, randomValues } from "./op_check.ts";
import { checkVariants, variants } from "./variants_check.ts";

Deno.test("spmm() is the same on software and hardware, in every width", async () => {
  const matrix = randomSparse(170, 90, 0.2, 3, true);
  for (const d of [4, 8, 12, 36, 64, 96, 192]) {
    await checkVariants(
      [[90, d]],
      (program, [x]) => spmm(program, uploadSparse(program.memory, "A", matrix), x),
    );
  }
});

Deno.test("propagateSum() of a subset is the same on software and hardware", async () => {
  const matrix = randomSparse(300, 300, 0.05, 7, true);
  const chosen = [5, 0, 299, 5, 17, none, 4];
  for (const layers of [1, 3]) {
    await checkVariants(
      [[300, 64]],
      (program, [x]) => {
        const rows = { epochStep: 0, epochRows: 7, batchSize: 7 };
        const state = stepState(program, { seed: 0, step: 3, ...rows });
        const list = rowList(program, "rows", chosen.length, Uint32Array.from(chosen));
        const subset = rowSubset(program, 300, [{ list, firstRow: 0 }], state);
        const operator = uploadSparse(program.memory, "A", matrix);
        return propagateSum(program, operator, x, layers, 0.5, subset);
      },
      { rowsRead: chosen },
    );
  }
});

Deno.test("matmul() and linear() are the same on software and hardware, with long sums", async () => {
  // Sums are cut on both for small results, and on hardware alone for the last shape.
  const shapes = [
    [1, 1, 1],
    [3, 5, 7],
    [64, 64, 64],
    [66, 34, 18],
    [24, 16, 1000],
    [100, 100, 37],
    [100, 116, 36],
    [256, 200, 520],
  ];
  for (const [m, n, k] of shapes) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        await checkVariants(
          [transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n]],
          (program, [a, b]) => matmul(program, a, b, { transposeA, transposeB }),
        );
      }
    }
    await checkVariants(
      [[k, m], [n, m], [1, n]],
      (program, [x, weight, bias]) => linear(program, x, weight, bias),
    );
  }
});

for (const clear of [false, true]) {
  Deno.test(`launchProduct() stops at a limit on software and hardware, and ${clear ? "clears" : "keeps"} the rest`, async () => {
    for (const [m, n, k] of [[72, 64, 8], [120, 128, 40]]) {
      for (const variant of variants) {
        const memory = new GarbageMemory(variant);
        const program = new Program(memory, "limit");
        const [left, right] = [randomValues(m * k, 1), randomValues(k * n, 2)];
        const a = program.tensor("a", m, k, { data: left });
        const b = program.tensor("b", k, n, { data: right });
        const c = program.tensor("c", m, n, { data: new Float32Array(m * n).fill(7) });
        const count = program.buffer("count", 4, Uint32Array.of(5));
        const limit = { count, factor: 8, mFirst: 0, kFirst: 36, clear };
        launchProduct(program, { a, b, c, m, n, k, limit });
        await program.compile();
        program.submit();
        const found = await readFloats(memory, c.allocation, m * n);
        // Five times eight rows, and sums of four numbers.
        const first = left.map((value, at) => at % k < 4 ? value : 0);
        const whole = product(
          Float64Array.from(first),
          Float64Array.from(right),
          m,
          n,
          k,
          false,
          false,
        );
        assertClose(found.subarray(0, 40 * n), whole.subarray(0, 40 * n), 2e-6, "product");
        assertAll(found.subarray(40 * n), clear ? 0 : 7, "what is beyond the limit");
        memory.destroy();
      }
    }
  });
}

Deno.test("launchProduct() takes blocks of columns on software and hardware", async () => {
  const [m, n, k, width, column] = [120, 64, 68, 140, 8];
  const found = [];
  for (const variant of variants) {
    const memory = new GarbageMemory(variant);
    const program = new Program(memory, "blocks");
    const table = (seed: number, rows: number) =>
      program.tensor("table", rows, width, { data: randomValues(rows * width, seed) });
    const [a, b, c] = [table(1, m + 3), table(2, n), table(3, m + 2)];
    const strides = { aStride: width, bStride: width, cStride: width };
    const columns = { aColumn: column, bColumn: column, cColumn: column };
    const rows = { aRow: 3, bLast: n - 4, cRow: 1, transposeB: true };
    launchProduct(program, { a, b, c, m, n, k, ...rows, ...strides, ...columns });
    await program.compile();
    program.submit();
    found.push(await readFloats(memory, c.allocation, (m + 2) * width));
    memory.destroy();
  }
  const [software, ...others] = found;
  for (const other of others) assertClose(other, software, 2e-6, "table");
  const before = randomValues((m + 2) * width, 3);
  const changed = software.findIndex((value, at) => value !== before[at]);
  assertEquals(changed, width + column);
});

Deno.test("unitLogSumExpRows() is the same on software and hardware", async () => {
  const cases = [
    { places: 402, nodes: 170, d: 8, factor: 2 },
    // One row, a tile and a row, and far fewer than there could be; rows of several slices.
    { places: 1, nodes: 1, d: 4, factor: 1 },
    { places: 65, nodes: 65, d: 64, factor: 1 },
    { places: 700, nodes: 3, d: 64, factor: 3 },
    { places: 140, nodes: 129, d: 68, factor: 1 },
    { places: 80, nodes: 64, d: 196, factor: 2 },
  ];
  for (const { places, nodes, d, factor } of cases) {
    const list = [...Array.from({ length: places }, (_, n) => n % nodes), none, none];
    await checkVariants(
      [[nodes, factor * d]],
      (program, [table]) => {
        const rows = rowList(program, "list", list.length, Uint32Array.from(list));
        const unique = uniqueRows(program, rows);
        const own = gather(program, gather(program, table, rows), unique.first);
        const x = reshape(program, own, d);
        // The gradient of the only row's direction is none.
        const compared = nodes > 1 ? normaliseRows(program, x) : x;
        return unitLogSumExpRows(program, compared, unique, 5);
      },
      {
        // Each row's product with itself is the greatest, and its gradient cancels: of f64 both are some 1e-5 off.
        error: 3e-5,
        rowsRead: Array.from({ length: factor * nodes }, (_, n) => n),
      },
    );
  }
});

Deno.test("bands are the same on software and hardware", async () => {
  // Matrices that a workgroup of hardware holds, whose rows fill it or not, and one that it does not hold.
  const sizes = [
    [8, 2, 1, 9],
    [4, 2, 1, 1],
    [12, 2, 2, 9],
    [48, 3, 1, 9],
    [64, 3, 1, 9],
    [64, 3, 3, 1],
    [64, 3, 3, 120],
    [72, 3, 1, 9],
  ];
  for (const [d, bands, blocks, rows] of sizes) {
    const columns = d * blocks;
    await checkVariants(
      [[120, columns], [rows, columns]],
      (program, [table, x]) => {
        const basis = bandBasis(program, [{ table }], { blocks, bands });
        const cut = applyBands(program, basis, [{ x, source: 0 }], "x");
        // The last of 64 such columns are below f32's digits of the first, and the directions of their bands follow from
        // how sums are rounded.
        return sliceColumns(program, cut, 0, columns);
      },
      // Columns of different sizes keep the directions of the bands apart.
      { error: 1e-4, graded: d },
    );
  }
});

Deno.test("countRanks() is right on software and hardware, over parts of the items", async () => {
  const [items, held] = [9000, [0, 255, 256, 257, 8191, 8192, 8999]];
  const scores = randomValues(items, 1).map((value) => Math.round(20 * value));
  const order = rankedItems({ scores, masked: new Set(), heldOut: held });
  for (const variant of variants) {
    const memory = new GarbageMemory(variant);
    const program = new Program(memory, "ranks");
    const heldOut = new PairList(program, "held-out pairs", held.length, [Uint32Array.from(held)]);
    const ranks = program.buffer("ranks", 4 * held.length, new Uint32Array(held.length));
    const tensor = program.tensor("scores", 1, items, { data: scores });
    countRanks(program, tensor, items, heldOut, ranks);
    await program.compile();
    memory.spoil();
    program.submit();
    const [bytes] = await readBuffers(memory, [{ allocation: ranks, bytes: 4 * held.length }]);
    assertEquals(Array.from(new Uint32Array(bytes)), held.map((item) => order.indexOf(item)));
    memory.destroy();
  }
});
