/**
 * What requests are made of, over HTTP and as tools of assistants alike, within the bounds of both. Each interface
 * adds its own words and defaults.
 *
 * @module
 */
import { z } from "zod";
import { limits } from "./limits.ts";

/** A user or an item, as the dataset's own files call it. */
export const anyId = z.union([
  z.string().min(1).max(limits.idLength),
  z.int().nonnegative(),
]);

/**
 * The fields of requests.
 *
 * @param id An id, in the interface's own words.
 */
export function requestFields(id: typeof anyId) {
  return {
    /** Items that a list may hold, or may not. */
    items: z.array(id).max(limits.items),
    /** The items that somebody took. */
    history: z.array(id).max(limits.history),
    /** The length of a list. */
    topK: z.int().min(1).max(limits.list),
    /** Items whose scores are explained. */
    explainedItems: z.array(id).min(1).max(limits.explained),
    /** How many of the best items are explained. */
    explainedTop: z.int().min(1).max(limits.explained),
    /** What is done with users and items that the dataset lacks. */
    unknown: z.enum(["error", "popular"]),
  };
}

/**
 * Whether a request is of one person: a user, or somebody with a history.
 *
 * @param request The request.
 */
export function isOfOne(request: { user?: unknown; history?: unknown }): boolean {
  return (request.user === undefined) !== (request.history === undefined);
}

/** What is said where {@linkcode isOfOne} does not hold. */
export const ofOne = { message: 'Expected either "user" or "history"' } as const;
