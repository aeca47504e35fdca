/**
 * The terms of a loss: each op that ends a computation adds one. Their sum is the loss; the CPU adds
 * them in f64.
 *
 * @module
 */
import type { Allocation } from "../../../gpu/memory.ts";
import type { Program } from "../../../gpu/program.ts";
import type { Bindable } from "../../../gpu/tensor.ts";
import { sumAll, type SumOptions } from "../../reduce/reduce.ts";

/** The most terms that a loss may have. */
const capacity = 16;

/** The terms of one program's loss. */
export class LossTerms {
  /** The terms, f32, in the order of {@linkcode names}. */
  readonly allocation: Allocation;
  /** What each term is called. */
  readonly names: string[] = [];

  /**
   * No terms yet.
   *
   * @param program The program whose loss it is.
   * @param state The state of the step, for means over the rows of the batch.
   */
  constructor(readonly program: Program, readonly state: Allocation) {
    this.allocation = program.buffer("loss terms", capacity * 4);
  }

  /**
   * Adds the term `scale·f(Σ x)`.
   *
   * @param name What it is called.
   * @param x The contributions.
   * @param options What to sum, and what to do with it.
   * @returns Its place in the terms.
   */
  add(
    name: string,
    x: Bindable,
    options: Omit<SumOptions, "perBatchRow"> & { perBatchRow?: boolean },
  ): number {
    const slot = this.names.length;
    if (slot === capacity) throw new Error(`A loss has at most ${capacity} terms`);
    this.names.push(name);
    const perBatchRow = options.perBatchRow ? this.state : undefined;
    sumAll(this.program, x, this.allocation, slot, { ...options, perBatchRow });
    return slot;
  }
}
