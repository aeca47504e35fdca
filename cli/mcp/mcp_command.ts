/**
 * `mcp`: its arguments.
 *
 * @module
 */
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { modelFileOption } from "../common/model_option.ts";
import type { RunRequest } from "../common/open_recommender.ts";
import { namedRun, runArgument, runOption } from "../common/run_option.ts";

/**
 * The command.
 *
 * @param run What it does.
 */
export function mcpCommand(run: (request: RunRequest) => Promise<void>): AnyCommand {
  return createCommand("mcp", "Give assistants tools over the Model Context Protocol, on stdio", [
    {
      purpose: "Tools recommend, similar and explain, for a client that starts this",
      line: "mcp NAME",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .addOption(adapterOption())
    .action((name, options) => run({ ...options, run: namedRun("mcp", name, options.run) }));
}
