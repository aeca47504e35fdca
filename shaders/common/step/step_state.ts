/**
 * Where training stands, on the device: kernels read the seed, the step and the batch's rows there,
 * so that nothing is written from the CPU inside an epoch.
 *
 * @module
 */
import { kernel } from "../../../gpu/kernel.ts";
import type { Allocation } from "../../../gpu/memory.ts";
import type { Program } from "../../../gpu/program.ts";
import type { LossTerms } from "../loss_terms/loss_terms.ts";
import advanceSource from "./advance.wgsl" with { type: "text" };
import stateSource from "./state.wgsl" with { type: "text" };

const advance = kernel("step/advance", stateSource, advanceSource);

/** The values of `struct StepState` in `state.wgsl`. */
export interface StepState {
  /** The run's seed. */
  readonly seed: number;
  /** Steps since the start of the training. */
  readonly step: number;
  /** Steps since the start of the epoch. */
  readonly epochStep: number;
  /** Rows of an epoch. */
  readonly epochRows: number;
  /** Rows of a full batch. */
  readonly batchSize: number;
}

/**
 * The words of a state, to be written to the device.
 *
 * @param state Where training stands.
 * @example
 * ```ts
 * import { stateWords } from "./step_state.ts";
 * stateWords({ seed: 0, step: 3, epochStep: 1, epochRows: 5, batchSize: 4 })[3]; // 1
 * ```
 */
export function stateWords(state: StepState): Uint32Array {
  const { seed, step, epochStep, epochRows, batchSize } = state;
  const left = Math.max(0, epochRows - epochStep * batchSize);
  return new Uint32Array([seed, step, epochStep, Math.min(batchSize, left), epochRows, batchSize]);
}

/**
 * Plans the state.
 *
 * @param program The program.
 * @param state Its first values.
 */
export function stepState(program: Program, state: StepState): Allocation {
  return program.buffer("step state", 32, stateWords(state));
}

/**
 * Appends the end of a step: the loss terms go to the epoch's record, the state moves on.
 *
 * @param program The program.
 * @param losses The terms.
 * @param record Room for the terms of all steps of an epoch.
 */
export function advanceStep(program: Program, losses: LossTerms, record: Allocation): void {
  program.launch(advance, {
    buffers: { terms: losses.allocation, record, state: losses.state },
    partial: ["record"],
    uniforms: { terms: losses.names.length },
    threads: 1,
    workgroupSize: 1,
  });
}
