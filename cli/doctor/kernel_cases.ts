/**
 * What `doctor --tune` measures of each family of kernels: shapes that training and lists have.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";
import type { KernelFamily } from "../../gpu/kernel_choices.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import {
  bipartiteAdjacency,
  interactionMatrix,
  normalisedInteractions,
} from "../../graph/interaction_graph.ts";
import { launchProduct } from "../../shaders/matmul/matmul.ts";
import { sumAll } from "../../shaders/reduce/reduce.ts";
import { launchSpmm } from "../../shaders/spmm/spmm.ts";
import { uploadSparse } from "../../shaders/spmm/upload.ts";
import { topK } from "../../shaders/top_k/top_k.ts";

/** One thing that is measured. */
export interface KernelCase {
  /** The family that it is of. */
  readonly family: KernelFamily;
  /** What it is. */
  readonly name: string;
  /** Appends it. */
  readonly append: (program: Program) => void;
}

/** Rows of the graph, and of the tables that are multiplied. */
const nodes = 8192;

function randomTensor(program: Program, label: string, rows: number, columns: number): Tensor {
  const next = uniforms(rows + columns);
  const data = Float32Array.from({ length: rows * columns }, () => 2 * next() - 1);
  return program.tensor(label, rows, columns, { data, differentiable: false });
}

function productCase(
  ...[m, n, k, transposeA, transposeB]: [number, number, number, boolean, boolean]
): KernelCase {
  const form = `${transposeA ? "Aᵀ" : "A"}${transposeB ? "Bᵀ" : "B"}`;
  return {
    family: "products",
    name: `${form} ${m}×${n}×${k}`,
    append(program) {
      const a = randomTensor(program, "a", transposeA ? k : m, transposeA ? m : k);
      const b = randomTensor(program, "b", transposeB ? n : k, transposeB ? k : n);
      const c = program.tensor("c", m, n, { differentiable: false });
      launchProduct(program, { a, b, c, m, n, k, transposeA, transposeB });
    },
  };
}

function sparseCase(columns: number): KernelCase {
  return {
    family: "sparseProducts",
    name: `graph of ${nodes} nodes × ${columns} columns`,
    append(program) {
      const next = uniforms(columns);
      const [users, items] = [nodes * 3 / 4, nodes / 4];
      // Few items have most of the interactions.
      const pairs = Array.from({ length: 4 * nodes }, () => ({
        user: Math.floor(users * next()),
        item: Math.floor(items * next() ** 2.5),
      }));
      const interactions = {
        users: Uint32Array.from(pairs, ({ user }) => user),
        items: Uint32Array.from(pairs, ({ item }) => item),
      };
      const adjacency = bipartiteAdjacency(
        normalisedInteractions(interactionMatrix(interactions, users, items), 0),
      );
      const x = randomTensor(program, "x", nodes, columns);
      const y = program.tensor("y", nodes, columns, { differentiable: false });
      const { matrix } = uploadSparse(program.memory, "graph", adjacency, { symmetric: true });
      launchSpmm(program, matrix, x, y, columns);
    },
  };
}

function sumCase(rows: number): KernelCase {
  return {
    family: "sums",
    name: `squares of ${rows}×64`,
    append(program) {
      const x = randomTensor(program, "x", rows, 64);
      sumAll(program, x, program.buffer("sum", 4), 0, { count: rows * 64, square: true });
    },
  };
}

function listCase(users: number, k: number): KernelCase {
  const items = 7052;
  return {
    family: "lists",
    name: `${k} of ${items} for ${users} users`,
    append(program) {
      topK(program, randomTensor(program, "scores", users, items), { users, items, k });
    },
  };
}

/** All cases; those of a family stand together. */
export const kernelCases: readonly KernelCase[] = [
  productCase(nodes, 64, 64, false, true),
  productCase(64, 64, nodes, true, false),
  productCase(2048, 64, 4096, false, true),
  productCase(64, 4096, 2048, true, false),
  productCase(1024, 4096, 64, false, true),
  sparseCase(64),
  sparseCase(128),
  sumCase(nodes),
  listCase(512, 20),
  listCase(64, 100),
];
