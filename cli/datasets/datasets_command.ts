/**
 * `datasets`: its arguments.
 *
 * @module
 */
import { defaultDataDirectory } from "../../data/default_names.ts";
import { UsageError } from "../../errors.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { userPath } from "../common/paths.ts";

/** What the user asked `datasets` for. */
export interface DatasetsRequest {
  /** A dataset to describe; `undefined` to list all. */
  readonly name?: string;
  /** The folder of the datasets. */
  readonly dataDirectory: string;
  /** Whether to print JSON. */
  readonly json: boolean;
  /** The file of a page about the dataset, or `-` for stdout; nothing for none. */
  readonly html?: string;
  /** A folder with pictures of the items, for the page. */
  readonly pictures?: string;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function datasetsCommand(run: (request: DatasetsRequest) => Promise<void>): AnyCommand {
  return createCommand("datasets", "List datasets, or describe one", [
    { purpose: "List all datasets", line: "datasets" },
    { purpose: "Describe the built-in sample", line: "datasets sample" },
    {
      purpose: "See what its features are good for, on a page",
      line: "datasets sample --html sample.html",
    },
  ])
    .argument("[dataset]", "Dataset to describe (default: list all)")
    .option("--data-dir <folder>", "Folder that holds the datasets", userPath, defaultDataDirectory)
    .option("--html <file>", "Write a page with charts and nearest items; - for stdout", userPath)
    .option(
      "--pictures <folder>",
      "Pictures of items for the page, named by item id (.jpg, .png, .webp or .gif, up to 1 MiB each)",
      userPath,
    )
    .option("--json", "Print the result as JSON", false)
    .action((name, { dataDir: dataDirectory, json, html, pictures }) => {
      if (html !== undefined && name === undefined) {
        throw new UsageError(
          "Cannot use --html without a dataset: a page is of one",
          "Name a dataset; the command without --html lists them",
        );
      }
      if (html === "-" && json) {
        throw new UsageError(
          "Cannot write --html and --json both to stdout",
          "Name a file for --html",
        );
      }
      if (pictures !== undefined && html === undefined) {
        throw new UsageError(
          "Cannot use --pictures without --html: it would have no effect",
          "Add --html FILE, or leave --pictures out",
        );
      }
      return run({ name, dataDirectory, json, html, pictures });
    });
}
