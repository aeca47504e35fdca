/**
 * Files of JSON: configurations, the lines and the result of a run, and what is written down of a
 * dataset.
 *
 * @module
 */
import { readRun } from "../../cli/runs/read_run.ts";
import { runsText } from "../../cli/runs/runs_text.ts";
import { readDescription } from "../../data/dataset_description.ts";
import { modelNamed } from "../../models/registry.ts";
import { openRun } from "../../recommender/run.ts";
import { configurationText, resolveConfiguration } from "../../training/configuration.ts";
import { readConfigFile } from "../../training/configuration_file.ts";
import { newPosition } from "../../training/position.ts";
import { readResult, writeResult } from "../../training/result_file.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { unfinishedResult } from "../../training/run_result.ts";
import { madeDataset } from "../datasets.ts";
import { type Format, ofText, texts } from "./format.ts";

const config = ofText({
  name: "config",
  file: "config.json",
  tokens: [
    ...[
      '"settings":{',
      '"model":"bpr"',
      '"model":',
      '"seed":',
      '"epochs":',
      '"dim":',
      "null",
      "[]",
    ],
    ...['{"toString":1}', '"model_file":', '"model_sha256":', "[[[[[[[[[[[[[[[[", "-1", '"'],
  ],
  make() {
    const text = (model: string) =>
      configurationText(resolveConfiguration(
        { options: { model }, assignments: {} },
        (name) => modelNamed(name).settings,
      ));
    return Promise.resolve(texts(text("bpr"), text("ssr"), text("popularity"), '{"model":"bpr"}'));
  },
  async read(folder) {
    // A list of runs goes on after one that is damaged.
    runsText([await readRun(folder, "a")], Date.now());
    await readConfigFile(`${folder}/config.json`);
    await openRun(folder);
  },
});

const metrics = ofText({
  name: "metrics",
  file: "metrics.jsonl",
  tokens: ['"epoch":', '"loss":', '"terms":', '"validation":', "null", "\n", "{}", "[]", "1e400"],
  async make(folder) {
    const line = (epoch: number) => ({
      ...{ epoch, loss: 0.5, terms: { bpr: 0.5 }, validation: { "recall@20": 0.1 }, seconds: 1 },
    });
    await new RunFolder(folder).writeMetrics([1, 2, 3].map(line));
    return [[await Deno.readFile(`${folder}/metrics.jsonl`)]];
  },
  async read(folder) {
    const lines = await new RunFolder(folder).metrics(2);
    for (const { loss, terms, validation } of lines) {
      const all = [loss, ...Object.values(terms), ...Object.values(validation)];
      if (!all.every(Number.isFinite)) throw new Error(`the figures ${all}`);
    }
  },
});

const diagnostics = ofText({
  name: "diagnostics",
  file: "diagnostics.jsonl",
  tokens: ['"epoch":', '"tables":', '"columns":', "null", "\n", "{}", "[]"],
  make: () => Promise.resolve(texts('{"epoch":1,"tables":{"gate":{"columns":["a"],"rows":{}}}}\n')),
  read: async (folder) => void await new RunFolder(folder).diagnostics(1),
});

const result = ofText({
  name: "result",
  file: "result.json",
  tokens: ['"status":', '"test":', '"checksum":', "null", "{}", "[]", "1e400", "0.5"],
  async make(folder) {
    const none = { users: new Uint32Array(), items: new Uint32Array() };
    const splits = { train: none, valid: none, test: none };
    const dataset = madeDataset({ name: "b", users: 0, items: 0, ...splits, modalities: [] });
    const subject = { gpu: { name: "a" }, dataset, definition: { name: "c" } };
    const error = new Error("no space");
    await writeResult(folder, unfinishedResult({ ...subject, seed: 1 }, error, newPosition, []));
    return [[await Deno.readFile(`${folder}/result.json`)]];
  },
  read: async (folder) => void await readResult(folder),
});

const description = ofText({
  name: "description",
  file: "dataset.json",
  tokens: ['"source":', '"splits":', '"modalities":', '"name":', "null", "{}", "[]", "-1", '"'],
  make: () =>
    Promise.resolve(texts(JSON.stringify({
      made_by: "bandpass 0.1.0 preprocess",
      interactions: { source: { name: "clicks.csv" } },
      settings: { k_core: 5, split: "random" },
      steps: [{ rows: 2, users: 1, items: 2 }],
      splits: { train: 1, valid: 0, test: 1 },
      modalities: [{ name: "image", missing_items: 1 }],
    }))),
  async read(folder) {
    const path = `${folder}/a.inter`;
    await Deno.writeTextFile(path, "userID\titemID\tx_label\n0\t0\t0\n");
    await Deno.utime(path, 1, 1);
    const { missingItems = {}, source, split } = await readDescription(folder, "a") ?? {};
    const isSound = Object.values(missingItems).every(Number.isSafeInteger) &&
      [source, split].every((text) => text === undefined || typeof text === "string");
    if (!isSound) throw new Error("a value that preprocess does not write");
  },
});

/** The formats of JSON. */
export const jsonFormats: readonly Format[] = [config, metrics, diagnostics, result, description];
