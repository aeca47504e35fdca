import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { randomBits, streams, uniformOf } from "../../gpu/random.ts";
import { readFloats } from "../../gpu/readback.ts";
import { sliceRows } from "../../shaders/columns/columns.ts";
import { dropout } from "../../shaders/dropout/dropout.ts";
import { gate, gatedSum } from "../../shaders/gate/gate.ts";
import { gatherStack, none, rowList } from "../../shaders/gather/gather.ts";
import { infoNce } from "../../shaders/info_nce/info_nce.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { normaliseRows } from "../../shaders/row_norm/row_norm.ts";
import { softmaxRows } from "../../shaders/softmax/softmax.ts";
import {
  fourierMatrix,
  inverseFourierMatrix,
  spectralProduct,
} from "../../shaders/fourier/fourier.ts";
import { squareLoss } from "../../shaders/square_loss/square_loss.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { product } from "../reference/dense.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkLoss, checkOp, GarbageMemory, randomValues } from "./op_check.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const shapes = [[1, 1], [63, 3], [64, 4], [65, 64], [130, 20]];

Deno.test("gate() is right forward and backward", async () => {
  for (const [rows, columns] of shapes) {
    await checkOp({
      inputs: [{ rows, columns }, { rows, columns }],
      build: (program, [x, logits]) => gate(program, x, logits),
      twin: ([x, logits]) => x.map((value, n) => value * sigmoid(logits[n])),
    });
  }
});

Deno.test("gatedSum() is right forward and backward, with weights and without", async () => {
  for (const [rows, columns] of shapes) {
    await checkOp({
      inputs: Array(5).fill({ rows, columns }),
      // One x stands in two gates.
      build: (program, [x, z, weights, a, b]) =>
        gatedSum(
          program,
          [{ x, weights, logits: a }, { x: z, logits: b }, { x, logits: b }],
          0.3,
          "sum",
        ),
      twin: ([x, z, weights, a, b]) =>
        x.map((value, n) =>
          0.3 * (value * weights[n] * sigmoid(a[n]) + (z[n] + value) * sigmoid(b[n]))
        ),
    });
  }
});

Deno.test("softmaxRows() is right forward and backward, for large numbers as well", async () => {
  for (const [rows, columns] of shapes) {
    for (const scale of [1, 300]) {
      await checkOp({
        inputs: [{
          rows,
          columns,
          values: randomValues(rows * columns, 1).map((value) => scale * value),
        }],
        build: (program, [x]) => softmaxRows(program, x),
        twin: ([x]) => softmax(x, rows, columns),
        // exp() of the device is good to a few units of the last place of its argument.
        forwardError: scale * 1e-6 + 2e-6,
        gradientError: scale * 2e-5,
      });
    }
  }
});

function softmax(x: Float64Array, rows: number, columns: number): Float64Array {
  const y = new Float64Array(x.length);
  for (let row = 0; row < rows; row++) {
    const values = x.subarray(row * columns, (row + 1) * columns);
    const greatest = Math.max(...values);
    const powers = values.map((value) => Math.exp(value - greatest));
    const sum = powers.reduce((total, power) => total + power, 0);
    y.set(powers.map((power) => power / sum), row * columns);
  }
  return y;
}

Deno.test("normaliseRows() is right forward and backward", async () => {
  for (const [rows, columns] of shapes) {
    await checkOp({
      inputs: [{ rows, columns }],
      build: (program, [x]) => normaliseRows(program, x),
      twin: ([x]) =>
        x.map((value, n) => {
          const start = Math.floor(n / columns) * columns;
          return value / Math.max(Math.hypot(...x.subarray(start, start + columns)), 1e-12);
        }),
      gradientError: 1e-4,
    });
  }
});

Deno.test("normaliseRows() leaves rows of zeros as they are", async () => {
  await checkOp({
    inputs: [{ rows: 2, columns: 4, values: new Float32Array(8), differentiable: false }],
    build: (program, [x]) => normaliseRows(program, x),
    twin: () => new Float64Array(8),
  });
});

Deno.test("sliceRows() and gatherStack() are right forward and backward", async () => {
  await checkOp({
    inputs: [{ rows: 70, columns: 5 }],
    build: (program, [x]) => sliceRows(program, x, 3, 65),
    twin: ([x]) => x.slice(15, 15 + 325),
  });
  const lists = [[1, 1, 0], [2, 0xffffffff, 4, 1]];
  for (const columns of [3, 8]) {
    await checkOp({
      inputs: [{ rows: 3, columns }, { rows: 6, columns }],
      build: (program, [a, b]) =>
        gatherStack(program, [
          { table: a, list: rowList(program, "a", 3, Uint32Array.from(lists[0])) },
          { table: b, list: rowList(program, "b", 4, Uint32Array.from(lists[1])), firstRow: 1 },
        ], "stack"),
      twin: ([a, b]) => {
        const row = (table: Float64Array, index: number) =>
          Array.from(table.subarray(index * columns, (index + 1) * columns));
        return Float64Array.from([
          ...lists[0].flatMap((index) => row(a, index)),
          ...lists[1].flatMap((index) => index > 9 ? Array(columns).fill(0) : row(b, index + 1)),
        ]);
      },
    });
  }
});

