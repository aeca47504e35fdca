import { assertEquals } from "@std/assert";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers, readFloats } from "../../gpu/readback.ts";
import { reshape } from "../../shaders/columns/reshape.ts";
import { gather, none, rowList } from "../../shaders/gather/gather.ts";
import { joinLists, sliceList } from "../../shaders/gather/row_lists.ts";
import { logSumExpRows } from "../../shaders/log_sum_exp/log_sum_exp.ts";
import { sumLoss } from "../../shaders/sum_loss/sum_loss.ts";
import { uniqueRows } from "../../shaders/unique_rows/unique_rows.ts";
import { weightedMean } from "../../shaders/weighted_mean/weighted_mean.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { checkLoss, checkOp } from "./op_check.ts";

Deno.test("uniqueRows() finds each row once, with its places and its multiplicity", async () => {
  const lists = [[5, 3, 5, none, 3, 5], [none], [7], Array.from({ length: 700 }, (_, n) => n % 9)];
  for (const rows of lists) {
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "unique");
    const found = uniqueRows(
      program,
      rowList(program, "list", rows.length, Uint32Array.from(rows)),
    );
    const { first, slots, multiplicity, counts } = found;
    await program.compile();
    program.submit();
    const [unique, places, back, pair] = await readBuffers(memory, [
      { allocation: found.rows.allocation, bytes: rows.length * 4 },
      { allocation: first.allocation, bytes: rows.length * 4 },
      { allocation: slots.allocation, bytes: rows.length * 4 },
      { allocation: counts, bytes: 8 },
    ]);
    const different = [...new Set(rows.filter((row) => row !== none))].sort((a, b) => a - b);
    const padding = Array(rows.length - different.length);
    assertEquals(Array.from(new Uint32Array(unique)), [...different, ...padding.fill(none)]);
    assertEquals(
      Array.from(new Uint32Array(back)),
      rows.map((row) => row === none ? none : different.indexOf(row)),
    );
    assertEquals(
      Array.from(new Uint32Array(places)),
      [...different.map((row) => rows.indexOf(row)), ...padding.fill(none)],
    );
    assertEquals(
      Array.from(await readFloats(memory, multiplicity, rows.length)),
      [
        ...different.map((row) => rows.filter((other) => other === row).length),
        ...padding.fill(0),
      ],
    );
    assertEquals(Array.from(new Uint32Array(pair)), [
      different.length,
      rows.filter((row) => row !== none).length,
    ]);
    memory.destroy();
  }
});

Deno.test("joinLists() and sliceList() copy lists", async () => {
  const memory = new Memory(await testGpu());
  const program = new Program(memory, "lists");
  const lists = [[4, none, 2], [7], [1, 0]].map((rows, n) =>
    rowList(program, `list ${n}`, rows.length, Uint32Array.from(rows))
  );
  const joined = joinLists(program, lists, "joined");
  const slice = sliceList(program, joined, 1, 4);
  await program.compile();
  program.submit();
  const read = await readBuffers(
    memory,
    [joined, slice].map(({ allocation, length }) => ({ allocation, bytes: 4 * length })),
  );
  assertEquals(read.map((bytes) => Array.from(new Uint32Array(bytes))), [
    [4, none, 2, 7, 1, 0],
    [none, 2, 7, 1],
  ]);
  memory.destroy();
});

Deno.test("weightedMean() and sumLoss() give the mean over the places of a list", async () => {
  const lists = [[3, 3, 0, 1, none, 3], [...Array.from({ length: 900 }, (_, n) => n % 400), none]];
  for (const list of lists) {
    const places = list.filter((row) => row !== none);
    const nodes = Math.max(...places) + 1;
    for (const columns of [1, 3, 8]) {
      await checkLoss({
        inputs: [{ rows: nodes, columns: 2 * columns }],
        build(losses, [table]) {
          const { program } = losses;
          const rows = rowList(program, "list", list.length, Uint32Array.from(list));
          const unique = uniqueRows(program, rows);
          const wide = gather(program, gather(program, table, rows), unique.first);
          const mean = weightedMean(program, reshape(program, wide, columns), unique);
          sumLoss(losses, mean, 0.5, "mean");
          sumLoss(losses, mean, 0.25, "mean again");
        },
        twin: ([table]) =>
          0.75 / (2 * places.length) *
          places.flatMap((row) =>
            Array.from(table.subarray(row * 2 * columns, (row + 1) * 2 * columns))
          ).reduce((sum, value) => sum + value, 0),
        lossError: 1e-5,
      });
    }
  }
});

Deno.test("logSumExpRows() is right forward and backward for repeated rows and short batches", async () => {
  const cases = [
    { list: [0], factor: 1, d: 1 },
    { list: [2, 1, 2, 2, none], factor: 1, d: 3 },
    { list: [3, 3, 0, 1, none, none, 2, 3], factor: 2, d: 4 },
    { list: Array.from({ length: 300 }, (_, n) => n % 260), factor: 1, d: 8 },
    { list: Array.from({ length: 300 }, (_, n) => n % 90), factor: 4, d: 8 },
  ];
  for (const { list, factor, d } of cases) {
    const nodes = Math.max(...list.filter((row) => row !== none)) + 1;
    for (const [scale, keptBytes] of [[1, undefined], [5, 0]] as const) {
      await checkOp({
        inputs: [{ rows: nodes, columns: factor * d }],
        build(program, [table]) {
          const rows = rowList(program, "list", list.length, Uint32Array.from(list));
          const unique = uniqueRows(program, rows);
          const wide = gather(program, gather(program, table, rows), unique.first);
          const y = logSumExpRows(program, reshape(program, wide, d), unique, scale, keptBytes);
          return y;
        },
        twin([table]) {
          const different = [...new Set(list.filter((row) => row !== none))].sort((a, b) => a - b);
          const x = different.flatMap((node) =>
            Array.from({ length: factor }, (_, part) => ({
              row: table.subarray((node * factor + part) * d, (node * factor + part + 1) * d),
              times: list.filter((other) => other === node).length,
            }))
          );
          const y = new Float64Array(list.length * factor);
          x.forEach(({ row }, i) =>
            y[i] = Math.log(x.reduce((sum, other) =>
              sum + other.times * Math.exp(
                  scale * row.reduce((dot, v, c) => dot + v * other.row[c], 0),
                ), 0))
          );
          return y;
        },
        forwardError: 5e-6,
        gradientError: 2e-4,
        gradientElements: 6,
      });
    }
  }
});
