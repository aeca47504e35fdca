/**
 * SMORE's gates behind each of its denoisers in f64 (methods.md, §3, steps 2 and 3), as they are written:
 * the signal first, then the denoiser, then the gate.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { product } from "./dense.ts";
import { sparseProduct } from "./sparse.ts";

/** A linear layer, the weight `out×in`. */
export interface Layer {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** The rows whose packed orthonormal spectra are given, `rows×d`. */
export function signals(packed: Float64Array, d: number): Float64Array {
  const half = d / 2;
  return Float64Array.from(packed, (_, at) => {
    const [start, n] = [at - at % d, at % d];
    let sum = packed[start] + packed[start + half] * (n % 2 === 0 ? 1 : -1);
    for (let bin = 1; bin < half; bin++) {
      const angle = 2 * Math.PI * n * bin / d;
      const [re, im] = [packed[start + bin], packed[start + half + bin]];
      sum += 2 * (re * Math.cos(angle) - im * Math.sin(angle));
    }
    return sum / Math.sqrt(d);
  });
}

/** `x·Wᵀ + b`. */
function layer(x: Float64Array, { weight, bias }: Layer, columns: number): Float64Array {
  const out = bias.length;
  return product(x, weight, x.length / columns, out, columns, false, true)
    .map((value, at) => value + bias[at % out]);
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/** The logits of a gate, of features as they are. */
export function plain(packed: Float64Array, gate: Layer): Float64Array {
  const d = gate.bias.length;
  return layer(signals(packed, d), gate, d);
}

/** The logits of a gate behind a filter, which is packed. */
export function filtered(
  packed: Float64Array,
  filter: Float64Array,
  bins: number,
  gate: Layer,
): Float64Array {
  const d = gate.bias.length;
  const half = d / 2;
  const passed = packed.map((value, at) => {
    const [start, n] = [at - at % d, at % d];
    const bin = n <= half ? n : n - half;
    if (bin >= bins) return 0;
    if (bin === 0 || bin === half) return value * filter[n];
    const [re, im] = [packed[start + bin], packed[start + half + bin]];
    const [wRe, wIm] = [filter[bin], filter[half + bin]];
    return n <= half ? re * wRe - im * wIm : re * wIm + im * wRe;
  });
  return plain(passed, gate);
}

/** The logits of a gate behind squeeze and excitation. */
export function attended(
  packed: Float64Array,
  squeeze: Layer,
  excite: Layer,
  gate: Layer,
): Float64Array {
  const d = gate.bias.length;
  const x = signals(packed, d);
  const inner = layer(x, squeeze, d).map((value) => Math.max(value, 0));
  const attention = layer(inner, excite, squeeze.bias.length).map(sigmoid);
  return layer(x.map((value, at) => value * attention[at]), gate, d);
}

/** The logits of a gate behind smoothing over a graph. */
export function smoothed(
  packed: Float64Array,
  graph: Csr,
  mix: Float64Array,
  gate: Layer,
): Float64Array {
  const d = gate.bias.length;
  const x = signals(packed, d);
  const neighbours = sparseProduct(graph, x, d);
  const mixed = x.map((value, at) => {
    const share = sigmoid(mix[at % d]);
    return (1 - share) * value + share * neighbours[at];
  });
  return layer(mixed, gate, d);
}
