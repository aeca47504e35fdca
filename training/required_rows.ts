/**
 * Rows that every training needs.
 *
 * @module
 */
import { allSplits, type Dataset } from "../data/dataset.ts";
import { DataError } from "../errors.ts";

/**
 * Refuses a dataset without train, validation or test rows.
 *
 * @param dataset The dataset.
 * @throws {DataError} A split has no rows.
 */
export function requireRows(dataset: Dataset): void {
  for (const split of allSplits) {
    if (dataset[split].users.length > 0) continue;
    const label = { train: 0, valid: 1, test: 2 }[split];
    throw new DataError(
      `Cannot train on "${dataset.name}": its ${split} split has no rows`,
      ({ command }) =>
        `Give some rows of the .inter file the x_label ${label}, or build the dataset again with ` +
        `${command("preprocess", { ratios: "0.8,0.1,0.1" })}; the best epoch is chosen on ` +
        "validation rows and reported on test rows",
    );
  }
}
