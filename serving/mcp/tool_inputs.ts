/**
 * What the tools of the Model Context Protocol take. Clients show the descriptions to a language model, which
 * has nothing else to go by.
 *
 * @module
 */
import { z } from "zod";
import { limits } from "../http/limits.ts";

const id = z.union([z.string().min(1).max(limits.idLength), z.int().nonnegative()])
  .describe("An id as in the dataset's own files");

const items = z.array(id).max(limits.items);

const user = id.optional().describe("A user of the dataset");

const history = z.array(id).max(limits.history).optional().describe(
  "In place of a user: the items that somebody took who is not in the dataset",
);

/** Which items a list may hold, and how many. */
const wish = {
  top_k: z.int().min(1).max(limits.list).default(10).describe("How many items"),
  allowed: items.optional().describe("The only items that may be given (default: all)"),
  excluded: items.optional().describe("Items that are not given"),
};

const isOfOne = ({ user, history }: { user?: unknown; history?: unknown }) =>
  (user === undefined) !== (history === undefined);

const ofOne = { message: 'Expected either "user" or "history"' };

/** Of `recommend`. */
export const recommendInput = z.strictObject({
  user,
  history,
  ...wish,
  unknown: z.enum(["error", "popular"]).default("error").describe(
    "For a user whom the dataset lacks: an error, or popular items",
  ),
}).refine(isOfOne, ofOne);

/** Of `similar`. */
export const similarInput = z.strictObject({ item: id.describe("An item's id"), ...wish });

/** Of `explain`. */
export const explainInput = z.strictObject({
  user,
  history,
  items: z.array(id).min(1).max(limits.explained).optional().describe(
    "The items whose scores are explained (default: the best ones)",
  ),
  top_k: z.int().min(1).max(limits.explained).default(3).describe(
    "How many of the best items are explained, where none are named",
  ),
}).refine(isOfOne, ofOne);
