import { assertEquals, assertThrows } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { launchTranspose, type TransposeOptions } from "../../shaders/transpose/transpose.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { GarbageMemory, randomValues } from "./op_check.ts";

/** The transposition of `rows×columns` into `height×width` that held `before`. */
async function found(
  [rows, columns, height, width]: readonly number[],
  x: Float32Array,
  before: Float32Array,
  scale: Float32Array | undefined,
  options: TransposeOptions,
) {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "transpose");
  const y = program.tensor("y", height, width, { data: before });
  launchTranspose(program, program.tensor("x", rows, columns, { data: x }), y, {
    ...options,
    scale: scale && memory.reserve("scale", scale.byteLength, "test", scale),
  });
  await program.compile();
  program.submit();
  const values = await readFloats(memory, y.allocation, height * width);
  memory.destroy();
  return values;
}

const shapes: readonly (readonly [number[], TransposeOptions])[] = [
  [[1, 1, 1, 1], {}],
  [[5, 8, 8, 5], {}],
  [[65, 12, 20, 68], { columns: 9, xColumn: 2, yRow: 3 }],
  [[130, 4, 6, 132], { columns: 4, yRow: 2 }],
];

Deno.test("launchTranspose() transposes, scales and adds as plain loops in f32 do", async () => {
  for (const [[rows, columns, height, width], options] of shapes) {
    const x = randomValues(rows * columns, 1);
    const before = randomValues(height * width, 2);
    const scale = randomValues(rows, 3);
    for (const isScaled of [false, true]) {
      for (const accumulate of [false, true]) {
        const expected = before.slice();
        const { columns: count = columns, xColumn = 0, yRow = 0 } = options;
        for (let c = 0; c < count; c++) {
          for (let r = 0; r < width; r++) {
            const at = (yRow + c) * width + r;
            const value = r >= rows
              ? 0
              : Math.fround(x[r * columns + xColumn + c] * (isScaled ? scale[r] : 1));
            expected[at] = accumulate ? before[at] + value : value;
          }
        }
        const values = await found(
          [rows, columns, height, width],
          x,
          before,
          isScaled ? scale : undefined,
          { ...options, accumulate },
        );
        assertEquals(values, expected, `${rows}×${columns} ${isScaled} ${accumulate}`);
      }
    }
  }
});

Deno.test("launchTranspose() refuses a target that is too small", async () => {
  const memory = new GarbageMemory(await testGpu());
  const program = new Program(memory, "transpose");
  const x = program.tensor("x", 5, 8);
  for (const [rows, columns] of [[7, 5], [8, 4]]) {
    const y = program.tensor("small", rows, columns);
    assertThrows(() => launchTranspose(program, x, y), Error, '"small" is');
  }
});
