/**
 * What models that are computed one after the other share, such as the candidates of a search.
 *
 * @module
 */

/** Keeps the last result of each name. */
export class SharedWork {
  readonly #last = new Map<string, { key: string; result: Promise<unknown> }>();

  /**
   * The last result of a name where it was made of the same, or a new one, which takes its place.
   *
   * @param name What it is.
   * @param key All that it depends on beside the dataset.
   * @param work Makes it.
   * @example
   * ```ts
   * import { SharedWork } from "./shared_work.ts";
   * const shared = new SharedWork();
   * await shared.once("square", "3", () => 9); // 9
   * await shared.once("square", "3", () => 0); // 9
   * ```
   */
  async once<T>(name: string, key: string, work: () => T | Promise<T>): Promise<T> {
    const last = this.#last.get(name);
    if (last?.key === key) return await last.result as T;
    this.#last.delete(name);
    const result = (async () => await work())();
    this.#last.set(name, { key, result });
    return await result;
  }
}
