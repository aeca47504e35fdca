/**
 * What the page shows, as its address says it behind the #: reload it, keep it, send it.
 *
 * @module
 */

/** What is looked at. */
export interface Place {
  /** A user, an item, what models tell of their inside, or nothing yet. */
  readonly view: "start" | "user" | "item" | "inside";
  /** The id of the user or the item; empty elsewhere. */
  readonly id: string;
  /** The name of the run; the first where there is none of that name. */
  readonly run?: string;
  /** The run that stands beside it. */
  readonly beside?: string;
}

/**
 * The address of a place.
 *
 * @param place The place.
 * @example
 * ```ts
 * import { addressOf, placeAt } from "./address.ts";
 * addressOf({ view: "user", id: "a&b", run: "smore" }); // "#user=a%26b&run=smore"
 * placeAt("#user=a%26b&run=smore").id; // "a&b"
 * ```
 */
export function addressOf({ view, id, run, beside }: Place): string {
  const words = new URLSearchParams();
  if (view !== "start") words.set(view, id);
  if (run !== undefined) words.set("run", run);
  if (beside !== undefined) words.set("beside", beside);
  return `#${words}`;
}

/**
 * The place of an address.
 *
 * @param address What stands behind the address of the page, with its #.
 */
export function placeAt(address: string): Place {
  const words = new URLSearchParams(address.slice(1));
  const view = (["user", "item", "inside"] as const).find((name) => words.has(name)) ?? "start";
  return {
    view,
    id: words.get(view) ?? "",
    run: words.get("run") ?? undefined,
    beside: words.get("beside") ?? undefined,
  };
}
