import { assertEquals, assertStrictEquals } from "@std/assert";
import { flags } from "../../../cli/common/flags.ts";
import { ended } from "../../../cli/train/ended.ts";
import { type BandpassError, DivergedError, InterruptedError } from "../../../errors.ts";
import { RunFolder } from "../../../training/run_folder.ts";

Deno.test("ended() says how to resume, and that an earlier best epoch is kept", async () => {
  const folder = new RunFolder(await Deno.makeTempDir());
  const told = async (error: BandpassError, modelFile?: string) =>
    (await ended(error, folder, modelFile) as BandpassError).told(flags);
  const interrupted = await told(new InterruptedError("Interrupted", "x"), "./mine.ts");
  assertEquals(interrupted, {
    message: "Interrupted",
    nextStep: `Resume with: ./bandpass train --resume ${folder.path} --model ./mine.ts`,
  });
  const diverged = new DivergedError("Training diverged", ({ setting }) => setting("seed", "1"));
  assertStrictEquals(await ended(diverged, folder, undefined), diverged);
  await Deno.writeTextFile(`${folder.path}/best.safetensors`, "");
  assertEquals(await told(diverged), {
    message: `Training diverged; the best epoch before is kept in ${folder.path}`,
    nextStep: "--seed 1",
  });
  const other = new Error("Anything else");
  assertStrictEquals(await ended(other, folder, undefined), other);
  await Deno.remove(folder.path, { recursive: true });
});
