/**
 * What the tools of the Model Context Protocol take. Clients show the descriptions to a language model, which
 * has nothing else to go by.
 *
 * @module
 */
import { z } from "zod";
import { anyId, isOfOne, ofOne, requestFields } from "../request_fields.ts";

const id = anyId.describe("An id as in the dataset's own files");

const fields = requestFields(id);

const user = id.optional().describe("A user of the dataset");

const history = fields.history.optional().describe(
  "In place of a user: the items that somebody took who is not in the dataset",
);

/** Which items a list may hold, and how many. */
const wish = {
  top_k: fields.topK.default(10).describe("How many items"),
  allowed: fields.items.optional().describe("The only items that may be given (default: all)"),
  excluded: fields.items.optional().describe("Items that are not given"),
};

/** Of `recommend`. */
export const recommendInput = z.strictObject({
  user,
  history,
  ...wish,
  unknown: fields.unknown.default("error").describe(
    "For a user whom the dataset lacks: an error, or popular items",
  ),
}).refine(isOfOne, ofOne);

/** Of `similar`. */
export const similarInput = z.strictObject({ item: id.describe("An item's id"), ...wish });

/** Of `explain`. */
export const explainInput = z.strictObject({
  user,
  history,
  items: fields.explainedItems.optional().describe(
    "The items whose scores are explained (default: the best ones)",
  ),
  top_k: fields.explainedTop.default(3).describe(
    "How many of the best items are explained, where none are named",
  ),
}).refine(isOfOne, ofOne);
