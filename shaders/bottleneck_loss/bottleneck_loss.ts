/**
 * FITMM's surrogate of the information bottleneck, over all nodes.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import type { LossTerms } from "../common/loss_terms/loss_terms.ts";
import backwardSource from "./backward.wgsl" with { type: "text" };
import forwardSource from "./forward.wgsl" with { type: "text" };

const forward = kernel("bottleneck_loss/forward", forwardSource);
const backward = kernel("bottleneck_loss/backward", backwardSource);

/**
 * Adds the term `weight·mean_r[α‖δ_r‖² + μ·√(‖δ_r‖²+1e-12)·Σ_b relu(δ_rb−φ)]` with `δ = relu(x)`
 * (methods.md, §4 f).
 *
 * @param losses The terms.
 * @param x `rows×bands`: how far each gate is open beyond 1.
 * @param options The constants α, μ and φ, the weight (0 adds no term), and what the term is called.
 */
export function bottleneckLoss(
  losses: LossTerms,
  x: Tensor,
  options: { alpha: number; mu: number; phi: number; weight: number; name: string },
): void {
  const { weight, name, ...constants } = options;
  if (weight === 0) return;
  const { program } = losses;
  const { rows, columns: bands } = x;
  const y = program.tensor(`${name} by node`, rows, 1);
  const uniforms = { rows, bands, ...constants };
  program.launch(forward, { buffers: { x, y }, uniforms, threads: rows });
  losses.add(name, y, { count: rows, scale: weight / rows });
  program.onBackward(() => {
    const target = program.gradientTarget(x);
    if (target === undefined) return;
    program.launch(backward, {
      buffers: { x, dx: target.gradient },
      uniforms: { ...uniforms, scale: weight / rows },
      constants: { accumulate: Number(target.accumulate) },
      threads: rows,
    });
  });
}
