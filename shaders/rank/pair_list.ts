/**
 * Pairs of the users of a block and items, which the CPU writes for each block: launches are the same for all.
 *
 * @module
 */
import type { Allocation } from "../../gpu/memory.ts";
import type { Program } from "../../gpu/program.ts";

/** Words before the pairs: how many there are, and how many those of the blocks before are. */
const headWords = 2;

/** Pairs of a place in a block and an item, by place. */
export class PairList {
  /** Where they are. */
  readonly allocation: Allocation;
  readonly #program: Program;
  readonly #words: Uint32Array;

  /**
   * Plans a list.
   *
   * @param program The program.
   * @param label What it holds.
   * @param capacity The most pairs of a block.
   * @param items The items of each place at first (default: none).
   */
  constructor(
    program: Program,
    label: string,
    readonly capacity: number,
    items: readonly Uint32Array[] = [],
  ) {
    this.#program = program;
    this.#words = new Uint32Array(headWords + 2 * capacity);
    const data = items.length === 0 ? undefined : this.#pack(label, items, 0).slice();
    this.allocation = program.buffer(label, this.#words.byteLength, data);
  }

  /**
   * Writes the pairs of a block.
   *
   * @param items The items of each place.
   * @param first How many pairs the blocks before have.
   * @throws {Error} They are more than are planned: a defect of the caller.
   */
  write(items: readonly Uint32Array[], first = 0): void {
    const words = this.#pack(this.allocation.label, items, first);
    this.#program.memory.write(this.allocation, words);
  }

  #pack(label: string, items: readonly Uint32Array[], first: number): Uint32Array {
    const words = this.#words;
    const count = items.reduce((sum, { length }) => sum + length, 0);
    if (count > this.capacity) {
      throw new Error(`Cannot write ${count} pairs to "${label}": ${this.capacity} are planned`);
    }
    words.set([count, first]);
    let at = headWords;
    items.forEach((own, place) => {
      for (const item of own) {
        words[at++] = place;
        words[at++] = item;
      }
    });
    return words.subarray(0, at);
  }
}
