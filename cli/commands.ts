/**
 * All commands, each with what it does.
 *
 * @module
 */
import { command as blend } from "./blend/main.ts";
import type { AnyCommand } from "./common/command.ts";
import { helpGroup } from "./common/command_line.ts";
import { command as compare } from "./compare/main.ts";
import { completionsCommand } from "./completions/completions_command.ts";
import { runCompletions } from "./completions/run_completions.ts";
import { command as datasets } from "./datasets/main.ts";
import { command as doctor } from "./doctor/main.ts";
import { command as encode } from "./encode/main.ts";
import { command as evaluate } from "./evaluate/main.ts";
import { command as explain } from "./explain/main.ts";
import { command as exportRun } from "./export/main.ts";
import { command as mcp } from "./mcp/main.ts";
import { command as preprocess } from "./preprocess/main.ts";
import { command as push } from "./push/main.ts";
import { command as recommend } from "./recommend/main.ts";
import { command as report } from "./report/main.ts";
import { command as runTrial } from "./run-trial/main.ts";
import { command as runs } from "./runs/main.ts";
import { command as serve } from "./serve/main.ts";
import { command as spectrum } from "./spectrum/main.ts";
import { command as study } from "./study/main.ts";
import { command as train } from "./train/main.ts";
import { command as tune } from "./tune/main.ts";
import { command as verify } from "./verify/main.ts";

/** Makes the commands, in the order in which the help lists them. */
export function allCommands(): AnyCommand[] {
  const commands: AnyCommand[] = [
    ...group("Data", preprocess(), datasets(), encode(), spectrum()),
    ...group("Train", train(), blend(), tune(), runs(), runTrial()),
    ...group("Judge", evaluate(), compare(), study(), report()),
    ...group("Use", recommend(), explain(), exportRun(), push(), serve(), mcp()),
    ...group("Check", doctor(), verify()),
    ...group(helpGroup, completionsCommand((shell) => runCompletions(shell, commands))),
  ];
  return commands;
}

/** Commands that stand under one heading of the help. */
function group(heading: string, ...commands: AnyCommand[]): AnyCommand[] {
  return commands.map((command) => command.helpGroup(`${heading}:`));
}
