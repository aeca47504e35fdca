/**
 * The option `--mask` of commands that rank.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
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

/**
 * The mask of a ranking.
 *
 * @param split Whose items are held out.
 * @param mask What the user asked for (default: {@linkcode defaultMask}).
 * @throws {UsageError} It has the split that is ranked.
 */
export function maskOf(split: "valid" | "test", mask: Mask = defaultMask): Mask {
  if (split === "test" || mask === "train") return mask;
  throw new UsageError(
    `Cannot use --mask ${mask} with --split ${split}: its items are what is to be found`,
    "Leave --mask out: train items are masked",
  );
}
