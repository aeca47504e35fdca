/**
 * How VBPR compares with its reference implementation.
 *
 * @module
 */
import { vbpr } from "../../models/vbpr/vbpr.ts";
import type { Reference } from "../reference.ts";

/** The public implementation of VBPR. */
export const vbprReference: Reference = {
  definition: vbpr,
  model: "VBPR",
  settings: ({ reg_weight, learning_rate }) => ({ reg: reg_weight, learning_rate }),
  tensors: () => [
    { reference: "u_embedding", parameter: "users" },
    { reference: "i_embedding", parameter: "items" },
    { reference: "item_linear.weight", parameter: "projection.weight" },
    { reference: "item_linear.bias", parameter: "projection.bias" },
  ],
};
