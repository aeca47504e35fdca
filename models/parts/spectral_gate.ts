/**
 * Fourier fusion's gates (SMORE, methods.md, §3, steps 2 and 3).
 *
 * The filtered features `c = irfft(rfft(x)⊙w)` are read by the gate `σ(G·c+b)` alone, and everything
 * before the sigmoid is linear in x. So filter and gate are multiplied first, as d×d matrices, and
 * items are multiplied once instead of three times: with F the packed transform and `c = p·Kᵀ` its
 * inverse, `G·c` of a packed spectrum p filtered by w is `p·((G·K)⊙conj(w))ᵀ`.
 *
 * @module
 */
import type { Program, Tensor } from "../../gpu/program.ts";
import { linear, matmul } from "../../shaders/matmul/matmul.ts";
import { spectralProduct } from "../../shaders/spectrum/spectrum.ts";

/** A complex filter and the linear layer behind it. */
export interface SpectralGate {
  /** The filter w, packed, `1×d`. */
  readonly filter: Tensor;
  /** The weight G of the gate, `d×d`. */
  readonly weight: Tensor;
  /** Its bias, `1×d`. */
  readonly bias: Tensor;
}

/** The constant matrices of the transform. */
export interface Transform {
  /** F: the packed spectrum of x is `x·F`. */
  readonly forward: Tensor;
  /** K: the signal of a packed p is `p·Kᵀ`. */
  readonly inverse: Tensor;
}

/**
 * The logits of a gate on packed spectra.
 *
 * @param program The program.
 * @param spectra `rows×d`, packed.
 * @param gate The filter and the gate.
 * @param transform The transform.
 * @param bins Bins that are kept, from the lowest.
 * @returns `rows×d`.
 */
export function logitsOfSpectra(
  program: Program,
  spectra: Tensor,
  gate: SpectralGate,
  transform: Transform,
  bins: number,
): Tensor {
  const weight = filteredWeight(program, gate, transform, bins);
  return linear(program, spectra, weight, gate.bias, "logits of the fused gate");
}

/**
 * The logits of a gate on signals.
 *
 * @param program The program.
 * @param x `rows×d`.
 * @param gate The filter and the gate.
 * @param transform The transform.
 * @param bins Bins that are kept, from the lowest.
 * @returns `rows×d`.
 */
export function logitsOfSignals(
  program: Program,
  x: Tensor,
  gate: SpectralGate,
  transform: Transform,
  bins: number,
): Tensor {
  const filtered = filteredWeight(program, gate, transform, bins);
  const weight = matmul(program, filtered, transform.forward, { transposeB: true });
  return linear(program, x, weight, gate.bias, `logits of the gate of ${x.label}`);
}

function filteredWeight(
  program: Program,
  { filter, weight }: SpectralGate,
  { inverse }: Transform,
  bins: number,
): Tensor {
  return spectralProduct(program, matmul(program, weight, inverse), filter, {
    conjugate: true,
    bins,
  });
}
