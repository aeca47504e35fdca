/**
 * Pairs of users and items, as many as come.
 *
 * @module
 */

/** Gathers pairs. */
export class PairRows {
  #users = new Uint32Array(1 << 16);
  #items = new Uint32Array(1 << 16);
  /** How many there are. */
  count = 0;

  /** Adds a pair. */
  add(user: number, item: number): void {
    if (this.count === this.#users.length) {
      [this.#users, this.#items] = [this.#users, this.#items].map((rows) => {
        const longer = new Uint32Array(2 * rows.length);
        longer.set(rows);
        return longer;
      });
    }
    this.#users[this.count] = user;
    this.#items[this.count++] = item;
  }

  /** The users of all pairs. */
  get users(): Uint32Array {
    return this.#users.subarray(0, this.count);
  }

  /** The items of all pairs. */
  get items(): Uint32Array {
    return this.#items.subarray(0, this.count);
  }
}
