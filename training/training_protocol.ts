/**
 * How every training is evaluated.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { protocolText } from "../evaluation/ranking.ts";
import { stoppingMetric } from "./training_result.ts";
import { drawnUsersText } from "./validation_users.ts";

/**
 * How every training is evaluated, in words.
 *
 * @param dataset What it is trained on.
 * @param split The last split that it looks at (default: test).
 * @param chosen What is chosen by validation; an empty text where nothing is (default: the best epoch).
 * @param evalUsers How many users validation ranks (default: all).
 */
export function trainingProtocol(
  dataset: Dataset,
  split: "valid" | "test" = "test",
  chosen = "best epoch",
  evalUsers?: number,
): string {
  const drawn = drawnUsersText(dataset, evalUsers);
  return [
    protocolText(split, "train", dataset),
    ...chosen === "" ? [] : [`${chosen} by validation ${stoppingMetric}`],
    ...drawn === undefined ? [] : [`validation ranks ${drawn}`],
  ].join("; ");
}
