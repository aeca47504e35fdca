import { assertEquals, assertRejects } from "@std/assert";
import { parquetReadObjects } from "hyparquet";
import { DataError } from "../../../errors.ts";
import { localEngine } from "../../../lab/trials/engine.ts";
import { readOutcome } from "../../../lab/trials/outcome_file.ts";
import { writeTrialRecords } from "../../../lab/trials/trial_records.ts";
import type { TrialStep } from "../../../lab/trials/trial.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { shop, small, withFolder } from "../../recommender/shop.ts";

const steps: TrialStep[] = [
  { number: 0, rung: 0, epochs: 1, trial: { model: "popularity", settings: {}, seed: 0 } },
  { number: 1, rung: 0, epochs: 1, trial: { model: "vbpr", settings: {}, seed: 0 } },
  {
    ...{ number: 2, rung: 0, epochs: 2 },
    trial: { model: "bpr", settings: small.settings, seed: 1 },
  },
];

Deno.test("localEngine() runs the steps without an outcome, and their records are the same in any order", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const engine = localEngine({ gpu, dataset: shop, dataDirectory: "datasets" });
    const ran: number[] = [];
    const heard = ({ number }: TrialStep) => void ran.push(number);
    await engine.run(folder, [steps[1]], heard);
    await engine.run(folder, steps, heard);
    assertEquals(ran, [1, 0, 2]);
    const records = [];
    for (const step of steps) {
      const labels = { variant: "a", snr: step.number / 2 };
      records.push({ step, outcome: (await readOutcome(folder, step))!, labels });
    }
    await writeTrialRecords(folder, records, "valid: all items");
    const ndjson = await Deno.readTextFile(`${folder}/trials.ndjson`);
    const parquet = await Deno.readFile(`${folder}/trials.parquet`);
    await writeTrialRecords(folder, records.toReversed(), "valid: all items");
    assertEquals(await Deno.readTextFile(`${folder}/trials.ndjson`), ndjson);
    assertEquals(await Deno.readFile(`${folder}/trials.parquet`), parquet);

    const lines = ndjson.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(lines.map(({ status }) => status), ["finished", "failed", "finished"]);
    const { validation, ...failed } = lines[1];
    assertEquals(validation, null);
    assertEquals(failed, {
      ...{ number: 1, variant: "a", snr: 0.5, model: "vbpr", seed: 0, settings: {}, rung: 0 },
      ...{ most_epochs: 1, status: "failed", epochs: 0, best_epoch: null },
      reason: 'Cannot train "vbpr" on "shop": the dataset has no features',
    });
    const rows = await parquetReadObjects({ file: parquet.buffer });
    assertEquals(rows.map(({ model }) => model), ["popularity", "vbpr", "bpr"]);
    assertEquals(rows[1]["valid recall@20"], null);
    assertEquals(rows[2]["valid recall@20"], lines[2].validation["recall@20"]);
    assertEquals(JSON.parse(String(rows[2].settings)), small.settings);
  }));

Deno.test("readOutcome() gives nothing of another step, and refuses a file that was changed", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const engine = localEngine({ gpu, dataset: shop, dataDirectory: "datasets" });
    await engine.run(folder, [steps[0]], () => {});
    assertEquals((await readOutcome(folder, steps[0]))?.status, "finished");
    assertEquals(await readOutcome(folder, { ...steps[0], epochs: 2 }), undefined);
    assertEquals(await readOutcome(folder, { ...steps[0], rung: 1 }), undefined);
    const path = `${folder}/outcomes/0000-0.json`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace('"epochs": 1', '"epochs": 2'));
    await assertRejects(() => readOutcome(folder, steps[0]), DataError, "has changed");
  }));
