/**
 * `blend`: its arguments.
 *
 * @module
 */
import { Argument } from "@commander-js/extra-typings";
import type { trainOptions } from "../../training/configuration.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { newRunName } from "../common/run_name.ts";
import { lastRun } from "../common/run_reference.ts";

/** What the user asked `blend` for. */
export interface BlendRequest {
  /** The runs, as the user named them. */
  readonly runs: readonly string[];
  /** The name of the blend's folder in `runs/`; `undefined` to choose one that is free. */
  readonly run?: string;
  /** The folder that holds the dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** Where to compute. */
  readonly adapter: typeof trainOptions.adapter["choices"][number];
  /** Whether to print the result as JSON. */
  readonly json: boolean;
}

/**
 * The command.
 *
 * @param run What it does.
 */
export function blendCommand(run: (request: BlendRequest) => Promise<void>): AnyCommand {
  return createCommand("blend", "Blend runs into one whose scores are a weighted sum of theirs", [
    {
      purpose: "Blend two runs, with weights chosen on the validation split",
      line: "blend sample-ssr-0 sample-gfcf-0",
    },
    {
      purpose: "Name the new run, which other commands take as any other",
      line: "blend NAME NAME NAME --run together",
    },
  ])
    .addArgument(
      new Argument(
        "<runs...>",
        `Runs of one dataset: their names in runs/, their folders, or ${lastRun} for the newest`,
      ),
    )
    .option(
      "--run <name>",
      "Name of the new run (default: its dataset and blend)",
      newRunName,
    )
    .addOption(dataDirOption())
    .addOption(adapterOption())
    .option("--json", "Print the result as JSON", false)
    .action((runs, options) => run({ ...options, runs }));
}
