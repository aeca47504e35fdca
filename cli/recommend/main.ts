/**
 * The program that `recommend` is.
 *
 * @module
 */
import type { AnyCommand } from "../common/command.ts";
import { loaded, runAsProgram } from "../common/run_program.ts";
import { recommendCommand } from "./recommend_command.ts";

/** Makes the command. */
export function command(): AnyCommand {
  return recommendCommand(loaded(async () => (await import("./run_recommend.ts")).runRecommend));
}

if (import.meta.main) await runAsProgram([command()]);
