/**
 * Adam on the device.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { elementCount, pieceOf, piecesOf } from "../../gpu/pieces.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import stepSource from "./step.wgsl" with { type: "text" };

const step = kernel("adam/step", stateSource, stepSource);

/** What Adam keeps of a parameter. */
export interface Moments {
  /** The parameter. */
  readonly parameter: Tensor;
  /** Running mean of its gradient. */
  readonly mean: Tensor;
  /** Running mean of the square of its gradient. */
  readonly variance: Tensor;
}

/** The optimiser of a program. */
export interface Adam {
  /** Its moments; a parameter that the loss does not reach has none. */
  readonly moments: readonly Moments[];
  /** Two f32 for each step of an epoch: {@linkcode adamSchedule}. */
  readonly schedule: Allocation;
  /** How often vectors of parameters were found not finite, over all steps, u32. */
  readonly nonFinite: Allocation;
}

/**
 * The factors of the steps of an epoch, in f64 until the last moment.
 *
 * @param learningRate The learning rate of the epoch.
 * @param firstStep Steps taken before the epoch.
 * @param steps Steps of the epoch.
 * @returns For each step t, `learningRate/(1−β₁ᵗ)` and `1/√(1−β₂ᵗ)`.
 * @example
 * ```ts
 * import { adamSchedule } from "./adam.ts";
 * adamSchedule(0.001, 0, 1)[0]; // 0.01
 * ```
 */
export function adamSchedule(
  learningRate: number,
  firstStep: number,
  steps: number,
): Float32Array<ArrayBuffer> {
  const schedule = new Float32Array(2 * steps);
  for (let n = 0; n < steps; n++) {
    const t = firstStep + n + 1;
    schedule[2 * n] = learningRate / (1 - 0.9 ** t);
    schedule[2 * n + 1] = 1 / Math.sqrt(1 - 0.999 ** t);
  }
  return schedule;
}

/**
 * Appends a step of Adam (Kingma and Ba, ICLR 2015; β .9 and .999, ε 1e-8) for all parameters that
 * have a gradient.
 *
 * @param program The program, after its backward pass.
 * @param parameters The parameters.
 * @param state The state of the step.
 * @param options The most steps that an epoch has; weight decay, added to the gradient.
 */
export function adam(
  program: Program,
  parameters: readonly Tensor[],
  state: Allocation,
  options: { stepsPerEpoch: number; weightDecay?: number },
): Adam {
  const { stepsPerEpoch, weightDecay = 0 } = options;
  const schedule = program.buffer("learning rates", stepsPerEpoch * 8);
  const nonFinite = program.buffer("non-finite parameters", 4);
  const moments: Moments[] = [];
  for (const parameter of parameters) {
    const gradient = program.gradient(parameter);
    if (gradient === undefined) continue;
    const { rows, columns, label, sliceColumns } = parameter;
    const like = { owner: `${program.name} moments`, sliceColumns };
    const mean = program.tensor(`mean of d ${label}`, rows, columns, like);
    const variance = program.tensor(`variance of d ${label}`, rows, columns, like);
    for (const piece of piecesOf(program, elementCount(parameter))) {
      const vectors = Math.ceil(piece.count / 4);
      const part = (tensor: Tensor) => pieceOf(tensor, piece);
      program.launch(step, {
        buffers: {
          gradient: part(gradient),
          schedule,
          state,
          parameter: part(parameter),
          mean: part(mean),
          variance: part(variance),
          non_finite: nonFinite,
        },
        uniforms: { vectors, weight_decay: weightDecay },
        threads: Math.ceil(vectors / 4),
      });
    }
    moments.push({ parameter, mean, variance });
  }
  return { moments, schedule, nonFinite };
}
