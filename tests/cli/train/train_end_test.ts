import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readResult } from "../../../training/result_file.ts";
import { projectFolder, runTask, withRun } from "../run_cli.ts";
import { metricsWithoutTimes, resultWithoutTimes } from "./run_contents.ts";

/** Where any model will do, the one that trains fastest. */
const lightgcn = ["--model", "lightgcn"];

Deno.test("train saves its state at a signal, exits with 130, and goes on exactly", {
  ignore: Deno.build.os === "windows",
}, () =>
  withRun((whole, wholeFolder) =>
    withRun(async (broken, brokenFolder) => {
      const settings = [...lightgcn, "--epochs", "12", "--set", "batch=256"];
      const uninterrupted = await runTask(["train", ...settings, "--run", whole]);
      assertEquals(uninterrupted.code, 0, uninterrupted.stderr);
      // The launcher becomes the command, so that the signal reaches it alone.
      const child = new Deno.Command("sh", {
        args: ["cli/launch.sh", "train", ...settings, "--run", broken],
        cwd: projectFolder,
        env: { INIT_CWD: projectFolder, BANDPASS_DENO: Deno.execPath(), NO_COLOR: "1" },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const decoder = new TextDecoder();
      let printed = "";
      let signalled = false;
      const output = child.stdout.cancel();
      for await (const chunk of child.stderr) {
        printed += decoder.decode(chunk, { stream: true });
        if (signalled || !printed.includes("epoch  1/")) continue;
        signalled = true;
        child.kill("SIGTERM");
      }
      await output;
      assertEquals((await child.status).code, 130, printed);
      assertStringIncludes(printed, "Interrupted by SIGTERM: saving the state");
      const [, place, run] =
        /^Interrupted by SIGTERM (.*); the state is saved\nResume with: (.*)\n/m.exec(printed)!;
      assertEquals(run, `./bandpass train --resume runs/${broken}`);
      assert(!printed.includes("error:"), printed);
      const left = await readResult(brokenFolder);
      assertEquals([left?.status, left?.test], ["interrupted", null]);
      const rest = await runTask(["train", "--resume", `runs/${broken}`]);
      assertEquals(rest.code, 0, rest.stderr);
      assertStringIncludes(rest.stderr, `Run       runs/${broken}, resumed ${place}\n`);
      assertEquals(
        await Deno.readFile(`${brokenFolder}/best.safetensors`),
        await Deno.readFile(`${wholeFolder}/best.safetensors`),
      );
      assertEquals(
        await metricsWithoutTimes(brokenFolder),
        await metricsWithoutTimes(wholeFolder),
      );
      assertEquals(await resultWithoutTimes(brokenFolder), await resultWithoutTimes(wholeFolder));
    })
  ));

Deno.test("train ends after more evaluations without a better one than its patience, and says so later", () =>
  withRun(async (name, folder) => {
    // Nothing is learnt: no evaluation is better than the first.
    const still = ["--set", "learning_rate=0", "--set", "patience=2"];
    const { code, stdout, stderr } = await runTask(
      ["train", ...lightgcn, ...still, "--epochs", "9", "--run", name, "--json"],
    );
    assertEquals(code, 0, stderr);
    const { best_epoch, epochs, stop_reason } = JSON.parse(stdout);
    assertEquals([best_epoch, epochs], [1, 1 + 2 + 1]);
    assertEquals(stop_reason, "no improvement for 3 epochs");
    const kept = await Deno.readTextFile(`${folder}/result.json`);
    const again = await runTask(["train", "--resume", name]);
    assertEquals(again.code, 0, again.stderr);
    assertStringIncludes(
      again.stderr,
      `Run       runs/${name}, already finished after 4 epochs: no improvement for 3 epochs
To train for longer, start a new run with more patience: ./bandpass train --config ` +
        `runs/${name}/config.json --set patience=4\n`,
    );
    assertStringIncludes(again.stdout, "Stopped after 4 epochs: no improvement for 3 epochs");
    assertEquals(await Deno.readTextFile(`${folder}/result.json`), kept);
  }));

Deno.test("train --resume says how to go beyond the epochs that a run has had", () =>
  withRun(async (name) => {
    const started = await runTask(["train", ...lightgcn, "--epochs", "2", "--run", name]);
    assertEquals(started.code, 0, started.stderr);
    const { stderr } = await runTask(["train", "--resume", name, "--epochs", "1"]);
    assertStringIncludes(
      stderr,
      `Run       runs/${name}, already finished after 2 epochs, the maximum
To train it for longer: ./bandpass train --resume runs/${name} --epochs 4\n`,
    );
  }));

Deno.test("train stops with exit code 5 where the loss is not a number", () =>
  withRun(async (name, folder) => {
    const { code, stderr } = await runTask([
      "train",
      ...lightgcn,
      "--run",
      name,
      "--epochs",
      "3",
      "--set",
      "learning_rate=1e30",
    ]);
    assertEquals(code, 5, stderr);
    assertStringIncludes(stderr, "diverged");
    assertStringIncludes(
      stderr,
      "Use a smaller learning rate: --set learning_rate=0.001 (it was 1e+30)",
    );
    const { status, stop_reason, epochs } = (await readResult(folder))!;
    assertEquals([status, epochs], ["diverged", 0]);
    assertStringIncludes(stop_reason, "diverged in epoch 1");
  }));
