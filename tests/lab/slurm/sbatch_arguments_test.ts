import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { BandpassError, UsageError } from "../../../errors.ts";
import { sbatchArguments } from "../../../lab/slurm/sbatch_arguments.ts";
import { slurmPrograms } from "../../../lab/slurm/slurm_programs.ts";

import { withFolder } from "../../recommender/shop.ts";

Deno.test("sbatchArguments() parts words by spaces, and leaves what they mean to Slurm", () => {
  assertEquals(sbatchArguments([]), []);
  assertEquals(sbatchArguments(["--time=1:00:00  --gres=gpu:1", " -pgpu ", "--requeue"]), [
    ...["--time=1:00:00", "--gres=gpu:1", "-pgpu", "--requeue"],
  ]);
  assertEquals(sbatchArguments(["--wait-all-nodes=1 --account=a"]).length, 2);
});

Deno.test("sbatchArguments() refuses words without an option, and options that the engine needs", () => {
  const refusal = (text: string) => assertThrows(() => sbatchArguments([text]), UsageError).message;
  for (const word of ["gpu", "script.sh", "-", "--", "-4"]) {
    assertStringIncludes(refusal(`--partition ${word}`), `"${word}"`);
  }
  for (const word of ["--array=0-9", "--arr=1", "-a1", "-o/dev/null", "--wrap=ls", "--outp=x"]) {
    assertStringIncludes(refusal(word), "not for you to change", word);
  }
});

Deno.test("slurmPrograms say which program is missing, and how to do without", () =>
  withFolder(async (folder) => {
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", folder);
    try {
      const error = await assertRejects(() => slurmPrograms.tasks(), BandpassError, '"squeue"');
      assertStringIncludes(error.nextStep!, "engine=local");
      assertEquals(error.exitCode, 1);
    } finally {
      Deno.env.set("PATH", path);
    }
  }));
