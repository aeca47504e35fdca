/**
 * Users whose held-out items are ranked, block by block: buffers say whose, and the launches are the same for all.
 *
 * @module
 */
import { type Csr, rowCounts } from "../algebra/csr.ts";
import { refuseAborted } from "../errors.ts";
import { OneAhead } from "../gpu/one_ahead.ts";
import type { Program } from "../gpu/program.ts";
import { PairList } from "../shaders/rank/pair_list.ts";
import { columnsOfRows, type ScoreBlocks } from "./score_blocks.ts";

/** Who is ranked. */
export interface RankedUsers {
  /** The users. */
  readonly users: Uint32Array;
  /** The held-out items of the user at place p are `items[start[p]]` to `items[start[p+1]−1]`. */
  readonly start: Uint32Array;
  /** Item indices. */
  readonly items: Uint32Array;
  /** The items that are no candidates of each user, `U×I`. */
  readonly masked: Csr;
}

/** Who hears of blocks that are run. */
export interface BlockOptions<Found = void> {
  /** Ends it between two blocks. */
  readonly signal?: AbortSignal;
  /** Told how many users are done. */
  readonly onUsers?: (done: number) => void;
  /** Reads what so many users of a block have got. */
  readonly read?: (users: number) => Promise<Found>;
  /** Told what was read, block after block. */
  readonly onRead?: (found: Found) => void;
}

/** Blocks between two waits, where none is read: a wait costs milliseconds, and a block of a GPU less. */
const blocksTogether = { software: 4, hardware: 32 };

/** Blocks of users, of which a program ranks the one that is loaded. */
export class UserBlocks {
  /** The items of the loaded block that are no candidates. */
  readonly masked: PairList;
  /** The held-out items of the loaded block. */
  readonly heldOut: PairList;
  readonly #program: Program;
  readonly #scoring: ScoreBlocks;
  readonly #ranked: RankedUsers;

  /**
   * Plans the buffers.
   *
   * @param program The program that ranks a block.
   * @param scoring Takes the users of a block.
   * @param ranked Who is ranked.
   */
  constructor(program: Program, scoring: ScoreBlocks, ranked: RankedUsers) {
    this.#program = program;
    this.#scoring = scoring;
    this.#ranked = ranked;
    const { users, start, masked } = ranked;
    const rows = rowCounts(masked);
    const list = (label: string, countOf: (place: number) => number) =>
      new PairList(program, label, mostOfBlock(users.length, scoring.places, countOf));
    this.masked = list("masked pairs of a block", (place) => rows[users[place]]);
    this.heldOut = list("held-out pairs of a block", (place) => start[place + 1] - start[place]);
  }

  /** How many there are. */
  get count(): number {
    return Math.ceil(this.#ranked.users.length / this.#scoring.places);
  }

  /**
   * Runs the program for a block after the other.
   *
   * @param options Who hears of it.
   * @param count How many blocks (default: all).
   * @throws {InterruptedError} The signal is aborted.
   */
  async run<Found>(options: BlockOptions<Found> = {}, count = this.count): Promise<void> {
    const { signal, onUsers, read, onRead } = options;
    const { places } = this.#scoring;
    const { gpu } = this.#program.memory;
    const together = read === undefined
      ? blocksTogether[gpu.software ? "software" : "hardware"]
      : 1;
    const ahead = new OneAhead<Found>(gpu.device, signal);
    for (let block = 0; block < count; block++) {
      const rank = () => {
        const users = this.#load(block * places);
        this.#program.submit();
        return read?.(users);
      };
      refuseAborted(signal);
      // Whoever reads the ranks waits for the last blocks.
      if ((block + 1) % together !== 0 || read === undefined && block + 1 === count) {
        rank();
        continue;
      }
      // When it is back, the blocks before those of this wait are done.
      const found = await ahead.submit(rank);
      if (found !== undefined) onRead?.(found);
      onUsers?.((block + 1 - together) * places);
    }
    const last = await ahead.finish();
    if (last !== undefined) onRead?.(last);
  }

  /** Makes a block the one that is ranked; gives its number of users. */
  #load(first: number): number {
    const { users, start, items, masked } = this.#ranked;
    const block = users.subarray(first, first + this.#scoring.places);
    this.#scoring.load(block);
    this.masked.write(columnsOfRows(masked, block));
    const heldOut = Array.from(
      block,
      (_, n) => items.subarray(start[first + n], start[first + n + 1]),
    );
    this.heldOut.write(heldOut, start[first]);
    return block.length;
  }
}

/** The greatest sum over a block of so many places. */
function mostOfBlock(users: number, places: number, countOf: (place: number) => number): number {
  let [most, sum] = [0, 0];
  for (let place = 0; place < users; place++) {
    if (place % places === 0) sum = 0;
    sum += countOf(place);
    most = Math.max(most, sum);
  }
  return most;
}
