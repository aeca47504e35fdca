/**
 * Rows by hops on the interaction graph: LightGCN's mean, taken apart (methods.md, §2).
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { add, unary } from "../../shaders/elementwise/elementwise.ts";
import type { SparseOperator } from "../../shaders/spmm/device_matrix.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import type { FirstHop, RowPart } from "../model.ts";

/** A mean of propagations. */
export interface HopsSource {
  /** Â, `(U+I)×(U+I)`. */
  readonly adjacency: SparseOperator;
  /** Its block of users and items, `U×I`. */
  readonly weights: Csr;
  /** E⁰, the rows of users and, below them, items. */
  readonly nodes: Tensor;
  /** The number L of layers. */
  readonly layers: number;
}

/** The terms of the mean. */
export interface Hops {
  /** Those of users. */
  readonly users: RowPart[];
  /** Those of items. */
  readonly items: RowPart[];
  /** What users have of the items that they took: the last product with Â, entry by entry. */
  readonly hop: FirstHop;
}

/**
 * `Âˡ·E⁰/(L+1)` for l from 0 to L, whose sum is LightGCN's mean; and `Σ_{l<L} Âˡ·E⁰/(L+1)`, of which users have the
 * sum over their items, with the entries of Â.
 *
 * @param program The program.
 * @param source The graph, and the rows.
 */
export function hopsOf(program: Program, source: HopsSource): Hops {
  const { adjacency, weights, layers } = source;
  const first = termsOf(program, source);
  const hop = sumOf(program, first, weights);
  const terms = layers === 0 ? first : [...first, spmm(program, adjacency, first[layers - 1])];
  const { rows: users, columns: items } = weights;
  const parts = (firstRow: number, rows: number) =>
    terms.map((table, n) => ({ name: hopName(n), rows: { table, firstRow, rows } }));
  return {
    users: parts(0, users),
    items: parts(users, items),
    hop,
  };
}

/**
 * The {@linkcode Hops.hop} alone, which needs no last product.
 *
 * @param program The program.
 * @param source The graph, and the rows.
 */
export function firstHop(program: Program, source: HopsSource): FirstHop {
  return sumOf(program, termsOf(program, source), source.weights);
}

/** The terms of the mean before the last, which is that of l = 0 where there are no layers. */
function termsOf(program: Program, { adjacency, nodes, layers }: HopsSource): Tensor[] {
  const terms = [unary(program, "affine", nodes, { alpha: 1 / (layers + 1) })];
  for (let hop = 1; hop < layers; hop++) terms.push(spmm(program, adjacency, terms[hop - 1]));
  return terms;
}

function sumOf(program: Program, terms: readonly Tensor[], weights: Csr): FirstHop {
  const { rows: users, columns: items } = weights;
  const messages = terms.reduce((sum, term) => add(program, sum, term));
  return {
    own: { table: terms[0], firstRow: 0, rows: users },
    messages: { table: messages, firstRow: users, rows: items },
    weights,
  };
}

function hopName(hops: number): string {
  if (hops === 0) return "own row";
  return hops === 1 ? "1 hop" : `${hops} hops`;
}
