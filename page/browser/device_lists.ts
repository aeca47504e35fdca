/**
 * Lists by the visitor's own GPU: the same kernels in the same order as where a model is trained and
 * served.
 *
 * @module
 */
import { BestItemLists, type ScoredItems } from "../../evaluation/best_items.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import type { Tensor } from "../../gpu/tensor.ts";

/** Users of a block, as `recommend` plans them for one user. */
const places = 16;

/** Rows that are ranked by. */
export interface RankedRows {
  /** The rows of all items, `I×columns`. */
  readonly items: Float32Array;
  /** Numbers a row. */
  readonly columns: number;
  /** The most items of a list. */
  readonly listLength: number;
}

/** The items of a run on a device, for whoever's row. */
export class DeviceLists {
  readonly #memory: Memory;
  readonly #user: Tensor;
  readonly #lists: BestItemLists;
  /** One list after the other: each replaces the row of the one before. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(memory: Memory, user: Tensor, lists: BestItemLists) {
    this.#memory = memory;
    this.#user = user;
    this.#lists = lists;
  }

  /**
   * Puts the rows of a run on a device.
   *
   * @param gpu The device.
   * @param rows The rows.
   * @throws {GpuError} They do not fit, or the device reports an error.
   */
  static async open(gpu: Gpu, { items, columns, listLength }: RankedRows): Promise<DeviceLists> {
    const memory = new Memory(gpu);
    const program = new Program(memory, "rows");
    const count = items.length / columns;
    const table = program.tensor("rows of items", count, columns, { data: items });
    const user = program.tensor("row of a user", 1, columns);
    const taken = {
      ...{ rows: 1, columns: count, rowStart: new Uint32Array(2) },
      ...{ column: new Uint32Array(), value: new Float32Array() },
    };
    const representation = {
      users: { table: user, firstRow: 0, rows: 1 },
      items: { table, firstRow: 0, rows: count },
    };
    const source = { representation, places, items: count, taken };
    const lists = new BestItemLists(memory, source, listLength, count);
    await lists.compile();
    return new DeviceLists(memory, user, lists);
  }

  /**
   * The best items of a user.
   *
   * @param row The user's row.
   * @param excluded Items that the user does not get.
   */
  best(row: Float32Array, excluded: Uint32Array): Promise<ScoredItems> {
    const list = this.#last.then(async () => {
      this.#memory.write(this.#user.allocation, row);
      const [found] = await this.#lists.ofUsers(Uint32Array.of(0), [excluded]);
      return found;
    });
    this.#last = list.catch(() => {/* it is told to whoever asked */});
    return list;
  }
}
