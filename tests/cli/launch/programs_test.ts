import { assert, assertEquals } from "@std/assert";
import { launchedCommands } from "../../../cli/launch/permissions.ts";
import { projectFolder } from "../run_cli.ts";

/** All modules that Deno reads before it runs a program. */
async function modulesOf(program: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", program],
    cwd: projectFolder,
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  return modules.map(({ specifier }: { specifier: string }) =>
    specifier.replace(`file://${projectFolder}`, "")
  );
}

Deno.test("each launched command is a program of its own", async () => {
  for (const command of launchedCommands) {
    const { isFile } = await Deno.stat(`${projectFolder}cli/${command}/main.ts`);
    assert(isFile, command);
  }
});

Deno.test("programs that need no models read none", async () => {
  for (const command of ["doctor", "datasets", "encode", "preprocess"]) {
    const modules = await modulesOf(`cli/${command}/main.ts`);
    assert(modules.includes("cli/common/run_program.ts"));
    assertEquals(modules.filter((path) => path === "models/registry.ts"), [], command);
  }
});
