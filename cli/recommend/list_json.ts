/**
 * Recommendations as one JSON object.
 *
 * @module
 */
import type { ReadableList } from "./readable_list.ts";

/** What lists come from, as the object says it. */
export interface ListSourceRecord {
  /** The run's folder. */
  readonly run: string;
  /** The model. */
  readonly model: string;
  /** The dataset. */
  readonly dataset: string;
  /** The splits whose items users do not get again. */
  readonly exclude_seen: readonly string[];
}

/**
 * The object part by part, a user a line, so that it needs no memory.
 *
 * @param source What the lists come from.
 * @param lists The lists.
 */
export async function* listsJson(
  source: ListSourceRecord,
  lists: AsyncIterable<ReadableList>,
): AsyncGenerator<string> {
  const { run, model, dataset, exclude_seen } = source;
  const head = JSON.stringify({ run, model, dataset, exclude_seen });
  yield `${head.slice(0, -1)},"users":[`;
  let separator = "\n";
  for await (const list of lists) {
    yield separator + JSON.stringify(recordOf(list));
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** A user's list as the object has it. */
function recordOf({ user, owned, basis, history, items }: ReadableList): Record<string, unknown> {
  return {
    user,
    owned,
    basis,
    ...history !== undefined && { history },
    items: items.map(({ item, name, score, fields, because }, n) => ({
      rank: n + 1,
      item,
      ...name !== undefined && { name },
      score,
      ...Object.keys(fields).length > 0 && { meta: fields },
      because,
    })),
  };
}
