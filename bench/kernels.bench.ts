/**
 * The kernels at the sizes of Baby (19,445 users, 7,050 items, 118,551 train pairs, 64 columns):
 * `./bandpass bench`. The name of each row says its work, from which the rate follows.
 *
 * @module
 */
import type { Program } from "../gpu/program.ts";
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../graph/interaction_graph.ts";
import { adam } from "../shaders/adam/adam.ts";
import { bprLossOfRows } from "../shaders/bpr_loss/bpr_loss_of_rows.ts";
import { normaliseBlock, projectOut } from "../shaders/block_basis/block_basis.ts";
import { addToInverted, invertSymmetric } from "../shaders/cholesky_inverse/cholesky_inverse.ts";
import {
  shiftDiagonal,
  type SymmetricMatrix,
  symmetricMatrix,
} from "../shaders/cholesky_inverse/symmetric_matrix.ts";
import { sumDenseRows } from "../shaders/dense_row_sum/dense_row_sum.ts";
import { eigenBands, graphFourier } from "../shaders/eigen_bands/eigen_bands.ts";
import { fill, launchBinary, unary } from "../shaders/elementwise/elementwise.ts";
import { gather } from "../shaders/gather/gather.ts";
import { rowList } from "../shaders/gather/row_lists.ts";
import { scoresFromNearest, uploadNearest } from "../shaders/from_nearest/from_nearest.ts";
import { placeLists } from "../shaders/list_columns/list_columns.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import { PairList } from "../shaders/rank/pair_list.ts";
import { countRanks } from "../shaders/rank/rank.ts";
import { candidatesTogether, countWeightedRanks } from "../shaders/rank/weighted_ranks.ts";
import { launchSpmm } from "../shaders/spmm/spmm.ts";
import { uploadSparse } from "../shaders/spmm/upload.ts";
import { LossTerms } from "../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../shaders/common/step/step_state.ts";
import { standardiseRows } from "../shaders/standardise/standardise.ts";
import { sumSparseRows } from "../shaders/sparse_row_sum/sparse_row_sum.ts";
import { launchTranspose } from "../shaders/transpose/transpose.ts";
import { topK } from "../shaders/top_k/top_k.ts";
import { bench, input, next, probed } from "./kernel_bench.ts";

const [users, items, pairs, dim, batch] = [19_445, 7_050, 118_551, 64, 2048];
const nodes = users + items;
/** A bipartite graph of Baby's size whose item degrees fall as a power of their rank. */
const interactions = (() => {
  const seen = new Set<number>();
  while (seen.size < pairs) {
    const item = Math.min(items - 1, Math.floor(items * next() ** 2.5));
    seen.add(Math.floor(users * next()) * items + item);
  }
  const keys = Array.from(seen);
  return {
    users: Uint32Array.from(keys, (key) => Math.floor(key / items)),
    items: Uint32Array.from(keys, (key) => key % items),
  };
})();
const adjacency = bipartiteAdjacency(
  normalisedInteractions(interactionMatrix(interactions, users, items), 0),
);
const graphs = new Map<Program, ReturnType<typeof uploadSparse>>();
const graphOf = (program: Program) => {
  let graph = graphs.get(program);
  if (graph === undefined) {
    graph = uploadSparse(program.memory, "graph", adjacency, { symmetric: true });
    graphs.set(program, graph);
  }
  return graph;
};

for (const columns of [8, dim]) {
  // Back and forth, for what is read through a texture is copied there once for launches that read the same.
  let operands = ["x", "y"];
  await bench(`spmm ${nodes}×${nodes}, ${2 * pairs} entries, ${columns} columns`, {
    flops: 4 * pairs * columns,
  }, (program) => {
    const [x, y] = operands.map((label) => input(program, label, nodes, columns));
    launchSpmm(program, graphOf(program).matrix, x, y, columns);
    operands = operands.toReversed();
  });
}

const products = [
  ["AB", users, dim, dim, false, false],
  ["ABᵀ", 1024, 7052, dim, false, true],
  ["AᵀB", dim, dim, users, true, false],
  ["AᵀB", dim, 4096, items, true, false],
  ["AᵀBᵀ", 512, 512, 512, true, true],
] as const;
for (const [form, m, n, k, transposeA, transposeB] of products) {
  await bench(`matmul ${form} ${m}×${n}×${k}`, { flops: 2 * m * n * k }, (program) => {
    const a = input(program, "a", m, k);
    const b = input(program, "b", k, n);
    const c = input(program, "c", m, n);
    launchProduct(program, { a, b, c, m, n, k, transposeA, transposeB });
  });
}

