/**
 * What models that are computed one after the other share, such as the candidates of a search.
 *
 * @module
 */

/** Keeps the last results of each name. */
export class SharedWork {
  readonly #last = new Map<string, { key: string; result: Promise<unknown> }[]>();

  /**
   * A result of a name where one of the last was made of the same, or a new one, which takes the place of
   * the one that nobody has asked for longest.
   *
   * @param name What it is.
   * @param key All that it depends on beside the dataset.
   * @param work Makes it.
   * @param count How many results are kept of the name (default: 1).
   * @example
   * ```ts
   * import { SharedWork } from "./shared_work.ts";
   * const shared = new SharedWork();
   * await shared.once("square", "3", () => 9); // 9
   * await shared.once("square", "3", () => 0); // 9
   * ```
   */
  async once<T>(
    name: string,
    key: string,
    work: () => T | Promise<T>,
    count = 1,
  ): Promise<T> {
    const last = this.#last.get(name) ?? [];
    const known = last.find((one) => one.key === key);
    const others = last.filter((one) => one !== known);
    // What goes, goes before its successor is made: both may be large.
    const stay = known !== undefined ? others : others.slice(Math.max(0, last.length - count + 1));
    this.#last.set(name, stay);
    const made = known ?? { key, result: (async () => await work())() };
    stay.push(made);
    return await made.result as T;
  }
}
