/**
 * Measures the eigensolver: against reference eigenvalues, or over graphs of growing size.
 *
 * Usage: ./bandpass bench-spectrum --data-dir ../shared/data --reference ../shared/reference
 *        ./bandpass bench-spectrum --nodes 10000,30000,100000,300000 --eigenpairs 64
 *
 * With --arpack each is also solved by SciPy's ARPACK on one thread (python3 with scipy).
 *
 * @module
 */
import process from "node:process";
import type { Csr } from "../algebra/csr.ts";
import { uniforms } from "../algebra/random_sequence.ts";
import { readDataset } from "../data/folder.ts";
import { readTextStream } from "../data/regular_file.ts";
import { openGpu } from "../gpu/device.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { bipartiteAdjacency, interactionMatrix } from "../graph/interaction_graph.ts";
import { graphSpectrum } from "../graph/spectrum.ts";
import type { GraphSpectrum } from "../graph/spectrum_plan.ts";
import { benchArguments, count } from "./bench_arguments.ts";

const { values: flags } = benchArguments(import.meta.url, {
  options: {
    "data-dir": { type: "string", default: "datasets" },
    reference: { type: "string" },
    datasets: { type: "string", default: "tiktok,baby,sports" },
    nodes: { type: "string", default: "" },
    eigenpairs: { type: "string", default: "64" },
    arpack: { type: "boolean", default: false },
  },
});

/** An eigenvalue this near to 1 is that of a component. */
const one = 1e-6;

/** Wall-clock and processor seconds; the latter do not depend on what else runs. */
interface Seconds {
  readonly wall: number;
  readonly processor: number;
}

const secondsText = (seconds: Seconds | undefined) =>
  seconds === undefined ? "" : `${seconds.wall.toFixed(1)} / ${seconds.processor.toFixed(1)}`;

/** Eigenpairs, and what they took here and by ARPACK. */
async function measured(
  gpu: Gpu,
  graph: Csr,
  eigenpairs: number,
): Promise<{ found: GraphSpectrum; ours: Seconds; arpack?: Seconds }> {
  const arpack = flags.arpack ? await arpackSeconds(graph, eigenpairs) : undefined;
  const before = process.cpuUsage();
  const found = await graphSpectrum(gpu, graph, { eigenpairs });
  const { user, system } = process.cpuUsage(before);
  return { found, ours: { wall: found.seconds, processor: (user + system) / 1e6 }, arpack };
}

/** Â's largest eigenvalues by ARPACK in f64, one thread, as the reference was made. */
const arpackScript = `
import sys, time, numpy as np, scipy.sparse as sp
from scipy.sparse.linalg import eigsh
words = np.frombuffer(sys.stdin.buffer.read(), np.uint32)
n, k = int(sys.argv[1]), int(sys.argv[2])
start, column = words[: n + 1], words[n + 1 :]
a = sp.csr_matrix((np.ones(len(column)), column, start), shape=(n, n))
degree = np.asarray(a.sum(1)).ravel()
d = sp.diags(np.where(degree > 0, 1 / np.sqrt(np.maximum(degree, 1)), 0))
wall, processor = time.time(), time.process_time()
eigsh((d @ a @ d).tocsr(), k=k, which="LA", tol=1e-10)
print(time.time() - wall, time.process_time() - processor)
`;

