import { assert, assertEquals } from "@std/assert";
import { flags } from "../cli/common/flags.ts";
import { DataError, UsageError } from "../errors.ts";
import { projectFolder } from "./cli/run_cli.ts";

const error = new UsageError(
  ({ setting }) => `Cannot use ${setting("adapter", "gpu")} with ${setting("data_dir")}`,
  ({ setting, command }) =>
    `Set ${setting("kCore", "1")} or ${setting("settings.dim", "8")}, or see ` +
    `${command("train", { listPresets: "", model: "ssr" })} or ${command("doctor")}`,
);

Deno.test("errors name settings and commands to programs, and flags on the command line", () => {
  assertEquals(error.message, 'Cannot use adapter=gpu with "data_dir"');
  assertEquals(
    error.nextStep,
    'Set kCore=1 or settings.dim=8, or see the command "train" with "listPresets" and model=ssr ' +
      'or the command "doctor"',
  );
  assertEquals(error.told(flags), {
    message: "Cannot use --adapter gpu with --data-dir",
    nextStep: "Set --k-core 1 or --set dim=8, or see ./bandpass train --list-presets --model ssr " +
      "or ./bandpass doctor",
  });
});

Deno.test("errors without settings say the same everywhere", () => {
  const plain = new DataError('Cannot read "adapter"');
  assertEquals(plain.told(flags), { message: plain.message, nextStep: undefined });
  assertEquals("nextStep" in plain && plain.nextStep, undefined);
});

/** Flags and tasks in the texts of a source file; those in comments are for its readers. */
function flagsIn(source: string): string[] {
  const code = source.replaceAll(/\/\*[^]*?\*\/|^ *\/\/.*$/gm, "");
  return code.match(/--[a-z][\w-]*|(?:\.\/bandpass|deno task)[ \w]*/g) ?? [];
}

Deno.test("no text of the floors below the command line names a flag or a task", async () => {
  assertEquals(flagsIn('f("Use --adapter cpu"); // --dry-run'), ["--adapter", "--dry-run"]);
  assertEquals(flagsIn("/** `--model FILE` */\n// --run\nlet a = `see ./bandpass doctor`;"), [
    "./bandpass doctor",
  ]);
  const floors = [
    ...[
      "algebra",
      "data",
      "evaluation",
      "gpu",
      "graph",
      "models",
      "recommender",
      "shaders",
      "training",
    ],
    ...["verification", "errors.ts"],
  ];
  let files = 0;
  const look = async (path: string): Promise<void> => {
    if (!path.endsWith(".ts")) {
      for await (const { name, isDirectory } of Deno.readDir(projectFolder + path)) {
        if (isDirectory || name.endsWith(".ts")) await look(`${path}/${name}`);
      }
      return;
    }
    files++;
    assertEquals(flagsIn(await Deno.readTextFile(projectFolder + path)), [], path);
  };
  for (const floor of floors) await look(floor);
  assert(files > 150, `${files} files`);
});
