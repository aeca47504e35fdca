import { assert, assertEquals } from "@std/assert";
import { writeNpy } from "../../../data/npy.ts";
import { projectFolder } from "../run_cli.ts";
import { withFolders } from "./folders.ts";

/** Runs a command, and gives its exit code and what it said. */
async function run(cwd: string, args: readonly string[]): Promise<[number, string]> {
  const signal = AbortSignal.timeout(60_000);
  const command = new Deno.Command(`${projectFolder}bandpass`, { args: [...args], cwd, signal });
  const { code, stderr } = await command.output();
  return [code, new TextDecoder().decode(stderr)];
}

Deno.test("the launcher waits for no pipe, and reads no device, that is given as a configuration", () =>
  withFolders(async ({ standing }) => {
    await new Deno.Command("mkfifo", { args: [`${standing}/config.json`] }).output();
    for (const args of [["--resume", standing], ["--config=/dev/zero"]]) {
      const [code, said] = await run(standing, ["train", ...args]);
      assert([2, 3].includes(code), said);
    }
  }));

Deno.test("a dataset may be a symbolic link that leads out of its folder", () =>
  withFolders(async ({ standing, outside }) => {
    await writeNpy(`${outside}/image_feat.npy`, [2, 1], new Float32Array([1, 2]));
    const table = "userID\titemID\tx_label\n0\t0\t0\n1\t1\t0\n";
    await Deno.writeTextFile(`${outside}/shop.inter`, table);
    await Deno.symlink(outside, `${standing}/shop`);
    const options = ["--dataset", "shop", "--data-dir", standing, "--eigenpairs", "1"];
    const [code, said] = await run(standing, ["spectrum", ...options]);
    assertEquals(code, 0, said);
  }));
