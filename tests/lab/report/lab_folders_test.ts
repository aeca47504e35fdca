import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../../errors.ts";
import { newTuneRecord, writeTuneRecord } from "../../../lab/tune/tune_record.ts";
import { writeTuneResult } from "../../../lab/tune/tune_result.ts";
import { type TrialRecord, writeTrialRecords } from "../../../lab/trials/trial_records.ts";
import { checkedJsonText } from "../../../training/checked_json.ts";
import { withFolder } from "../../cli/runs/made_runs.ts";
import { readReport } from "./read_report.ts";

/** A step of a trial. */
function record(
  number: number,
  rung: number,
  score: number | null,
  settings: Record<string, number>,
  labels?: Record<string, string>,
): TrialRecord {
  const validation = score === null ? null : { "recall@20": score, "ndcg@20": score / 2 };
  return {
    step: { number, rung, epochs: 3 ** rung, trial: { model: "bpr", settings, seed: 0 } },
    outcome: {
      ...{ status: score === null ? "diverged" : "finished", epochs: 3 ** rung },
      ...{ reason: score === null ? "not <finite>" : "maximum epochs" },
      ...{ best_epoch: score === null ? null : 1, validation, seconds: 2, gpu_bytes: 2 ** 20 },
    },
    labels,
  };
}

const settings = { learning_rate: 0.01, reg: 0.1 };

Deno.test("makeReport() tells how a tune went", () =>
  withFolder(async (folder) => {
    const space = {
      learning_rate: { from: 0.001, to: 0.1, scale: "log" as const },
      reg: { choices: [0.1, 1] },
    };
    const asked = {
      ...{ dataset: "a <b>", models: ["bpr"], spaces: { bpr: space }, trials: 3, minutes: null },
      ...{ epochs: 3, seeds: 2, seed: 0 },
    };
    await writeTuneRecord(folder, newTuneRecord(asked, "an adapter", { interactions: "abc" }));
    await writeTrialRecords(folder, [
      ...[record(0, 0, 0.1, settings), record(1, 0, 0.3, { ...settings, reg: 1 })],
      ...[record(1, 1, 0.4, { ...settings, reg: 1 }), record(2, 0, null, settings)],
      record(3, 1, 0.2, { ...settings, reg: 1 }),
    ], "a protocol");
    const named = { name: "t", path: folder };
    const unfinished = await readReport([named]);
    assertStringIncludes(unfinished.body, "It has not come to its end.");
    const runs = [0.4, 0.2].map((score, seed) => {
      const metrics = { "recall@20": score, "ndcg@20": score };
      return { number: seed, seed, best_epoch: 1, validation: metrics, test: metrics };
    });
    await writeTuneResult(folder, {
      ...{ protocol: "a protocol", dataset: "a <b>", adapter: "x", bandpass: "0", trials: 3 },
      ...{ failed: 1, models: [{ model: "bpr", trials: 3, failed: 1, usual: 0.1, best: 0.4 }] },
      ...{ finalists: [{ model: "bpr", settings, runs, failed: 0 }], blend: null },
    });
    const { rows, body, document } = await readReport([named]);
    // On a telephone it scrolls, and keeps its size.
    const picture =
      '[aria-label="Picture: Validation Recall@20 by trial; the line is the best so far"]';
    assertEquals(document.querySelector(`.scroll${picture} > svg`)?.getAttribute("width"), "760");
    // The repeat of the finalist is none of the search.
    assertEquals(rows("Validation Recall@20 by trial; the line is the best so far"), [
      [0, "bpr", 0.1, 0.1],
      [1, "bpr", 0.4, 0.4],
    ]);
    assertEquals(rows("Validation Recall@20 by rung of halving"), [
      [0, "bpr", 1, 0.1],
      [1, "bpr", 1, 0.3],
      [1, "bpr", 3, 0.4],
    ]);
    assertEquals(rows("Settings of bpr; the stronger a line, the better its trial"), [
      [0, 0.01, 0.1, 0.1],
      [1, 0.01, 1, 0.4],
    ]);
    const [finalist] = rows("Finalists");
    assertEquals(Number(finalist[3]).toFixed(12), "0.300000000000");
    assertStringIncludes(body, "0.3000 ± 0.1414");
    assertStringIncludes(body, "Trial 2, bpr, diverged: not <finite>");
    assertStringIncludes(body, "0.001 to 0.1, logarithmic");
    assertEquals(rows("All trials").length, 5);
    assertEquals(rows("All trials")[0].slice(7, 9), [2, 1]);

    await Deno.writeTextFile(`${folder}/trials.ndjson`, '{"number":0}\n');
    await assertRejects(() => readReport([named]), DataError, "line 1 is not what was written");
  }));

Deno.test("makeReport() tells what a study found", () =>
  withFolder(async (folder) => {
    const variants = [{ name: "1" }, { name: "none <x>" }];
    const dataset = { name: "sample", data_dir: "d", data: { interactions: "abc" }, protocol: "p" };
    await Deno.writeTextFile(
      `${folder}/study.json`,
      checkedJsonText({
        ...{ study: "s", question: "Is it <so>?", model: "bpr", settings: {}, epochs: 3, seeds: 2 },
        ...{ axes: { x: "filter", y: "recall@20" }, segments: false },
        ...{ datasets: [{ ...dataset, notes: [], variants }], bandpass: "0", adapter: "x" },
      }),
    );
    await writeTrialRecords(folder, [
      record(1, 0, 0.1, settings, { variant: "1" }),
      record(2, 0, 0.3, settings, { variant: "none <x>" }),
    ], "p");
    const named = { name: "s", path: folder };
    assertStringIncludes((await readReport([named])).body, "not come to its end");
    const header = "dataset,variant,series,x,model,metric,runs,failed,improving,mean,deviation," +
      "baseline,difference,test_mean,test_deviation\n";
    await Deno.writeTextFile(
      `${folder}/table.csv`,
      `${header}sample,1,,,bpr,recall@20,2,0,0,0.1,0.02,,,0.2,0.01\n` +
        "sample,none <x>,,,bpr,recall@20,2,0,0,0.3,0.01,1,0.2,0.4,0.01\n",
    );
    await Deno.writeTextFile(
      `${folder}/reading.md`,
      "# s\n\n## sample\n\n- Best is none <x>.\n- Another\n\n|a|\n|-|\n\nProtocol: p.\n",
    );
    const { rows, document } = await readReport([named]);
    assertEquals(rows("Validation Recall@20 by filter"), [
      ["1", 0.1, 0.1 - 0.02, 0.1 + 0.02],
      ["none <x>", 0.3, 0.3 - 0.01, 0.3 + 0.01],
    ]);
    assertEquals(rows("Variants on sample")[1], [
      ...["none <x>", "bpr", 2, 0.3, 0.01, 0.2, "1", 0.4, 0.01, 2],
    ]);
    const items = Array.from(document.querySelectorAll("ul li"), ({ textContent }) => textContent);
    assertEquals(items.slice(0, 2), ["Best is none <x>.", "Another"]);

    await Deno.writeTextFile(`${folder}/table.csv`, header.replace("mean", "men"));
    await assertRejects(() => readReport([named]), DataError, 'no column "mean"');
  }));
