/**
 * Users who are scored and ranked block by block.
 *
 * @module
 */
import { refuseAborted } from "../errors.ts";
import type { Program } from "../gpu/program.ts";
import type { LaunchRange } from "./launch_range.ts";
import type { ScoreBlocks } from "./score_blocks.ts";

/** A block of users, and what ranks them. */
export interface UserBlock {
  /** The users. */
  readonly users: Uint32Array;
  /** The launches that score and rank them. */
  readonly range: LaunchRange;
}

/**
 * Runs blocks of users. With a signal it waits for each block while the next one is computed, so that the
 * signal is heard and the device is never idle.
 *
 * @param program The program that the launches are of.
 * @param scoring Takes the users of a block.
 * @param blocks The blocks.
 * @param signal Ends it between two blocks.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function runUserBlocks(
  program: Program,
  scoring: ScoreBlocks,
  blocks: readonly UserBlock[],
  signal?: AbortSignal,
): Promise<void> {
  const { queue } = program.memory.gpu.device;
  let before: Promise<unknown> = Promise.resolve();
  for (const { users, range } of blocks) {
    refuseAborted(signal);
    scoring.load(users);
    program.submit(range.first, range.end);
    if (signal === undefined) continue;
    await before;
    before = queue.onSubmittedWorkDone();
  }
  await before;
}