const batchRows = Uint32Array.from({ length: batch }, () => Math.floor(nodes * next()));
await bench(`gather ${batch} of ${nodes} rows of ${dim}`, { bytes: batch * dim * 8 }, (program) => {
  gather(program, input(program, "table", nodes, dim), rowList(program, "rows", batch, batchRows));
});
await bench(`gather's gradient, ${batch} of ${nodes} rows of ${dim}, order and zeros included`, {
  bytes: batch * dim * 8 + nodes * dim * 4,
}, (program) => {
  const table = { ...input(program, "table", nodes, dim) };
  const y = gather(program, table, rowList(program, "rows", batch, batchRows));
  program.gradientTarget(y);
  program.backward();
});

await bench(`elementwise fill ${nodes}×${dim}`, { bytes: nodes * dim * 4 }, (program) => {
  fill(program, input(program, "x", nodes, dim), 0);
});
await bench(`elementwise sigmoid ${nodes}×${dim}`, { bytes: nodes * dim * 8 }, (program) => {
  unary(program, "sigmoid", input(program, "x", nodes, dim));
});
await bench(`elementwise a⊙b ${nodes}×${dim}`, { bytes: nodes * dim * 12 }, (program) => {
  const [a, b, c] = ["a", "b", "c"].map((label) => input(program, label, nodes, dim));
  launchBinary(program, { a, b, c, count: nodes * dim, multiply: true });
});
await bench(`adam ${nodes}×${dim}`, { bytes: nodes * dim * 28 }, (program) => {
  const parameter = { ...input(program, "parameter", nodes, dim) };
  program.gradientTarget(parameter);
  const state = stepState(program, {
    seed: 0,
    step: 0,
    epochStep: 0,
    epochRows: batch,
    batchSize: batch,
  });
  adam(program, [parameter], state, { stepsPerEpoch: 1 });
});

const heldOut = Array.from({ length: 1024 }, (_, n) => Uint32Array.of((2 * n + 1) % items));
// Rows are read twice and their gradients written once.
await bench(`bpr loss of ${batch} rows of ${dim}, with its gradients`, {
  bytes: batch * dim * 36,
}, (program) => {
  const settings = { seed: 0, step: 0, epochStep: 0, epochRows: pairs, batchSize: batch };
  const losses = new LossTerms(program, stepState(program, settings));
  const [user, positive, negative] = ["user", "positive", "negative"].map((label) =>
    input(program, label, batch, dim)
  );
  bprLossOfRows(losses, user, positive, negative);
  program.backward();
});

await bench("rank 1024 held-out items among 7050", { bytes: 1024 * items * 4 }, (program) => {
  const scores = input(program, "scores", 1024, 7052);
  const pairs = new PairList(program, "pairs", 1024, heldOut);
  countRanks(program, scores, items, pairs, program.buffer("ranks", 4096));
});
await bench("top_k 20 of 7050 for 1024 users", { bytes: 1024 * items * 4 }, (program) => {
  topK(program, input(program, "scores", 1024, 7052), { users: 1024, items, k: 20 });
});

// A block of users with ten items each.
const listed = 10;
const words = (program: Program, label: string, length: number, value: (n: number) => number) => {
  const data = Uint32Array.from({ length }, (_, n) => value(n));
  return program.buffer(label, data.byteLength, data);
};
const listsOf = (program: Program, count: number) => ({
  count,
  start: words(program, "list starts", count + 1, (n) => n * listed),
  rows: words(program, "lists", count * listed, (n) => (n * 97) % items),
});

// Blends: the scores of a member, and 24 sums of those of three.
await bench(`standardise 1024×${items}`, { bytes: 1024 * items * 8 }, (program) => {
  const [x, y] = ["x", "y"].map((label) => input(program, label, 1024, 7052));
  standardiseRows(program, x, listsOf(program, 1024), items, y);
});
const [sums, parts] = [24, 3];
await bench(`rank 1024 held-out items among ${items} by ${sums} sums of ${parts} scores`, {
  flops: 2 * 1024 * items * sums * parts,
}, (program) => {
  const pairs = new PairList(program, "pairs", 1024, heldOut);
  const fours = sums / candidatesTogether;
  const ranks = program.buffer("ranks", sums * 1024 * 4);
  const scores = {
    scores: input(program, "scores", parts * 1024, 7052).allocation,
    ...{ partStride: 1024 * 7052, parts, stride: 7052, items },
    weights: input(program, "weights", fours, parts * candidatesTogether),
    candidates: words(program, "candidates", 1, () => sums),
  };
  countWeightedRanks(program, scores, pairs, ranks, 1024);
});

