/**
 * The batch of a step, with negatives sampled on the device.
 *
 * @module
 */
import { kernel } from "../../gpu/kernel.ts";
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";
import { streams } from "../../gpu/random.ts";
import randomSource from "../../gpu/random.wgsl" with { type: "text" };
import type { RowList } from "../gather/row_lists.ts";
import stateSource from "../common/step/state.wgsl" with { type: "text" };
import sampleSource from "./sample.wgsl" with { type: "text" };

const sample = kernel("negatives/sample", randomSource, stateSource, sampleSource);

/** The rows of a step. */
export interface Batch {
  /** User of each row. */
  readonly users: RowList;
  /** Item that the user took. */
  readonly positives: RowList;
  /** Item that the user did not take. */
  readonly negatives: RowList;
}

/** What {@linkcode sampleBatch} draws from. */
export interface BatchSource {
  /** (user, item) of each row of the epoch, in its order. */
  readonly order: Allocation;
  /** The items that can be negatives, u32, ascending; all train items are among them. */
  readonly candidates: Allocation;
  /** How many they are. */
  readonly candidateCount: number;
  /** Offsets of each user's train items. */
  readonly rowStart: Allocation;
  /** Each user's train items, ascending. */
  readonly items: Allocation;
  /** The state of the step. */
  readonly state: Allocation;
}

/**
 * Appends the choice of the step's batch (methods.md, §1): one negative for each positive, uniform
 * over the candidates, drawn again while the user has it. A user who has all candidates gets one of
 * them: the caller refuses such users.
 *
 * @param program The program.
 * @param batch Where it goes.
 * @param source What it is drawn from.
 */
export function sampleBatch(program: Program, batch: Batch, source: BatchSource): void {
  const { order, candidates, candidateCount, rowStart, items, state } = source;
  program.launch(sample, {
    buffers: {
      order,
      candidates,
      row_start: rowStart,
      items,
      state,
      batch_users: batch.users.allocation,
      batch_positives: batch.positives.allocation,
      batch_negatives: batch.negatives.allocation,
    },
    uniforms: {
      length: batch.users.length,
      candidates: candidateCount,
      stream: streams.negatives,
    },
    threads: batch.users.length,
  });
}
