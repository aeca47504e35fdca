import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { readResult } from "../../../training/result_file.ts";
import { projectFolder, runTask, trainedMetrics, withRun } from "../run_cli.ts";
import { metricsWithoutTimes, resultWithoutTimes } from "./run_contents.ts";

/** Where any model will do, the one that trains fastest. */
const lightgcn = ["--model", "lightgcn"];

Deno.test("train gives metrics as JSON, and evaluate gives the same again", () =>
  withRun(async (name, folder) => {
    const training = await runTask(["train", "--epochs", "2", "--run", name, "--json"]);
    assertEquals(training.code, 0, training.stderr);
    const report = JSON.parse(training.stdout);
    assertEquals(report.epochs, 2);
    assertEquals(report.run, `runs/${name}`);
    assertEquals(report.seed, 0);
    const { run: _run, notes: _notes, yardstick, ...result } = report;
    assertEquals(yardstick.model, "mmgf");
    assertEquals(await readResult(folder), result);
    assertEquals([result.status, result.stop_reason], ["finished", "maximum epochs"]);
    for (const key of ["recall", "ndcg", "precision", "map"]) {
      for (const cutoff of [5, 10, 20, 50]) {
        assert(report.test[`${key}@${cutoff}`] >= 0, `${key}@${cutoff}`);
      }
    }
    assertStringIncludes(training.stderr, "epoch 1/2");
    const files = Array.from(Deno.readDirSync(folder), (entry) => entry.name).toSorted();
    assertEquals(files, [
      "best.safetensors",
      "config.json",
      "diagnostics.jsonl",
      "diagnostics.sha256",
      "environment.json",
      "last.safetensors",
      "metrics.jsonl",
      "metrics.sha256",
      "result.json",
      "run.json",
    ]);
    const evaluation = await runTask(["evaluate", "--run", `runs/${name}`, "--json"]);
    assertEquals(evaluation.code, 0, evaluation.stderr);
    assertEquals(trainedMetrics(evaluation.stdout), report.test);
  }));

Deno.test("train gives the same bytes for the same seed in two processes", () =>
  withRun((first, firstFolder) =>
    withRun(async (second, secondFolder) => {
      for (const name of [first, second]) {
        const { code, stderr } = await runTask(["train", "--epochs", "2", "--run", name]);
        assertEquals(code, 0, stderr);
      }
      for (const file of ["best.safetensors", "last.safetensors"]) {
        assertEquals(
          await Deno.readFile(`${secondFolder}/${file}`),
          await Deno.readFile(`${firstFolder}/${file}`),
          file,
        );
      }
      assertEquals(
        await metricsWithoutTimes(secondFolder),
        await metricsWithoutTimes(firstFolder),
      );
      assertEquals(await resultWithoutTimes(secondFolder), await resultWithoutTimes(firstFolder));
    })
  ));

Deno.test("train --resume goes on as if there had been no break", () =>
  withRun((whole, wholeFolder) =>
    withRun(async (parts, partsFolder) => {
      const start = await runTask(["train", "--epochs", "3", "--run", whole]);
      assertEquals(start.code, 0, start.stderr);
      await runTask(["train", "--epochs", "2", "--run", parts]);
      const rest = await runTask(["train", "--resume", `runs/${parts}`, "--epochs", "3"]);
      assertEquals(rest.code, 0, rest.stderr);
      for (const file of ["best.safetensors", "diagnostics.jsonl", "last.safetensors"]) {
        assertEquals(
          await Deno.readFile(`${partsFolder}/${file}`),
          await Deno.readFile(`${wholeFolder}/${file}`),
          file,
        );
      }
      assertEquals(
        await metricsWithoutTimes(partsFolder),
        await metricsWithoutTimes(wholeFolder),
      );
      assertEquals(await resultWithoutTimes(partsFolder), await resultWithoutTimes(wholeFolder));
    })
  ));

Deno.test("train computes popularity, ItemKNN and EASE, and evaluate repeats them", async () => {
  const settings: Record<string, string[]> = { ease: ["--set", "ridge=500"] };
  for (const model of ["popularity", "itemknn", "ease"]) {
    await withRun(async (name, folder) => {
      const training = await runTask(
        ["train", "--model", model, ...settings[model] ?? [], "--run", name, "--json"],
      );
      assertEquals(training.code, 0, training.stderr);
      const { run: _run, notes: _notes, ...result } = JSON.parse(training.stdout);
      assertEquals(await readResult(folder), result);
      assertEquals(result.stop_reason, "computed");
      const { test } = result;
      assert(test["recall@20"] > 0.05, `${model} ${test["recall@20"]}`);
      const evaluation = await runTask(["evaluate", "--run", `runs/${name}`, "--json"]);
      assertEquals(trainedMetrics(evaluation.stdout), test);
    });
  }
});

