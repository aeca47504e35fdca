/**
 * The option `--mask` of commands that rank.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import type { Mask } from "../../evaluation/ranking.ts";

/** The mask unless another is given: what the protocol of training has. */
export const defaultMask: Mask = "train";

/**
 * `--mask SPLITS`: whose items are no candidates. A command tells from `undefined` that it is not given.
 *
 * @param description What it says of itself.
 */
export function maskOption(description = "Splits to exclude from ranking") {
  return new Option("--mask <splits>", description)
    .choices(["train", "train+valid"]).default(undefined, defaultMask);
}
