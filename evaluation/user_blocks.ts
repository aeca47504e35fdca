/**
 * Users who are scored and ranked block by block.
 *
 * @module
 */
import { OneAhead } from "../gpu/one_ahead.ts";
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

/** Who hears of blocks that are run. */
export interface BlockOptions {
  /** Ends it between two blocks. */
  readonly signal?: AbortSignal;
  /** Told how many users are done. */
  readonly onUsers?: (done: number) => void;
}

/**
 * Runs blocks of users. Only with a signal, or where somebody wants to be told, is each waited for.
 *
 * @param program The program that the launches are of.
 * @param scoring Takes the users of a block.
 * @param blocks The blocks.
 * @param options Who hears of it.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function runUserBlocks(
  program: Program,
  scoring: ScoreBlocks,
  blocks: readonly UserBlock[],
  { signal, onUsers }: BlockOptions = {},
): Promise<void> {
  let done = 0;
  const ahead = new OneAhead(program.memory.gpu.device, signal);
  for (const { users, range } of blocks) {
    const rank = () => {
      scoring.load(users);
      program.submit(range.first, range.end);
    };
    if (signal === undefined && onUsers === undefined) {
      rank();
      continue;
    }
    // When it is back, the block before is done.
    await ahead.submit(rank);
    onUsers?.(done);
    done += users.length;
  }
  await ahead.finish();
}
