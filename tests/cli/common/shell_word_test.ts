import { assertEquals } from "@std/assert";
import { flags } from "../../../cli/common/flags.ts";
import { shellWord } from "../../../cli/common/shell_word.ts";

Deno.test("shellWord() quotes what a shell would not take as it is, and nothing else", async () => {
  const plain = ["runs/a-1.0", "image=40,audio=10", "a.npy#b.csv", "../x", "50%"];
  for (const word of plain) assertEquals(shellWord(word), word);
  const words = [...plain, "", "a b", "it's", '"$HOME"', "~", "#a", "*", "\\N", "a\nb", "é", "`x`"];
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`],
  }).output();
  assertEquals(new TextDecoder().decode(stdout).split("\0").slice(0, -1), words);
});

Deno.test("commands in messages can be pasted into a shell", () => {
  assertEquals(
    flags.command("train", { resume: "../my runs/a", model: "./it's.ts", "settings.dim": "8" }),
    "./bandpass train --resume '../my runs/a' --model './it'\\''s.ts' --set dim=8",
  );
  assertEquals(flags.setting("listPresets"), "--list-presets");
});
