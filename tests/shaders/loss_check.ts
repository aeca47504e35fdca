/**
 * Checks any op that ends in terms of a loss against its f64 twin, as op_check.ts does any other op.
 *
 * @module
 */
import { assert } from "@std/assert";
import type { Gpu } from "../../gpu/gpu.ts";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";
import { readFloats } from "../../gpu/readback.ts";
import { LossTerms } from "../../shaders/common/loss_terms/loss_terms.ts";
import { stepState } from "../../shaders/common/step/step_state.ts";
import {
  assertAdded,
  assertClose,
  assertGradients,
  devicesOf,
  GarbageMemory,
  gradientBefore,
  type Input,
  randomValues,
} from "./op_check.ts";

/** What {@linkcode checkLoss} needs. */
export interface LossCheck {
  /** The inputs. */
  readonly inputs: readonly Input[];
  /** Appends the op that ends in terms of a loss. */
  readonly build: (losses: LossTerms, inputs: readonly Tensor[]) => void;
  /** The loss in f64. */
  readonly twin: (inputs: readonly Float64Array[]) => number;
  /** Rows of the batch; those of the first input where nothing is said. */
  readonly batchRows?: number;
  /** The greatest relative error of the loss. */
  readonly lossError?: number;
  /** The greatest error of a derivative, relative to the largest of its input. */
  readonly gradientError?: number;
  /** Groups of elements of each input that are moved one after the other; 24 by default. */
  readonly gradientGroups?: number;
  /** Whether its kernels for hardware are checked as well. */
  readonly hardware?: boolean;
}

/** Runs an op that ends in terms of a loss, and gives the loss and the gradients. */
async function runLoss(
  gpu: Gpu,
  check: LossCheck,
  values: readonly Float32Array[],
  accumulate: boolean,
): Promise<{ loss: number; gradients: (Float32Array | undefined)[] }> {
  const memory = new GarbageMemory(gpu);
  const program = new Program(memory, "loss check");
  const rows = check.inputs[0].rows;
  const state = stepState(program, {
    seed: 0,
    step: 0,
    epochStep: 0,
    epochRows: check.batchRows ?? rows,
    batchSize: rows,
  });
  const losses = new LossTerms(program, state);
  const tensors = check.inputs.map(({ rows, columns, differentiable }, n) =>
    program.tensor(`input ${n}`, rows, columns, { data: values[n], differentiable })
  );
  check.build(losses, tensors);
  if (accumulate) tensors.forEach((tensor) => program.gradientTarget(tensor));
  program.backward();
  await program.compile();
  memory.spoil();
  const gradients = tensors.map((tensor) => program.gradient(tensor));
  if (accumulate) {
    gradients.forEach((gradient, n) => {
      if (gradient) memory.write(gradient.allocation, gradientBefore(values[n].length, n));
    });
  }
  program.submit();
  const terms = await readFloats(memory, losses.allocation, losses.names.length);
  const found = await Promise.all(gradients.map((gradient, n) => {
    assert(gradient || !tensors[n].differentiable, `input ${n} has no gradient`);
    return gradient && readFloats(memory, gradient.allocation, values[n].length);
  }));
  memory.destroy();
  return { loss: terms.reduce((sum, term) => sum + term, 0), gradients: found };
}

/**
 * Checks an op that ends in terms of a loss: the sum of the terms, and all gradients.
 *
 * @param check The op, its twin and its inputs.
 */
export async function checkLoss(check: LossCheck): Promise<void> {
  for (const gpu of await devicesOf(check)) await checkOn(gpu, check);
}

async function checkOn(gpu: Gpu, check: LossCheck): Promise<void> {
  const { lossError = 2e-6, gradientError = 1e-4, gradientGroups } = check;
  const values = check.inputs.map(({ rows, columns, values }, n) =>
    values ?? randomValues(rows * columns, n + 1)
  );
  const stored = await runLoss(gpu, check, values, false);
  const inputs = values.map((array) => Float64Array.from(array));
  assertClose([stored.loss], [check.twin(inputs)], lossError, "loss");
  assertGradients(
    check.inputs.map(({ columns }, n) => ({ columns, values: inputs[n] })),
    stored.gradients,
    () => check.twin(inputs),
    { error: gradientError, groups: gradientGroups },
  );
  const added = await runLoss(gpu, check, values, true);
  assertAdded(stored.gradients, added.gradients, gradientError);
}
