import { assert, assertEquals, assertRejects } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { InterruptedError, UsageError } from "../../../errors.ts";
import { estimateStudy } from "../../../lab/study/study_estimate.ts";
import { parseStudyFile } from "../../../lab/study/study_file.ts";
import { writeFindings } from "../../../lab/study/study_files.ts";
import type { StudyRequest } from "../../../lab/study/study_grid.ts";
import { runStudy } from "../../../lab/study/study_runs.ts";
import { testGpu } from "../../gpu/test_gpu.ts";

const folder = await Deno.makeTempDir();
const sample = await readDataset(`${folder}/sample`);
await Deno.remove(folder, { recursive: true });
const gpu = await testGpu();

/** A small study, one of whose variants is certain to fail. */
const study = parseStudyFile(
  JSON.stringify({
    model: "bpr",
    settings: { dim: 8, batch: 4096 },
    variants: [
      { name: "a", x: 0 },
      { name: "b", settings: { learning_rate: 0.05 }, data: { bits: 2 } },
      { name: "c", settings: { learning_rate: 1e30 } },
    ],
  }),
  "tiny.json",
);
const request: StudyRequest = {
  study,
  data: [{ dataset: sample, dataDirectory: "datasets" }],
  settings: { reg: 0 },
  epochs: 2,
  seeds: 2,
};
const files = ["study.json", "trials.ndjson", "trials.parquet", "table.csv"];
const contents = async (path: string) =>
  await Promise.all(files.map((file) => Deno.readFile(`${path}/${file}`)));

async function within(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await use(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("runStudy() gives the same bytes however often it was interrupted", () =>
  within(async (directory) => {
    const [whole, parts] = [`${directory}/whole`, `${directory}/parts`];
    const finished = await runStudy(whole, request, { gpu });
    const [finding] = await writeFindings(whole, request, finished);
    const { table, reading } = finding;
    assertEquals(table.map(({ variant, runs, failed }) => [variant, runs, failed]), [
      ...[["a", 2, 0], ["b", 2, 0], ["c", 0, 2]],
    ]);
    assert(table[1].mean! > 0 && table[1].deviation! >= 0 && table[1].test_mean! > 0);
    assertEquals([table[0].difference, table[2].mean, table[2].baseline], [null, null, "a"]);
    assertEquals(table[1].difference, table[1].mean! - table[0].mean!);
    assert(reading.some((sentence) => sentence.startsWith("2 of 6 runs failed (c)")));
    const text = await Deno.readTextFile(`${whole}/reading.md`);
    assert(text.includes("full ranking") && text.includes("|a|2|"), text);

    for (const after of [1, 3]) {
      const abort = new AbortController();
      await assertRejects(
        () =>
          runStudy(parts, request, {
            gpu,
            signal: abort.signal,
            onTrial: (_trial, _outcome, done) => done >= after && abort.abort(),
          }),
        InterruptedError,
      );
    }
    await writeFindings(parts, request, await runStudy(parts, request, { gpu }));
    assertEquals(await contents(parts), await contents(whole));

    // Nothing is left to do, and nothing to measure.
    const estimate = await estimateStudy(whole, request, { gpu });
    assertEquals([estimate.left, estimate.seconds, estimate.sources], [0, 0, []]);
  }));

Deno.test("runStudy() refuses to go on with another study, and to write over something else", () =>
  within(async (directory) => {
    const path = `${directory}/study`;
    const few = {
      ...request,
      study: parseStudyFile(
        '{"model": "popularity", "variants": [{"name": "a"}]}',
        "few.json",
      ),
      settings: {},
      seeds: 1,
    };
    const { results } = await runStudy(path, few, { gpu });
    assertEquals(results.length, 1);
    await assertRejects(
      () => runStudy(path, { ...few, seeds: 2 }, { gpu }),
      UsageError,
      "begun in another way: seeds 1, now 2",
    );
    await Deno.mkdir(`${directory}/else`);
    await assertRejects(
      () => runStudy(`${directory}/else`, few, { gpu }),
      UsageError,
      "something else is there",
    );
  }));

Deno.test("estimateStudy() measures an epoch, and goes by trials that have ended where there are any", () =>
  within(async (directory) => {
    const path = `${directory}/study`;
    const before = await estimateStudy(path, request, { gpu });
    assertEquals(before.left, 6);
    assert(before.seconds > 0);
    assert(before.sources[0].includes("from one epoch of a, measured now"), before.sources[0]);
    const abort = new AbortController();
    await assertRejects(() =>
      runStudy(path, request, { gpu, signal: abort.signal, onTrial: () => abort.abort() })
    );
    const after = await estimateStudy(path, request, { gpu });
    assertEquals(after.left, 5);
    assert(after.sources[0].endsWith("from 1 run of this study"), after.sources[0]);
  }));
