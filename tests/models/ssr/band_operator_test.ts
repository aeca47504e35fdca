import { assertEquals } from "@std/assert";
import { Memory } from "../../../gpu/memory.ts";
import { Program } from "../../../gpu/program.ts";
import { readFloats } from "../../../gpu/readback.ts";
import { Parameters } from "../../../models/parameters.ts";
import { bandOperator } from "../../../models/ssr/band_operator.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { assertClose, randomValues } from "../../shaders/op_check.ts";

const [rows, bands, columns, rank] = [13, 3, 8, 2];
const shape = { bands, columns, rank, seed: 1 };

type Matrix = (row: number, column: number) => number;

/** What the operators are by definition: entry (m, n) for a column of the bands (methods.md, §5). */
const definitions: Record<string, (parameter: (label: string) => Matrix) => (c: number) => Matrix> =
  {
    none: () => () => (m, n) => Number(m === n),
    ghsno(parameter) {
      const [query, key] = [parameter("query"), parameter("key")];
      const logit: Matrix = (m, n) =>
        Array.from({ length: rank }, (_, r) => query(m, r) * key(n, r))
          .reduce((sum, one) => sum + one, 0) / Math.sqrt(rank);
      const total = (n: number) =>
        Array.from({ length: bands }, (_, m) => Math.exp(logit(m, n)))
          .reduce((sum, one) => sum + one, 0);
      return () => (m, n) => Math.exp(logit(m, n)) / total(n);
    },
    cp(parameter) {
      const [output, input, filters] = ["output", "input", "filters"].map(parameter);
      return (c) => (m, n) =>
        Array.from(
          { length: rank },
          (_, r) => output(m, r) * filters(0, r * columns + c) * input(n, r),
        ).reduce((sum, one) => sum + one, 0);
    },
  };

for (const kind of ["none", "ghsno", "cp"] as const) {
  for (const isMasked of [false, true]) {
    Deno.test(`bandOperator() mixes by ${kind}${isMasked ? " what masks keep" : ""}`, async () => {
      const memory = new Memory(await testGpu());
      const parameters = new Parameters(memory);
      const operator = bandOperator(kind, parameters, "operator", shape);
      const program = new Program(memory, "mix");
      const data = Array.from({ length: bands }, (_, n) => randomValues(rows * columns, n + 1));
      const tensor = (label: string, width: number, values: Float32Array) =>
        program.tensor(label, rows, width, { data: values });
      const signal = tensor(
        "signal",
        columns,
        data[0].map((value, at) => value + data[1][at] + data[2][at]),
      );
      const beside = Float32Array.from({ length: rows * bands * columns }, (_, at) => {
        const [row, place] = [Math.floor(at / bands / columns), at % (bands * columns)];
        return data[Math.floor(place / columns)][row * columns + place % columns];
      });
      const kept = Float32Array.from({ length: rows * bands }, (_, at) => at % 4 === 0 ? 0 : 1.25);
      const factors = randomValues(rows * bands, 7);
      const mixed = operator.mix(
        program,
        { bands: tensor("bands", bands * columns, beside), signal },
        isMasked ? tensor("mask", bands, kept) : undefined,
      );
      const found = [
        mixed.sum,
        mixed.weighted(tensor("weights", bands, factors)),
        mixed.all(),
      ];
      await program.compile();
      const values = new Map(parameters.all.map((parameter, n) => {
        const own = randomValues(parameter.rows * parameter.columns, 20 + n);
        memory.write(parameter.allocation, own);
        const matrix: Matrix = (row, column) => own[row * parameter.columns + column];
        return [parameter.label, matrix];
      }));
      program.submit();
      const entry = definitions[kind]((label) => values.get(`operator.${label}`)!);
      const y = (row: number, m: number, c: number) => {
        let sum = 0;
        for (let n = 0; n < bands; n++) {
          const mask = isMasked ? kept[row * bands + n] : 1;
          sum += entry(c)(m, n) * mask * data[n][row * columns + c];
        }
        return sum;
      };
      const sums = (weight: (row: number, m: number) => number) =>
        Float64Array.from({ length: rows * columns }, (_, at) => {
          const [row, c] = [Math.floor(at / columns), at % columns];
          return [0, 1, 2].reduce((sum, m) => sum + weight(row, m) * y(row, m, c), 0);
        });
      const expected = [
        sums(() => 1),
        sums((row, m) => factors[row * bands + m]),
        Float64Array.from({ length: rows * bands * columns }, (_, at) => {
          const [row, place] = [Math.floor(at / bands / columns), at % (bands * columns)];
          return y(row, Math.floor(place / columns), place % columns);
        }),
      ];
      for (const [n, { allocation }] of found.entries()) {
        const actual = await readFloats(memory, allocation, expected[n].length);
        assertClose(actual, expected[n], 3e-6, ["sum", "weighted", "all"][n]);
      }
      memory.destroy();
    });
  }
}

Deno.test("bandOperator() in CP form has 2Mr + rD parameters of its own", async () => {
  const memory = new Memory(await testGpu());
  const parameters = new Parameters(memory);
  bandOperator("cp", parameters, "operator", { bands: 3, columns: 192, rank: 4, seed: 0 });
  const own = ["output", "input", "filters"].map((part) =>
    parameters.all.find(({ label }) => label === `operator.${part}`)!
  );
  assertEquals(own.reduce((sum, one) => sum + one.rows * one.columns, 0), 2 * 3 * 4 + 4 * 192);
});
