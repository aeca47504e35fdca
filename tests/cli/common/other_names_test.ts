import { assertEquals } from "@std/assert";
import { allCommands } from "../../../cli/commands.ts";
import { commandMeant, optionMeant } from "../../../cli/common/other_names.ts";

const commands = allCommands();
const names = commands.map((command) => command.name());

Deno.test("commandMeant() knows what others call our commands, and how ours begin", () => {
  for (
    const [word, meant] of [
      ["list", "runs"],
      ["ls", "runs"],
      ["rm", "runs --remove"],
      ["resume", "train --resume"],
      ["predict", "recommend"],
      ["version", "--version"],
      ["eval", "evaluate"],
      ["rec", "recommend"],
      // Two begin so.
      ["d", undefined],
      ["e", undefined],
      ["frobnicate", undefined],
    ] as const
  ) assertEquals(commandMeant(word, names), meant, word);
});

Deno.test("optionMeant() knows what others call the options that a command has", () => {
  for (
    const [name, flag, meant] of [
      ["train", "--lr", "--set learning_rate=VALUE"],
      ["train", "--batch-size", "--set batch=VALUE"],
      ["train", "--embedding_size", "--set dim=VALUE"],
      ["train", "--mask-rate", "--set mask_rate=VALUE"],
      ["train", "--device", "--adapter"],
      ["train", "-n", "--epochs"],
      ["train", "--random-seed", "--seed"],
      ["train", "--Data_Dir", "--data-dir"],
      ["train", "--frobnicate", undefined],
      ["recommend", "-n", "--top-k"],
      ["recommend", "--topk", "--top-k"],
      ["recommend", "--k", "--top-k"],
      ["recommend", "--output", "--out"],
      ["recommend", "--user-id", "--user"],
      ["recommend", "--lr", undefined],
      ["evaluate", "--checkpoint", "--run"],
      ["preprocess", "--force", "--overwrite"],
      ["doctor", "--gpu", "--adapter"],
      ["completions", "--gpu", undefined],
    ] as const
  ) {
    const command = commands[names.indexOf(name)];
    assertEquals(optionMeant(flag, command), meant, `${name} ${flag}`);
  }
});
