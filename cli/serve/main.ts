/**
 * The program that `serve` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { serveCommand } from "./serve_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return serveCommand(loaded(async () => (await import("./run_serve.ts")).runServe));
}

if (import.meta.main) await runAsProgram([command()]);