async function arpackSeconds(graph: Csr, eigenpairs: number): Promise<Seconds> {
  const arpack = new Deno.Command("python3", {
    args: ["-c", arpackScript, String(graph.rows), String(eigenpairs)],
    env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    ...{ stdin: "piped", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const writer = arpack.stdin.getWriter();
  for (const words of [graph.rowStart, graph.column]) {
    await writer.write(new Uint8Array(words.buffer as ArrayBuffer));
  }
  await writer.close();
  const { success, stdout } = await arpack.output();
  if (!success) throw new Error("ARPACK failed: python3 with scipy is needed");
  const [wall, processor] = new TextDecoder().decode(stdout).split(" ").map(Number);
  return { wall, processor };
}

/** A line of a table in Markdown. */
const row = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
const head = (cells: readonly string[]) => {
  row(cells);
  row(cells.map(() => "---"));
};
const greatest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, value), 0).toExponential(1);
async function againstReference(gpu: Gpu, folder: string): Promise<void> {
  head([
    ...["dataset", "K", "ones", "ones of ARPACK", "others compared", "greatest difference"],
    ...[
      "residual",
      "VᵀV−I",
      "restarts",
      "products",
      "s: wall / processor",
      "ARPACK here",
      "ARPACK in the file",
    ],
  ]);
  for (const name of flags.datasets.split(",")) {
    const { train, users, items } = await readDataset(`${flags["data-dir"]}/${name}`);
    const graph = bipartiteAdjacency(interactionMatrix(train, users, items));
    const file = JSON.parse(await readTextStream(`${folder}/spectrum_${name}.json`, 2 ** 24));
    const reference: number[] = file.eigenvalues_descending;
    const { found, ours: seconds, arpack } = await measured(gpu, graph, reference.length);
    // ARPACK misses copies of the repeated eigenvalue 1, so the others are compared in order.
    const [ours, theirs] = [Array.from(found.values), reference].map((values) =>
      values.filter((value) => value < 1 - one)
    );
    const compared = Math.min(ours.length, theirs.length);
    const differences = ours.slice(0, compared).map((value, k) => Math.abs(value - theirs[k]));
    row([
      ...[name, reference.length, found.values.length - ours.length],
      ...[reference.length - theirs.length, compared, greatest(differences)],
      ...[greatest(found.residuals), found.orthogonality.toExponential(1)],
      ...[found.restarts, found.products, secondsText(seconds), secondsText(arpack)],
      file.seconds_1_thread,
    ]);
  }
}

/**
 * A bipartite graph with as many users, items and edges for its nodes as Baby, whose item degrees fall as
 * a power of their rank and whose users have at least 4 items.
 */
function powerLawGraph(nodes: number): Csr {
  const users = Math.round(nodes * 0.734);
  const items = nodes - users;
  const next = uniforms(nodes);
  const pairs: { users: number[]; items: number[] } = { users: [], items: [] };
  for (let user = 0; user < users; user++) {
    const chosen = new Set<number>();
    // Four and a geometric rest: 6.1 in the mean.
    let degree = 4;
    while (next() < 0.675) degree++;
    while (chosen.size < Math.min(degree, items)) {
      chosen.add(Math.min(items - 1, Math.floor(items * next() ** 2.5)));
    }
    for (const item of chosen) {
      pairs.users.push(user);
      pairs.items.push(item);
    }
  }
  return bipartiteAdjacency(interactionMatrix(
    { users: Uint32Array.from(pairs.users), items: Uint32Array.from(pairs.items) },
    users,
    items,
  ));
}

async function overSizes(gpu: Gpu, sizes: readonly number[], eigenpairs: number): Promise<void> {
  head([
    ...["nodes", "edges", "components", "λ of the last", "residual", "VᵀV−I", "restarts"],
    ...["products", "s: wall / processor", "ARPACK here"],
  ]);
  for (const nodes of sizes) {
    const graph = powerLawGraph(nodes);
    const { found, ours, arpack } = await measured(gpu, graph, eigenpairs);
    row([
      ...[nodes.toLocaleString("en"), (graph.column.length / 2).toLocaleString("en")],
      ...[found.components, found.values[eigenpairs - 1].toFixed(4)],
      ...[greatest(found.residuals), found.orthogonality.toExponential(1), found.restarts],
      ...[found.products, secondsText(ours), secondsText(arpack)],
    ]);
  }
}

const gpu = await openGpu("auto");
console.log(`Block Lanczos on "${gpu.name}"\n`);
if (flags.reference !== undefined) await againstReference(gpu, flags.reference);
const sizes = flags.nodes.split(",").filter((text) => text !== "").map((text) =>
  count("nodes", text)
);
if (sizes.length > 0) await overSizes(gpu, sizes, count("eigenpairs", flags.eigenpairs));
await gpu.close();
