/**
 * Fourier fusion's spectra and gates (SMORE, methods.md, §3, steps 1 to 3).
 *
 * A projection, the transform, a filter and a gate are linear up to the sigmoid, and the projected
 * features are read as spectra alone. So small matrices are multiplied first and items as few times as
 * can be: with F the packed transform, the spectrum of `x = V·Wᵀ+b` is `V·(FᵀW)ᵀ + b·F`; with
 * `c = p·Kᵀ` its inverse, the gate `G·c` of a spectrum p filtered by w is `p·((G·K)⊙conj(w))ᵀ`.
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { linear } from "../../shaders/linear/linear.ts";
import { matmul } from "../../shaders/matmul/matmul.ts";
import { spectralProduct } from "../../shaders/fourier/fourier.ts";

/** A linear layer of a view; of its gate, the weight is G. */
export interface LinearLayer {
  /** The weight, `out×in`. */
  readonly weight: Tensor;
  /** The bias, `1×out`. */
  readonly bias: Tensor;
}

/** A complex filter and the linear layer behind it. */
export interface SpectralGate extends LinearLayer {
  /** The filter w, packed, `1×d`. */
  readonly filter: Tensor;
}

/** The constant matrices of the transform. */
export interface Transform {
  /** F: the packed spectrum of x is `x·F`. */
  readonly forward: Tensor;
  /** K: the signal of a packed p is `p·Kᵀ`. */
  readonly inverse: Tensor;
}

/**
 * The packed spectra of projected features.
 *
 * @param program The program.
 * @param table The features V, `rows×columns`.
 * @param projection Weight `d×columns` and bias `1×d`.
 * @param transform The transform.
 * @returns `rows×d`.
 */
export function projectedSpectra(
  program: Program,
  table: Tensor,
  projection: LinearLayer,
  { forward }: Transform,
): Tensor {
  const weight = matmul(program, forward, projection.weight, { transposeA: true });
  const bias = matmul(program, projection.bias, forward);
  return linear(program, table, weight, bias, { label: `spectra of ${table.label}` });
}

/**
 * The logits of the gate of filtered spectra.
 *
 * @param program The program.
 * @param spectra `rows×d`, packed.
 * @param gate The filter and the gate.
 * @param transform The transform.
 * @param bins Bins that are kept, from the lowest.
 * @returns `rows×d`.
 */
export function gateLogits(
  program: Program,
  spectra: Tensor,
  gate: SpectralGate,
  { inverse }: Transform,
  bins: number,
): Tensor {
  const weight = spectralProduct(program, matmul(program, gate.weight, inverse), gate.filter, {
    conjugate: true,
    bins,
  });
  return linear(program, spectra, weight, gate.bias, { label: `gate of ${spectra.label}` });
}

/**
 * The logits of the gate of spectra that nothing filters, `G·x + b`.
 *
 * @param program The program.
 * @param spectra `rows×d`, packed: those of x.
 * @param gate The gate.
 * @param transform The transform.
 * @returns `rows×d`.
 */
export function plainLogits(
  program: Program,
  spectra: Tensor,
  { weight, bias }: LinearLayer,
  { inverse }: Transform,
): Tensor {
  const label = `gate of ${spectra.label}`;
  return linear(program, spectra, matmul(program, weight, inverse), bias, { label });
}
