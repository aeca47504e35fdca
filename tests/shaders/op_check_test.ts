import { assertRejects, assertThrows } from "@std/assert";
import { kernel } from "../../gpu/kernel.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { unary } from "../../shaders/elementwise/elementwise.ts";
import { squareLoss } from "../../shaders/square_loss/square_loss.ts";
import { checkLoss } from "./loss_check.ts";
import { assertClose, assertGradients, checkOp, randomValues } from "./op_check.ts";

/** Those of the sparse products, whose columns have a factor in common with 24, and others. */
const shapes = [1, 300, 9, 70, 2, 200].flatMap((rows) =>
  [4, 8, 64, 192].map((columns) => [rows, columns])
).concat([[1, 1], [63, 3], [130, 20], [257, 25], [24, 24], [600, 1], [3, 1200]]);

/** Multiplies what stands in one column of a matrix. */
const spoilColumn = kernel(
  "spoil column",
  `struct Uniforms { rows: u32, columns: u32, column: u32, factor: f32 }
  @group(0) @binding(0) var<storage, read_write> x: array<f32>;
  @group(0) @binding(1) var<uniform> uniforms: Uniforms;
  @compute @workgroup_size(workgroup_size)
  fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
  ) {
    let row = thread_index(group, groups, local);
    if (row < uniforms.rows) { x[row * uniforms.columns + uniforms.column] *= uniforms.factor; }
  }`,
);

/** Appends the spoiling of a column of a gradient, once all others have added to it. */
function spoilGradient(program: Program, x: Tensor, column: number, factor: number): void {
  program.onBackward(() => {
    const { rows, columns } = x;
    program.launch(spoilColumn, {
      buffers: { x: program.gradient(x)! },
      uniforms: { rows, columns, column, factor },
      threads: rows,
    });
  });
}

Deno.test("checkOp() refuses a gradient that is wrong in one column, whatever the shape", async () => {
  for (const [n, [rows, columns]] of shapes.entries()) {
    const check = (column: number, factor: number) =>
      checkOp({
        inputs: [{ rows, columns }],
        build(program, [x]) {
          spoilGradient(program, x, column, factor);
          return unary(program, "affine", x, { alpha: 2 });
        },
        twin: ([x]) => x.map((value) => 2 * value),
        checkAccumulation: false,
      });
    await check(0, 1);
    for (const column of new Set([7 * n % columns, columns - 1])) {
      await assertRejects(() => check(column, 1.01), Error, "gradient of input 0: the derivative");
    }
  }
});

Deno.test("checkLoss() refuses a gradient that is wrong in one column", async () => {
  const check = (factor: number) =>
    checkLoss({
      inputs: [{ rows: 65, columns: 8 }],
      build(losses, [x]) {
        if (factor !== 1) spoilGradient(losses.program, x, 5, factor);
        squareLoss(losses, x, 0.3, "squares");
      },
      twin: ([x]) => 0.15 * x.reduce((sum, value) => sum + value * value, 0),
    });
  await check(1);
  await assertRejects(() => check(1.01), Error, "gradient of input 0: the derivative");
});

Deno.test("assertGradients() sees any column, row or element that is wrong, whatever the shape", () => {
  for (const [rows, columns] of shapes) {
    const values = Float64Array.from(randomValues(rows * columns, 1));
    const factors = randomValues(rows * columns, 2);
    const objective = () => values.reduce((sum, value, at) => sum + factors[at] * value, 0);
    const check = (isWrong: (at: number) => boolean) => {
      const gradient = factors.map((factor, at) => isWrong(at) ? -factor : factor);
      assertGradients([{ columns, values }], [gradient], objective, { error: 2e-5 });
    };
    check(() => false);
    const refuses = (isWrong: (at: number) => boolean) =>
      assertThrows(() => check(isWrong), Error, "gradient of input 0");
    // All columns and rows where that is quick, else some.
    const stride = rows * columns > 3000 ? 37 : 1;
    for (let column = 0; column < columns; column += stride) {
      refuses((at) => at % columns === column);
    }
    for (let row = 0; row < rows; row += stride) {
      refuses((at) => Math.floor(at / columns) === row);
    }
    for (const at of [0, Math.floor(rows * columns / 3), rows * columns - 1]) {
      refuses((other) => other === at);
    }
  }
});

Deno.test("assertClose() names the element that is apart", () => {
  assertClose([1, 2.001], [1, 2], 1e-3, "two numbers");
  assertThrows(
    () => assertClose([1, 2], [1, 2.1], 1e-3, "two numbers"),
    Error,
    "two numbers: element 1 is 2, expected 2.1",
  );
  assertThrows(() => assertClose([1], [1, 2], 1, "two numbers"), Error, "two numbers: length");
});