Deno.test("train refuses what it cannot use, each with its exit code and a next step", async () => {
  await withRun(async (name, folder) => {
    await Deno.mkdir(folder, { recursive: true });
    const cases: [string[], number, string][] = [
      [["--dataset", "smaple"], 3, '"sample"'],
      [["--model", "lightgnc"], 2, 'Did you mean "lightgcn"?'],
      [["--set", "layer=2"], 2, 'Did you mean "layers"?'],
      [["--set", "dim=30"], 2, "a multiple of 4"],
      [["--run", name], 2, "already exists"],
      [["--preset", "smaple"], 2, 'Did you mean "sample"?'],
      [["--resume", "runs/there-is-none"], 3, "there is no such folder"],
      [["--adapter", "quantum"], 2, "auto"],
    ];
    for (const [args, exit, words] of cases) {
      const { code, stdout, stderr } = await runTask(["train", ...args]);
      assertEquals(code, exit, `${args}: ${stderr}`);
      assertEquals(stdout, "");
      // Nothing is printed before it.
      assert(stderr.startsWith("error: "), stderr);
      assertStringIncludes(stderr, words);
      assert(!stderr.includes("    at "), `a stack trace for ${args}`);
    }
  });
});

Deno.test("train says what to do where there is no adapter, with exit code 4", async () => {
  // No machine has a driver of this kind beside Windows.
  const backend = Deno.build.os === "windows" ? "metal" : "dx12";
  const { code, stderr } = await runTask(["train"], { DENO_WEBGPU_BACKEND: backend });
  assertEquals(code, 4, stderr);
  assertStringIncludes(stderr, "no adapter found");
  assertStringIncludes(stderr, "./bandpass doctor");
});

Deno.test("recommend gives new items, the same lists that evaluate ranks", () =>
  withRun(async (name) => {
    await runTask(["train", ...lightgcn, "--epochs", "2", "--run", name]);
    const { code, stdout, stderr } = await runTask([
      "recommend",
      "--run",
      `runs/${name}`,
      "--top-k",
      "5",
      "--exclude-seen",
      "train",
    ]);
    assertEquals(code, 0, stderr);
    const [header, ...rows] = stdout.trim().split("\n");
    assertEquals(header, "user,item,rank,score");
    assertEquals(rows.length, 1200 * 5);
    const { train, test } = await readDataset(`${projectFolder}datasets/sample`);
    const taken = new Set(Array.from(train.users, (user, row) => `${user},${train.items[row]}`));
    const heldOut = new Map<number, Set<string>>();
    test.users.forEach((user, row) => {
      const items = heldOut.get(user) ?? new Set();
      heldOut.set(user, items.add(`${user},${test.items[row]}`));
    });
    const hits = new Map<number, number>();
    let last = Infinity;
    for (const row of rows) {
      const [user, item, rank, score] = row.split(",");
      assert(!taken.has(`${user},${item}`), `user ${user} has item ${item}`);
      assert(rank === "1" || Number(score) <= last, `scores of user ${user} do not fall`);
      last = Number(score);
      const found = heldOut.get(Number(user))?.has(`${user},${item}`) ? 1 : 0;
      hits.set(Number(user), (hits.get(Number(user)) ?? 0) + found);
    }
    let recall = 0;
    for (const [user, items] of heldOut) recall += hits.get(user)! / items.size;
    const evaluation = await runTask(["evaluate", "--run", `runs/${name}`, "--json"]);
    assertAlmostEquals(
      recall / heldOut.size,
      JSON.parse(evaluation.stdout).metrics["recall@5"],
      1e-12,
    );
  }));

Deno.test("train takes --set over the file of --config over --preset", async () => {
  const config = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(config, '{"settings": {"layers": 5, "reg": 0.5}}');
    const { code, stderr } = await runTask([
      "train",
      "--dry-run",
      "--model",
      "smore",
      "--preset",
      "baby",
      "--config",
      config,
      "--set",
      "layers=2",
    ]);
    assertEquals(code, 0, stderr);
    const { settings } = JSON.parse(stderr.slice(stderr.indexOf("{\n"), stderr.indexOf("\n}") + 2));
    assertEquals(settings.layers, 2);
    assertEquals(settings.reg, 0.5);
    assertEquals(settings.dropout, 0.1);
    assertEquals(settings.neighbours, "image=40,text=15");
  } finally {
    await Deno.remove(config);
  }
});

Deno.test("smore trains on the sample, and repeats to the byte", () =>
  withRun((first, firstFolder) =>
    withRun(async (second, secondFolder) => {
      for (const name of [first, second]) {
        const settings = ["--model", "smore", "--set", "dropout=0.2", "--epochs", "2"];
        const { code, stderr } = await runTask(["train", ...settings, "--run", name]);
        assertEquals(code, 0, stderr);
      }
      assertEquals(
        await Deno.readFile(`${secondFolder}/last.safetensors`),
        await Deno.readFile(`${firstFolder}/last.safetensors`),
      );
    })
  ));
