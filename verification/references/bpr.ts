/**
 * How BPR compares with its reference implementation.
 *
 * @module
 */
import { bpr } from "../../models/bpr/bpr.ts";
import type { Reference } from "../reference.ts";

/** The public implementation of BPR. */
export const bprReference: Reference = {
  definition: bpr,
  model: "BPR",
  settings: ({ reg_weight, learning_rate }) => ({ reg: reg_weight, learning_rate }),
  tensors: () => [
    { reference: "user_embedding.weight", parameter: "users" },
    { reference: "item_embedding.weight", parameter: "items" },
  ],
};
