/**
 * The ops of FITMM at the sizes of TikTok (9,308 users, 6,710 items, 3 blocks of 64 columns, 3 bands, 2,048
 * rows of a batch): `./bandpass bench bench/fitmm.bench.ts`.
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";
import { cosineGaps } from "../shaders/cosine_gap/cosine_gap.ts";
import { launchProducts } from "../shaders/matmul/product_batches.ts";
import { narrowLinear } from "../shaders/narrow_linear/narrow_linear.ts";
import { applyBands } from "../shaders/orthogonal_bands/apply_bands.ts";
import { bandBasis } from "../shaders/orthogonal_bands/orthogonal_bands.ts";
import { wienerGains } from "../shaders/wiener_gain/wiener_gain.ts";
import { bench, input } from "./kernel_bench.ts";

const [users, items, blocks, width, bands, batch] = [9308, 6710, 3, 64, 3, 2048];
const columns = blocks * width;
/** Products of rows of a block's width with a matrix of that size. */
const products = (rows: number, count: number) => 2 * rows * width * width * blocks * count;

/** The tables whose directions are wanted: both sides, and as much again for their graph parts. */
const sources = (program: Program) =>
  [users, items, users, items].map((rows, n) => ({
    table: input(program, `table ${n}`, rows, columns),
  }));

await bench(
  `directions of ${4 * blocks} tables of ${width} columns`,
  { flops: products(2 * (users + items), 1) },
  (program) => {
    bandBasis(program, sources(program), { blocks, bands });
  },
  1,
);

// Tables of so few rows that their eigenpairs take the time.
await bench(
  `eigenpairs of ${4 * blocks} matrices of ${width} columns`,
  { bytes: 8 * blocks * width * width * 4 },
  (program) => {
    const few = Array.from({ length: 4 }, (_, n) => ({
      table: input(program, `few rows ${n}`, 2 * width, columns),
    }));
    bandBasis(program, few, { blocks, bands });
  },
  1,
);

await bench(
  `matmul of ${4 * blocks} pairs of matrices of ${width} columns`,
  { flops: products(width, 4) },
  (program) => {
    const [a, b, c] = ["a", "b", "c"].map((label) =>
      input(program, `${label} of pairs`, 4 * blocks * width, width)
    );
    const bytes = width * width * 4;
    const all = Array.from({ length: 4 * blocks }, (_, n) => {
      const [own, other, product] = [a, b, c].map(({ allocation }) => ({
        allocation,
        offset: n * bytes,
        bytes,
      }));
      return { a: own, b: other, c: product, m: width, n: width, k: width };
    });
    launchProducts(program, all);
  },
);

await bench(
  `gains of the directions of ${4 * blocks} tables`,
  { flops: products(2 * (users + items), 2) },
  (program) => {
    const tables = sources(program);
    const related = { table: input(program, "related", users, columns) };
    const gains = (inputs: Parameters<typeof wienerGains>[1]) =>
      wienerGains(program, inputs, [
        { source: 0, counterpart: 1, rows: tables[0], related, gains: "both" },
        { source: 2, counterpart: 3, rows: tables[2], related, gains: "both" },
      ], { blocks, beta: 100 });
    bandBasis(program, tables, { blocks, bands, gains });
  },
  1,
);

for (const backward of [false, true]) {
  await bench(
    `bands of ${batch} rows${backward ? ", with their gradient" : ""}`,
    { flops: products(batch, (bands - 1) * (backward ? 3 : 1)) },
    (program) => {
      const [x, table] = [
        input(program, "x", batch, columns),
        input(program, "table", 64, columns),
      ];
      const basis = bandBasis(program, [{ table }], { blocks, bands });
      const cut = applyBands(program, basis, [{ x, source: 0 }], "rows");
      if (!backward) return;
      program.gradientTarget(cut);
      program.backward();
    },
    1,
  );
}

await bench(
  `cosines of ${bands} bands of ${batch} rows`,
  { bytes: bands * batch * columns * 4 },
  (program) => {
    const cut = input(program, "bands", batch, bands * columns);
    const pairs = [[0, columns], [0, 2 * columns], [columns, 2 * columns]] as const;
    cosineGaps(program, cut, pairs, { width: columns, factor: 2, label: "gaps" });
  },
);

await bench(
  `gates of ${users} nodes`,
  { bytes: users * columns * 4 },
  (program) => {
    const layer = {
      weight: input(program, "weight", bands, columns),
      bias: input(program, "bias", 1, bands),
    };
    narrowLinear(program, input(program, "rep", users, columns), layer, {
      firstRow: 0,
      rows: users,
    });
  },
);
