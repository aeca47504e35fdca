/**
 * The program that `mcp` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { mcpCommand } from "./mcp_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return mcpCommand(loaded(async () => (await import("./run_mcp.ts")).runMcp));
}

if (import.meta.main) await runAsProgram([command()]);
