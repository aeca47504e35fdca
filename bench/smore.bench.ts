/**
 * SMORE's denoisers at the sizes of Baby (7,050 items, 64 columns, 40 neighbours): the gates of a view
 * with their gradients, `./bandpass bench bench/smore.bench.ts`.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { Program } from "../gpu/program.ts";
import { constantTensor } from "../models/parameters.ts";
import { attentionLogits } from "../models/smore/attention_gate.ts";
import { graphLogits } from "../models/smore/graph_gate.ts";
import { gateLogits, plainLogits } from "../models/smore/spectral_gate.ts";
import { fourierMatrix, inverseFourierMatrix } from "../shaders/fourier/fourier.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { uploadSparse } from "../shaders/spmm/upload.ts";
import { bench, input, next } from "./kernel_bench.ts";

const [items, dim, neighbours] = [7_050, 64, 40];
const few = dim / 4;

/** A graph of as many neighbours for every item, anywhere. */
const graph: Csr = {
  rows: items,
  columns: items,
  rowStart: Uint32Array.from({ length: items + 1 }, (_, item) => item * neighbours),
  column: Uint32Array.from(
    { length: items * neighbours },
    () => Math.floor(items * next()),
  ),
  value: new Float32Array(items * neighbours).fill(1 / neighbours),
};

/** What a denoiser and its gate are given, all of it with gradients. */
const given = (program: Program) => {
  const of = (label: string, rows: number, columns: number) => input(program, label, rows, columns);
  const matrix = (label: string, values: Float32Array) =>
    constantTensor(program.memory, label, dim, dim, values, "transforms");
  return {
    spectra: of("spectra", items, dim),
    row: of("row", 1, dim),
    gate: { weight: of("gate weight", dim, dim), bias: of("gate bias", 1, dim) },
    squeeze: { weight: of("squeeze weight", few, dim), bias: of("squeeze bias", 1, few) },
    excite: { weight: of("excite weight", dim, few), bias: of("excite bias", 1, dim) },
    transform: {
      forward: matrix("forward", fourierMatrix(dim)),
      inverse: matrix("inverse", inverseFourierMatrix(dim)),
    },
  };
};

/** Products of all items with a small matrix, and what the graph adds; the gradients take twice as much. */
const product = 2 * items * dim * dim;
const cases: [string, number, (program: Program) => Tensor][] = [
  ["none", product, (program) => {
    const { spectra, gate, transform } = given(program);
    return plainLogits(program, spectra, gate, transform);
  }],
  ["fourier", product, (program) => {
    const { spectra, row, gate, transform } = given(program);
    return gateLogits(program, spectra, { filter: row, ...gate }, transform, dim / 2 + 1);
  }],
  ["attention", 2.5 * product, (program) => {
    const { spectra, squeeze, excite, gate, transform } = given(program);
    return attentionLogits(program, spectra, { squeeze, excite, ...gate }, transform);
  }],
  ["graph", 2 * product + 2 * items * neighbours * dim, (program) => {
    const { spectra, row, gate, transform } = given(program);
    const operator = uploadSparse(program.memory, "graph", graph);
    return graphLogits(program, spectra, operator, { mix: row, ...gate }, transform);
  }],
];
for (const [denoiser, flops, append] of cases) {
  await bench(`denoiser ${denoiser} of ${items} rows, with its gradient`, { flops: 3 * flops }, (
    program,
  ) => {
    program.gradientTarget(append(program));
    program.backward();
  }, 1);
}
