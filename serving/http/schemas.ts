/**
 * What requests and answers of the API look like. OpenAPI's document is made of these.
 *
 * @module
 */
import { z } from "@hono/zod-openapi";
import { limits } from "../limits.ts";
import { anyId, isOfOne, ofOne, requestFields } from "../request_fields.ts";

const id = anyId.openapi("Id");

const fields = requestFields(id);

const split = z.enum(["train", "valid", "test"]);

/** Which items a list may hold. */
const wish = {
  top_k: fields.topK.default(20).openapi({ description: "Number of items of a list" }),
  allowed: fields.items.optional().openapi({
    description: "The only items that may be given; ids that the dataset lacks are passed over",
  }),
  excluded: fields.items.optional().openapi({
    description: "Items that are not given; ids that the dataset lacks are passed over",
  }),
};

/** The body of `POST /recommend`. */
export const recommendBody = z.strictObject({
  users: z.array(id).max(limits.batch).optional().openapi({
    description: "Users of the dataset",
    example: ["c1001"],
  }),
  histories: z.array(fields.history).max(limits.batch).optional().openapi({
    description: "The items that people who are not in the dataset took",
  }),
  ...wish,
  exclude_seen: z.array(split).max(3).optional().openapi({
    description: "The splits whose items a user does not get again (default: all)",
  }),
  unknown: fields.unknown.optional().openapi({
    description: "Whether users and items that the dataset lacks are an error (the default), or " +
      "such users get popular items, and such items of histories are passed over",
  }),
}).refine(({ users = [], histories = [] }) => users.length + histories.length > 0, {
  message: "Expected a user or a history",
}).refine(({ users = [], histories = [] }) => users.length + histories.length <= limits.batch, {
  message: `Expected at most ${limits.batch} users and histories together`,
}).refine(
  ({ histories = [] }) =>
    histories.reduce((sum, { length }) => sum + length, 0) <= limits.histories,
  { message: `Expected at most ${limits.histories} items in all histories` },
).openapi("RecommendRequest");

/** The body of `POST /explain`. */
export const explainBody = z.strictObject({
  user: id.optional(),
  history: fields.history.optional().openapi({
    description: "The items of somebody who is not in it",
  }),
  items: fields.explainedItems.optional().openapi({
    description: "The items whose scores are explained (default: the best ones)",
  }),
  top_k: fields.explainedTop.default(5).openapi({
    description: "How many of the best items are explained, where none are named",
  }),
}).refine(isOfOne, ofOne).openapi("ExplainRequest");

/** The path of a user or an item. */
export const idParam = z.object({
  id: z.string().min(1).max(limits.idLength).openapi({ param: { name: "id", in: "path" } }),
});

/** What the address of a list says of it. */
export const listQuery = z.strictObject({
  top_k: z.string().regex(/^\d{1,4}$/, "Expected an integer").transform(Number).pipe(fields.topK)
    .optional().openapi({ type: "integer", description: "Number of items (default: 20)" }),
});

const listedItem = z.object({
  item: id,
  name: z.string().optional().openapi({ description: "Its name, where the dataset has one" }),
  score: z.number().openapi({ description: "Only scores of one list can be compared" }),
}).openapi("ListedItem");

/** A list, and where it comes from. */
export const listSchema = z.object({
  user: id.optional(),
  basis: z.enum(["model", "popular", "unknown"]).openapi({
    description: "The model; or popularity, as the model knows nothing of the user or the " +
      "history; or popularity, as the user is not in the dataset",
  }),
  items: z.array(listedItem).readonly().openapi({ description: "Best first" }),
}).openapi("List");

/** Which run an answer comes from. */
const run = z.string().openapi({ description: "The run that answered" });

/** Lists of users, and of histories after them. */
export const recommendAnswer = z.object({ run, lists: z.array(listSchema).readonly() }).openapi(
  "Lists",
);

/** The list of one user. */
export const userAnswer = z.object({ run, ...listSchema.shape }).openapi("UserList");

/** Items similar to an item. */
export const similarAnswer = z.object({
  run,
  item: id,
  name: z.string().optional(),
  items: z.array(listedItem).readonly().openapi({ description: "Most similar first" }),
}).openapi("SimilarItems");

const named = z.string().optional();

const breakdown = z.object({
  by: z.string().openapi({ description: "What the parts are, such as modality, band or view" }),
  parts: z.array(z.object({
    name: z.string(),
    user: z.string().optional(),
    item: z.string().optional(),
    modality: z.string().optional(),
    value: z.number(),
  })).readonly(),
}).openapi("Breakdown", { description: "A score as a sum of parts" });

const ownItems = z.object({
  isExact: z.boolean().openapi({ description: "Whether the score is this sum, to rounding" }),
  rule: z.enum(["history", "first hop", "fold-in", "members"]),
  parts: z.array(z.object({ item: id, name: named, value: z.number() })).readonly(),
  others: z.object({ count: z.int(), value: z.number() }),
  base: z.number(),
  remainder: z.number(),
}).openapi("OwnItems", {
  description: "A score as a sum over what the user took: parts, others, base and remainder",
});

const explanation = z.object({
  user: id.optional(),
  history: z.array(id).readonly().optional(),
  item: id,
  name: named,
  score: z.number(),
  basis: z.enum(["model", "fold-in", "popular"]),
  taken: z.int().openapi({ description: "Train rows of the item" }),
  nearest: z.array(z.object({ item: id, name: named, score: z.number() })).readonly().optional(),
  breakdowns: z.array(breakdown).readonly(),
  members: z.array(z.object({
    member: z.string(),
    model: z.string(),
    weight: z.number(),
    score: z.number(),
    mean: z.number(),
    deviation: z.number(),
    breakdowns: z.array(breakdown).readonly(),
  })).readonly().optional(),
  own: ownItems.optional(),
  sentences: z.array(z.string()).readonly().openapi({ description: "For people to read" }),
}).openapi("Explanation");

/** Why scores are what they are. */
export const explainAnswer = z.object({
  run,
  explanations: z.array(explanation).readonly(),
}).openapi("Explanations");

/** That the process runs. */
export const healthAnswer = z.object({ status: z.literal("ok"), version: z.string() });

/** That a run can answer, and which. */
export const readyAnswer = z.object({
  status: z.literal("ready"),
  run,
  model: z.string(),
  dataset: z.string(),
  users: z.int(),
  items: z.int(),
  adapter: z.string(),
}).openapi("Ready");
