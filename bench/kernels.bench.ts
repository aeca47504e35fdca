/**
 * The kernels at the sizes of Baby (19,445 users, 7,050 items, 118,551 train pairs, 64 columns):
 * `deno task bench`. The name of each row says its work, from which the rate follows.
 *
 * Time is measured around submit and the blocking map (webgpu.md, "deno bench"), ten launches a run.
 *
 * @module
 */
import { uniforms } from "../data/random.ts";
import { openGpu } from "../gpu/device.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../graph/interaction_graph.ts";
import { adam } from "../shaders/adam/adam.ts";
import { normaliseBlock, projectOut } from "../shaders/block_basis/block_basis.ts";
import { eigenBands, graphFourier } from "../shaders/eigen_bands/eigen_bands.ts";
import { fill, launchBinary, unary } from "../shaders/elementwise/elementwise.ts";
import { gather, rowList } from "../shaders/gather/gather.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import { countRanks } from "../shaders/rank/rank.ts";
import { launchSpmm, uploadSparse } from "../shaders/spmm/spmm.ts";
import { stepState } from "../shaders/step/step_state.ts";
import { topK } from "../shaders/top_k/top_k.ts";

const [users, items, pairs, dim, batch] = [19_445, 7_050, 118_551, 64, 2048];
const nodes = users + items;
const launches = 10;
const gpu = await openGpu("auto");
const next = uniforms(1);

/** Random values of a tensor. */
const values = (count: number) => Float32Array.from({ length: count }, () => 2 * next() - 1);

/** Registers a benchmark of ten times what `append` appends; `work` is one time's work. */
async function bench(
  name: string,
  work: { flops?: number; bytes?: number },
  append: (program: Program) => void,
): Promise<void> {
  const memory = new Memory(gpu);
  const program = new Program(memory, name);
  for (let n = 0; n < launches; n++) append(program);
  await program.compile();
  const source = program.memory.buffer(probes.get(program)!);
  const run = async (start: () => void, end: () => void) => {
    const staging = gpu.device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    start();
    program.submit();
    const encoder = gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(source, 0, staging, 0, 16);
    gpu.device.queue.submit([encoder.finish()]);
    // The call itself waits for the work; the promise would add the poll's 10 ms.
    const mapped = staging.mapAsync(GPUMapMode.READ);
    end();
    await mapped;
    staging.destroy();
    gpu.check();
  };
  await run(() => {}, () => {});
  const started = performance.now();
  let milliseconds = Infinity;
  for (let n = 0; n < 3; n++) {
    let from = 0;
    await run(() => from = performance.now(), () => {
      milliseconds = Math.min(milliseconds, (performance.now() - from) / launches);
    });
    if (performance.now() - started > 2000) break;
  }
  const rate = work.flops !== undefined
    ? `${(work.flops / milliseconds / 1e6).toFixed(1)} GFLOP/s`
    : `${(work.bytes! / milliseconds / 1e6).toFixed(1)} GB/s`;
  Deno.bench(`${name}, ${launches} times (${milliseconds.toFixed(2)} ms each, ${rate})`, {
    group: name.split(" ")[0],
    warmup: 1,
    n: 5,
  }, (b) => run(() => b.start(), () => b.end()));
}

const probes = new Map<Program, ReturnType<Program["buffer"]>>();
/** A buffer to wait for. */
function probed(program: Program) {
  let probe = probes.get(program);
  if (probe === undefined) probes.set(program, probe = program.buffer("probe", 16));
  return probe;
}

/** An input that is made once a program. */
const inputs = new Map<Program, Map<string, ReturnType<Program["tensor"]>>>();
function input(program: Program, label: string, rows: number, columns: number, scale = 1) {
  probed(program);
  let known = inputs.get(program);
  if (known === undefined) inputs.set(program, known = new Map());
  let tensor = known.get(label);
  if (tensor === undefined) {
    const data = values(rows * columns).map((value) => scale * value);
    tensor = program.tensor(label, rows, columns, { data, differentiable: label !== "basis" });
    known.set(label, tensor);
  }
  return tensor;
}

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
  await bench(`spmm ${nodes}×${nodes}, ${2 * pairs} entries, ${columns} columns`, {
    flops: 4 * pairs * columns,
  }, (program) => {
    const x = input(program, "x", nodes, columns);
    launchSpmm(program, graphOf(program).matrix, x, input(program, "y", nodes, columns), columns);
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

const heldOut = Uint32Array.from({ length: 2048 }, (_, n) => n % 2 ? n % items : n >> 1);
await bench("rank 1024 held-out items among 7050", { bytes: 1024 * items * 4 }, (program) => {
  const scores = input(program, "scores", 1024, 7052);
  const range = {
    pairs: program.buffer("pairs", heldOut.byteLength, heldOut),
    first: 0,
    count: 1024,
  };
  countRanks(program, scores, items, range, 0, program.buffer("ranks", 4096));
});
await bench("top_k 20 of 7050 for 1024 users", { bytes: 1024 * items * 4 }, (program) => {
  topK(program, input(program, "scores", 1024, 7052), { users: 1024, items, k: 20 });
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
