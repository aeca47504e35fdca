import { assertThrows } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { concatenateColumns, sliceColumns, sliceRows } from "../../shaders/columns/columns.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { stackTables } from "../../shaders/columns/stack.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkOp, GarbageMemory } from "./op_check.ts";

Deno.test("concatenateColumns() is right forward and backward", async () => {
  for (const widths of [[1], [4, 4], [3, 1, 5]]) {
    for (const rows of [1, 65]) {
      const columns = widths.reduce((sum, width) => sum + width, 0);
      await checkOp({
        inputs: widths.map((width) => ({ rows, columns: width })),
        build: (program, parts) => concatenateColumns(program, parts),
        twin: (parts) => {
          const y = new Float64Array(rows * columns);
          let start = 0;
          parts.forEach((part, p) => {
            part.forEach((value, n) => {
              y[Math.floor(n / widths[p]) * columns + start + n % widths[p]] = value;
            });
            start += widths[p];
          });
          return y;
        },
      });
    }
  }
});

Deno.test("sliceColumns() is right forward and backward", async () => {
  for (const [columns, first, count] of [[5, 1, 3], [12, 4, 8]]) {
    await checkOp({
      inputs: [{ rows: 65, columns }],
      build: (program, [x]) => sliceColumns(program, x, first, count),
      twin: ([x]) =>
        Float64Array.from(
          { length: 65 * count },
          (_, at) => x[Math.floor(at / count) * columns + first + at % count],
        ),
    });
  }
});

Deno.test("sliceRows() is right forward and backward", async () => {
  await checkOp({
    inputs: [{ rows: 70, columns: 5 }],
    build: (program, [x]) => sliceRows(program, x, 3, 65),
    twin: ([x]) => x.slice(15, 15 + 325),
  });
});

Deno.test("reshape() is right forward and backward", async () => {
  for (const [rows, columns] of [[1, 1], [65, 3], [300, 8]]) {
    await checkOp({
      inputs: [{ rows, columns }],
      build: (program, [x]) => reshape(program, x, rows),
      twin: ([x]) => x.slice(),
    });
  }
});

Deno.test("reshape() refuses a length that does not divide the numbers", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "reshape");
  assertThrows(() => reshape(program, program.tensor("x", 3, 4), 5), Error, "in rows of 5");
});

Deno.test("stackTables() is right forward and backward, with zeros below", async () => {
  for (const [upper, lower, rows, columns] of [[1, 1, 2, 1], [65, 3, 70, 4], [3, 64, 67, 5]]) {
    await checkOp({
      inputs: [{ rows: upper, columns }, { rows: lower, columns }],
      build: (program, parts) => stackTables(program, parts, rows),
      twin([a, b]) {
        const y = new Float64Array(rows * columns);
        y.set(a);
        y.set(b, a.length);
        return y;
      },
    });
  }
});
