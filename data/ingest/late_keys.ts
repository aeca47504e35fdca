/**
 * Keys of NDJSON that come when the columns are known, and are left out.
 *
 * @module
 */
import { excerpt } from "../excerpt.ts";

/** The keys that were left out of a table. */
export class LateKeys {
  /** Where each was first seen, in words. */
  readonly #places = new Map<string, string>();

  /**
   * Takes a key that is left out.
   *
   * @param name The key.
   * @param place Where it stands, in words.
   */
  add(name: string, place: string): void {
    if (!this.#places.has(name)) this.#places.set(name, place);
  }

  /** A remark for each. */
  remarks(): string[] {
    return Array.from(
      this.#places,
      ([name, place]) =>
        `Left out: the key "${excerpt(name)}", which none of the first objects has (${place})`,
    );
  }
}
