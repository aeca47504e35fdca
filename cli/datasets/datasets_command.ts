/**
 * `datasets`: its arguments.
 *
 * @module
 */
import { defaultDataDirectory } from "../../data/folder.ts";
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
  ])
    .argument("[dataset]", "Dataset to describe (default: list all)")
    .option("--data-dir <folder>", "Folder that holds the datasets", userPath, defaultDataDirectory)
    .option("--json", "Print the result as JSON", false)
    .action((name, { dataDir: dataDirectory, json }) => run({ name, dataDirectory, json }));
}
