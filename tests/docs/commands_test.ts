import { assert, assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import { createProgram } from "../../cli/command_line.ts";
import { allCommands } from "../../cli/commands.ts";
import manifest from "../../deno.json" with { type: "json" };
import { projectFolder } from "../cli/run_cli.ts";
import { notOwn, repository } from "../repository.ts";
import { type ShellBlock, shellBlocks, simpleCommands } from "./shell.ts";

/** Documents whose commands are run as they stand, and those whose commands are looked at alone. */
const run = ["README.md", "docs/tutorial.md", "docs/data-format.md", "docs/research.md"]
  .concat("docs/models.md", "docs/adding_a_model.md");
const looked = ["CONTRIBUTING.md", "docs/adding_an_op.md", "docs/promises.md"];

/** Commands of the first that are looked at alone, and why. */
const notRun: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\S*bandpass (test|check|fuzz|bench\S*)/, "takes minutes, or is what runs this test"],
  [/--dataset (tiktok|baby|sports)/, "data that are not ours to hand out"],
  [/^bash bench\//, "wants a GPU, and minutes"],
  [/^deno run .*serve\.ts$/, "does not end; tests/docs/tutorial_test.ts asks it"],
];
