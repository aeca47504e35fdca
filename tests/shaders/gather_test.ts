import { gather, gatherStack, none, rowList } from "../../shaders/gather/gather.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { uniforms } from "../../algebra/random_sequence.ts";
import { checkOp } from "./op_check.ts";

function gathered(table: Float64Array, list: readonly number[], columns: number, first = 0) {
  return Float64Array.from({ length: list.length * columns }, (_, n) => {
    const row = list[Math.floor(n / columns)];
    return row === none ? 0 : table[(first + row) * columns + n % columns];
  });
}

Deno.test("gather() is right forward and backward, with duplicates and missing rows", async () => {
  const next = uniforms(3);
  for (const length of [1, 2, 3, 5, 63, 64, 65, 130, 2049]) {
    for (const columns of [1, 3, 4, 64]) {
      const rows = 1 + Math.floor(length / 3);
      const list = Array.from(
        { length },
        () => next() < 0.1 ? none : Math.floor(rows * next() ** 2),
      );
      await checkOp({
        inputs: [{ rows: rows + 2, columns }],
        build: (program, [table]) =>
          gather(program, table, rowList(program, "rows", length, Uint32Array.from(list)), 2),
        twin: ([table]) => gathered(table, list, columns, 2),
      });
    }
  }
});

Deno.test("gather() of rows that differ is right forward and backward, and adds to a gradient", async () => {
  for (const columns of [3, 64]) {
    const lists = [[6, none, 0, 2], [2, 5, 1, none, 0]];
    await checkOp({
      inputs: [{ rows: 7, columns }],
      build: (program, [table]) => {
        const parts = lists.map((list, n) => ({
          table,
          list: {
            ...rowList(program, `rows ${n}`, list.length, Uint32Array.from(list)),
            distinct: true,
          },
        }));
        return gatherStack(program, parts, "rows");
      },
      twin: ([table]) =>
        Float64Array.from(lists.flatMap((list) => [...gathered(table, list, columns)])),
    });
  }
});

Deno.test("gather() twice of one table adds both gradients", async () => {
  const lists = [[0, 1, 1, 3], [3, none, 0, 0]];
  await checkOp({
    inputs: [{ rows: 4, columns: 8 }],
    build: (program, [table]) => {
      const [a, b] = lists.map((list, n) =>
        gather(program, table, rowList(program, `rows ${n}`, 4, Uint32Array.from(list)))
      );
      return add(program, a, b, { alpha: 2, beta: -1 });
    },
    twin: ([table]) => {
      const [a, b] = lists.map((list) => gathered(table, list, 8));
      return a.map((value, n) => 2 * value - b[n]);
    },
  });
});