// ItemKNN: 200 similar items of each item.
const similar = 200;
await bench(`sums of ${listed} rows of ${similar} entries among ${items} for 1024 users`, {
  bytes: 1024 * (items + 3 * listed * similar) * 4,
}, (program) => {
  const matrix = {
    rows: items,
    columns: items,
    longest: similar,
    rowStart: words(program, "row starts", items + 1, (n) => n * similar),
    column: words(
      program,
      "columns",
      items * similar,
      (n) => (n * 31 + Math.floor(n / similar)) % items,
    ),
    value: input(program, "values", items, similar).allocation,
  };
  sumSparseRows(program, listsOf(program, 1024), matrix, input(program, "scores", 1024, 7052));
});

// Scores of a tenth of the items as the means of five others.
await bench(`scores of ${Math.floor(items / 10)} items from 5 others for 1024 users`, {
  bytes: 1024 * Math.floor(items / 10) * 6 * 4,
}, (program) => {
  const count = Math.floor(items / 10);
  const lists = uploadNearest(program.memory, {
    items: Uint32Array.from({ length: count }, (_, n) => 10 * n),
    nearest: Uint32Array.from(
      { length: 5 * count },
      (_, n) => 10 * ((n * 31) % count) + 1 + n % 9,
    ),
  });
  scoresFromNearest(program, lists, input(program, "scores", 1024, 7052));
});

// Filters: 256 eigenvectors of items; users in columns and back.
await bench(`sums of ${listed} rows of 256 columns for 1024 users`, {
  bytes: 1024 * (listed + 1) * 256 * 4,
}, (program) => {
  const table = input(program, "eigenvectors", items, 256);
  sumDenseRows(program, listsOf(program, 1024), table, input(program, "spectra", 1024, 256));
});
await bench(`place lists of ${listed} items in ${items}×${dim}`, {
  bytes: items * dim * 4,
}, (program) => placeLists(program, listsOf(program, dim), 0, input(program, "x", items, dim)));
await bench(`transpose ${items}×${dim} into rows of scores, added`, {
  bytes: 3 * items * dim * 4,
}, (program) => {
  const [x, y] = [input(program, "x", items, dim), input(program, "y", dim, 7052)];
  launchTranspose(program, x, y, { accumulate: true });
});

// The search for 256 eigenpairs on the smaller side, and what SSR does with them on all nodes.
const [eigenpairs, basisColumns, block] = [256, 640, 16];
await bench(`orthogonalise ${block} columns twice against ${basisColumns}, ${items} rows`, {
  flops: 2 * 4 * items * basisColumns * block,
}, (program) => {
  // So small that what is projected out does not grow.
  const basis = input(program, "basis", items, basisColumns, 1e-3);
  const [x, y] = ["x", "y"].map((label) => input(program, label, items, block));
  const coefficients = input(program, "coefficients", basisColumns, block);
  const square = (label: string) => input(program, label, block, block);
  const lengths = { tensor: input(program, "lengths", 1, block), first: 0 };
  const factor = { factor: square("factor"), inverse: square("inverse"), lengths };
  const removed = { coefficients, columns: basisColumns };
  projectOut(program, basis, basisColumns, x, coefficients);
  normaliseBlock(program, x, y, factor, "first", removed);
  projectOut(program, basis, basisColumns, y, coefficients);
  normaliseBlock(program, y, x, factor, "second", removed);
});
const signalBasis = (program: Program) => input(program, "basis", nodes, eigenpairs, 1e-2);
await bench(`projection ${nodes}×${dim} on ${eigenpairs} eigenvectors`, {
  flops: 2 * nodes * eigenpairs * dim,
}, (program) => {
  graphFourier(program, signalBasis(program), [input(program, "x", nodes, dim)]);
});
await bench(`projection ${nodes}×${dim} in 3 bands of equal energy`, {
  flops: 4 * nodes * eigenpairs * dim,
}, (program) => {
  const x = input(program, "x", nodes, dim);
  eigenBands(program, signalBasis(program), [x], { bands: 3, borders: "energy" });
});

// EASE's inverse, and what 256 columns of features take after it; the matrices are the identity, whose inverse it is.
const matrices = new Map<Program, SymmetricMatrix>();
const identity = (program: Program, size: number) => {
  let matrix = matrices.get(program);
  if (matrix === undefined) {
    probed(program);
    matrices.set(program, matrix = symmetricMatrix(program.memory, "matrix", size));
  }
  shiftDiagonal(program, matrix, 1);
  return matrix;
};
for (const size of [1024, 4096]) {
  await bench(`cholesky_inverse ${size}×${size}`, { flops: size ** 3 }, (program) => {
    invertSymmetric(program, identity(program, size));
  }, 1);
  const flops = size * size * 256 * 3;
  await bench(`cholesky_inverse ${size}×${size}, 256 rows added`, { flops }, (program) => {
    addToInverted(program, identity(program, size), input(program, "x", 256, size, 1e-3));
  }, 1);
}
