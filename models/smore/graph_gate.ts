/**
 * A gate whose features are smoothed over the item graph, a low-pass filter along items (Nt and Maehara,
 * 2019, arXiv 1905.09550), which stands for SMORE's Fourier filter along columns (methods.md, §3, step 2).
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { add, unary } from "../../shaders/elementwise/elementwise.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { matmul } from "../../shaders/matmul/matmul.ts";
import { scaleColumns } from "../../shaders/scale/scale.ts";
import type { SparseOperator } from "../../shaders/spmm/device_matrix.ts";
import { spmm } from "../../shaders/spmm/spmm.ts";
import type { LinearLayer, Transform } from "./spectral_gate.ts";

/** How much of the neighbours' features is taken, and the linear layer behind it. */
export interface GraphGate extends LinearLayer {
  /** The logits of the shares μ of the neighbours, one a column, `1×d`. */
  readonly mix: Tensor;
}

/**
 * The logits of the gate, `G·((1−μ) ⊙ x + μ ⊙ A·x) + b` with μ = σ(mix). The graph mixes rows, the
 * transform columns, so the graph is applied to spectra; and the shares go into small matrices:
 * `x·((1−μ)⊙G)ᵀ + A·x·(μ⊙G)ᵀ + b`.
 *
 * @param program The program.
 * @param spectra `rows×d`, packed: those of x.
 * @param graph A, `rows×rows`.
 * @param layers The shares and the gate.
 * @param transform The transform.
 * @returns `rows×d`.
 */
export function graphLogits(
  program: Program,
  spectra: Tensor,
  graph: SparseOperator,
  { mix, weight, bias }: GraphGate,
  { inverse }: Transform,
): Tensor {
  const smoothing = scaleColumns(program, weight, unary(program, "sigmoid", mix));
  const keeping = add(program, weight, smoothing, { beta: -1 });
  const own = linear(program, spectra, matmul(program, keeping, inverse), bias);
  const smooth = spmm(program, graph, spectra);
  const neighbours = linear(program, smooth, matmul(program, smoothing, inverse), undefined);
  return add(program, own, neighbours, { label: `gate of ${spectra.label}` });
}
