/**
 * A gate whose features are weighed column by column by an attention on the row itself: squeeze and
 * excitation (Hu, Shen and Sun, CVPR 2018, arXiv 1709.01507), which stands for SMORE's Fourier filter
 * (methods.md, §3, step 2).
 *
 * @module
 */
import type { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { gate } from "../../shaders/gate/gate.ts";
import { linear } from "../../shaders/linear/linear.ts";
import type { LinearLayer, Transform } from "./spectral_gate.ts";

/** An attention and the linear layer behind it. */
export interface AttentionGate extends LinearLayer {
  /** From d columns to few. */
  readonly squeeze: LinearLayer;
  /** From few to d. */
  readonly excite: LinearLayer;
}

/**
 * The logits of the gate, `G·(x ⊙ σ(W₂·relu(W₁·x + b₁) + b₂)) + b`.
 *
 * @param program The program.
 * @param spectra `rows×d`, packed: those of x.
 * @param layers The attention and the gate.
 * @param transform The transform.
 * @returns `rows×d`.
 */
export function attentionLogits(
  program: Program,
  spectra: Tensor,
  { squeeze, excite, weight, bias }: AttentionGate,
  { inverse }: Transform,
): Tensor {
  const label = `signal of ${spectra.label}`;
  const x = linear(program, spectra, inverse, undefined, { label });
  const inner = linear(program, x, squeeze.weight, squeeze.bias, { activation: "relu" });
  const attention = linear(program, inner, excite.weight, excite.bias);
  return linear(program, gate(program, x, attention), weight, bias, {
    label: `gate of ${spectra.label}`,
  });
}