Deno.test("linear() in row blocks equals linear() in one", async () => {
  const gpu = await testGpu();
  const [rows, columns, out] = [200, 48, 8];
  const results: Float32Array[][] = [];
  for (const limit of [gpu.limits.maxStorageBufferBindingSize, 64 * columns * 4]) {
    const limits = { ...gpu.limits, maxStorageBufferBindingSize: limit };
    const memory = new GarbageMemory({ ...gpu, limits });
    const program = new Program(memory, "blocks");
    const x = program.tensor("x", rows, columns, { data: randomValues(rows * columns, 1) });
    const w = program.tensor("w", out, columns, { data: randomValues(out * columns, 2) });
    const bias = program.tensor("bias", 1, out, { data: randomValues(out, 3) });
    const y = linear(program, x, w, bias);
    const upstream = program.gradientTarget(y)!.gradient;
    program.backward();
    await program.compile();
    memory.spoil();
    memory.write(upstream.allocation, randomValues(rows * out, 4));
    program.submit();
    results.push(
      await Promise.all(
        [y, program.gradient(x)!, program.gradient(w)!].map(({ allocation, rows, columns }) =>
          readFloats(memory, allocation, rows * columns)
        ),
      ),
    );
    memory.destroy();
  }
  results[0].forEach((whole, n) =>
    whole.forEach((value, at) => assertAlmostEquals(results[1][n][at], value, 1e-5))
  );
});

/** The orthonormal real transform as PyTorch's rfft, one bin (re, im) after the other. */
function rfft(x: Float64Array): [number, number][] {
  const d = x.length;
  return Array.from({ length: d / 2 + 1 }, (_, k) => {
    let [re, im] = [0, 0];
    x.forEach((value, n) => {
      re += value * Math.cos(2 * Math.PI * k * n / d) / Math.sqrt(d);
      im -= value * Math.sin(2 * Math.PI * k * n / d) / Math.sqrt(d);
    });
    return [re, im];
  });
}

/** Its inverse; the imaginary parts of the first and the last bin do not count. */
function irfft(bins: readonly [number, number][], d: number): Float64Array {
  return Float64Array.from({ length: d }, (_, n) => {
    let sum = 0;
    bins.forEach(([re, im], k) => {
      const angle = 2 * Math.PI * k * n / d;
      const isEnd = k === 0 || k === d / 2;
      sum += isEnd ? re * Math.cos(angle) : 2 * (re * Math.cos(angle) - im * Math.sin(angle));
    });
    return sum / Math.sqrt(d);
  });
}

const unpack = (p: ArrayLike<number>, d: number): [number, number][] =>
  Array.from(
    { length: d / 2 + 1 },
    (_, k) => [p[k], k === 0 || k === d / 2 ? 0 : p[d / 2 + k]],
  );

Deno.test("fourierMatrix() packs PyTorch's rfft, and inverseFourierMatrix() undoes it", () => {
  for (const d of [2, 4, 6, 10, 64]) {
    const x = Float64Array.from(randomValues(d, d));
    const packed = product(x, fourierMatrix(d), 1, d, d);
    rfft(x).forEach(([re, im], k) => {
      assertAlmostEquals(packed[k], re, 1e-6);
      if (k > 0 && k < d / 2) assertAlmostEquals(packed[d / 2 + k], im, 1e-6);
    });
    const back = product(packed, inverseFourierMatrix(d), 1, d, d, false, true);
    back.forEach((value, n) => assertAlmostEquals(value, x[n], 1e-6));
    const direct = irfft(unpack(packed, d), d);
    direct.forEach((value, n) => assertAlmostEquals(value, x[n], 1e-6));
  }
});

Deno.test("spectralProduct() multiplies bin by bin, forward and backward", async () => {
  for (const d of [4, 10, 64]) {
    for (const [rows, bRows] of [[1, 1], [65, 65], [65, 1]]) {
      for (const conjugate of [false, true]) {
        for (const bins of [1, 3, d / 2 + 1]) {
          await checkOp({
            inputs: [{ rows, columns: d }, { rows: bRows, columns: d }],
            build: (program, [a, b]) => spectralProduct(program, a, b, { conjugate, bins }),
            twin: ([a, b]) => {
              const y = new Float64Array(rows * d);
              for (let row = 0; row < rows; row++) {
                const left = unpack(a.subarray(row * d, (row + 1) * d), d);
                const at = bRows === 1 ? 0 : row * d;
                const right = unpack(b.subarray(at, at + d), d);
                left.forEach(([re, im], k) => {
                  if (k >= bins) return;
                  const [br, bi] = [right[k][0], conjugate ? -right[k][1] : right[k][1]];
                  y[row * d + k] = re * br - im * bi;
                  if (k > 0 && k < d / 2) y[row * d + d / 2 + k] = re * bi + im * br;
                });
              }
              return y;
            },
          });
        }
      }
    }
  }
});

Deno.test("dropout() follows its random numbers, forward and backward", async () => {
  const state = { seed: 3, step: 7, epochStep: 0, epochRows: 1, batchSize: 1 };
  await checkOp({
    inputs: [{ rows: 33, columns: 5 }],
    build: (program, [x]) => dropout(program, x, 0.3, stepState(program, state), 2),
    twin: ([x]) =>
      x.map((value, n) => {
        const word = randomBits(3, streams.dropout + 2, 7, n >> 2)[n % 4];
        return uniformOf(word) >= Math.fround(0.3) ? value / 0.7 : 0;
      }),
  });
  const program = new Program(new GarbageMemory(await testGpu()), "none");
  const x = program.tensor("x", 1, 4);
  assertEquals(dropout(program, x, 0, x.allocation, 0), x);
});

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
      gradientElements: 12,
    });
  });
}

Deno.test("squareLoss() is half the squared norm", () =>
  checkLoss({
    inputs: [{ rows: 65, columns: 3 }],
    build: (losses, [x]) => squareLoss(losses, x, 0.3, "squares"),
    twin: ([x]) => 0.15 * x.reduce((sum, value) => sum + value * value, 0),
  }));
