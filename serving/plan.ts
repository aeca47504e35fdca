/**
 * How a question is answered: from which lists, and what is made of them.
 *
 * @module
 */
import type { ScoredItems } from "../evaluation/best_items.ts";
import type { WantedList } from "./wanted_list.ts";
import type { Answer } from "./worker_messages.ts";

/** How a question is answered. */
export interface Plan {
  /** The lists that it needs, which are made together with those of other questions. */
  readonly lists: readonly WantedList[];
  /**
   * Makes the answer.
   *
   * @param found The lists, in their order.
   */
  finish(found: readonly ScoredItems[]): Answer | Promise<Answer>;
}
