/**
 * Rankings and relevance judgements as trec_eval and its kin read them.
 *
 * @module
 */
import type { Interactions } from "../../data/dataset.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import type { UserItems } from "../../evaluation/best_items.ts";
import { trecWord } from "../../evaluation/trec_word.ts";
import { recommendationLines } from "../common/recommendation_format.ts";

/**
 * The lines of a run file: `user Q0 item rank score bandpass`.
 *
 * @param lists The items of each user, best first.
 * @param users The ids of users.
 * @param items The ids of items.
 */
export async function* runLines(
  lists: AsyncIterable<UserItems>,
  users: Identifiers,
  items: Identifiers,
): AsyncGenerator<string> {
  for await (const { user, items: best, scores } of lists) {
    const ids = Array.from(best, (item) => items.idOf(item));
    yield recommendationLines("trec", { user: users.idOf(user), items: ids, scores });
  }
}

/**
 * The lines of a qrels file: `user 0 item 1` for each held-out item.
 *
 * @param heldOut What was to be found.
 * @param users The ids of users.
 * @param items The ids of items.
 */
export async function* judgementLines(
  heldOut: Interactions,
  users: Identifiers,
  items: Identifiers,
): AsyncGenerator<string> {
  for (let row = 0; row < heldOut.users.length; row++) {
    const user = trecWord(users.idOf(heldOut.users[row]));
    yield `${user} 0 ${trecWord(items.idOf(heldOut.items[row]))} 1\n`;
  }
}
