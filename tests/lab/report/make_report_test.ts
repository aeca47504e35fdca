import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../../errors.ts";
import type { EpochLine } from "../../../training/epoch_line.ts";
import { makeRun, withFolder } from "../../cli/runs/made_runs.ts";
import { readReport } from "./read_report.ts";

/** Epochs of a training, with numbers of many digits. */
const lines: EpochLine[] = [0.1, 0.3, 0.2].map((score, n) => ({
  epoch: n + 1,
  loss: 1 / (n + 3),
  terms: { bpr: 1 / (n + 7), "a norm": 1e-7 / (n + 1) },
  validation: { "recall@20": score + 1 / 30000, "ndcg@20": score / 3 },
  seconds: 2 + n,
}));

Deno.test("makeReport() shows the figures of metrics.jsonl, all of their digits", () =>
  withFolder(async (folder) => {
    const run = await makeRun(`${folder}/a`, { scores: [0.1, 0.3, 0.2], status: "finished" });
    await run.writeMetrics(lines);
    const { rows, document, html } = await readReport([{ name: "a", path: `${folder}/a` }]);
    const epochs = (of: (line: EpochLine) => number) => lines.map((line) => [line.epoch, of(line)]);
    assertEquals(rows("Validation Recall@20"), epochs((line) => line.validation["recall@20"]));
    assertEquals(rows("Validation NDCG@20"), epochs((line) => line.validation["ndcg@20"]));
    assertEquals(rows("Loss"), epochs(({ loss }) => loss));
    assertEquals(rows("Loss: a norm"), epochs(({ terms }) => terms["a norm"]));
    assertEquals(rows("Seconds of an epoch"), epochs(({ seconds }) => seconds));
    const [training] = rows("What the runs took");
    assertEquals(training, ["seconds of training", 9]);

    for (const image of document.querySelectorAll('svg[role="img"]')) {
      const [title, description] = image.getAttribute("aria-labelledby")!.split(" ");
      assertEquals(image.querySelector("title")!.getAttribute("id"), title);
      assert(document.querySelector(`#${description}`)!.textContent.length > 10);
    }
    assertEquals(html, (await readReport([{ name: "a", path: `${folder}/a` }])).html);
  }));

Deno.test("makeReport() needs no network and no script, and shows names as they are", () =>
  withFolder(async (folder) => {
    const name = '<script>alert("1")</script>&amp;';
    const options = { dataset: "<img src=x onerror=y>" };
    const run = await makeRun(`${folder}/a`, { options, scores: [0.1, 0.3, 0.2] });
    await run.writeMetrics(lines);
    const other = { name: "b\u202e</style>", path: `${folder}/b` };
    await (await makeRun(other.path, { scores: [0.1, 0.3, 0.2] })).writeMetrics(lines);
    const { html, document, body } = await readReport([{ name, path: `${folder}/a` }, other]);
    assertEquals([...document.querySelectorAll("script, img, link, iframe, object")].length, 0);
    assert(!/https?:|@import|url\(|\u202e/.test(html), "something of elsewhere");
    const [, heading] = document.querySelectorAll("thead th");
    assertEquals(heading.textContent, name);
    assertEquals([...document.querySelectorAll(".legend li")][0].textContent, name);
    const title = /<title>(.*?)<\/title>/.exec(html)![1];
    assertEquals(
      title,
      'Report of &lt;script>alert("1")&lt;/script>&amp;amp;, b\\u202e&lt;/style>',
    );
    assertStringIncludes(body, options.dataset);
    assertStringIncludes(body, "report <these>");
    assertStringIncludes(html, "b\\u202e");
  }));

Deno.test("makeReport() draws what models tell of their inside", () =>
  withFolder(async (folder) => {
    const run = await makeRun(`${folder}/a`, { scores: [0.1, 0.3, 0.2], status: "finished" });
    const gate = (low: number, high: number) => ({
      ...{ columns: ["band 0", "band 1"], count: 3, mean: [low, high], deviation: [0.1, 0.2] },
      strata: { "few <rows>": { count: 1, mean: [low, high], deviation: [0, 0] } },
    });
    await run.writeDiagnostics([1, 2, 3].map((epoch) => ({
      epoch,
      tables: {
        "energy of users": {
          columns: ["id", "text"],
          rows: { "band 0": [9, epoch], "band 1": [1, 2] },
        },
        "gate of users": gate(epoch / 3, 1),
      },
    })));
    const { rows } = await readReport([{ name: "a", path: `${folder}/a` }]);
    assertEquals(rows("energy of users, epoch 2"), [["id", 9, 1], ["text", 2, 2]]);
    assertEquals(rows("gate of users, mean by epoch"), [1, 2, 3].map((n) => [String(n), n / 3, 1]));
    assertEquals(rows("gate of users by users"), [
      ["all users", 3, 2 / 3, 1],
      ["few <rows>", 1, 2 / 3, 1],
    ]);
  }));

Deno.test("makeReport() puts runs side by side, with the settings that differ", () =>
  withFolder(async (folder) => {
    const made = [["a", "0.1"], ["b", "0.2"]].map(([name, reg]) => ({
      name,
      reg,
      path: `${folder}/${name}`,
    }));
    for (const { path, reg } of made) {
      await makeRun(path, { settings: { reg }, scores: [0.5], status: "finished", test: 0.25 });
    }
    const { rows, document, body } = await readReport(made);
    assertEquals(rows("Settings that differ"), [["reg", 0.1, 0.2]]);
    assertEquals(rows("Metrics at 20"), [
      ["valid Recall@20", 0.5, 0.5],
      ["test Recall@20", 0.25, 0.25],
    ]);
    assertEquals(rows("What the runs are")[3], ["status", "finished", "finished"]);
    assertStringIncludes(body, "no more than one epoch");
    assertEquals([...document.querySelectorAll(".notice")].length, 0);
  }));

Deno.test("makeReport() says what is wrong with a folder", () =>
  withFolder(async (folder) => {
    const report = (name: string) => readReport([{ name, path: `${folder}/${name}` }]);
    await assertRejects(() => report("none"), DataError, "there is no such folder");
    await Deno.mkdir(`${folder}/empty`);
    await assertRejects(() => report("empty"), DataError, "there is no config.json in it");
    await (await makeRun(`${folder}/a`, { scores: [0.1, 0.2] })).writeMetrics(lines.slice(0, 2));
    const file = `${folder}/a/metrics.jsonl`;
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replace('"seconds":2', '"seconds":3'));
    await assertRejects(() => report("a"), DataError, "line 1 has changed since it was written");
    await Deno.writeTextFile(file, text);
    await Deno.writeTextFile(`${folder}/a/environment.json`, "{");
    await assertRejects(() => report("a"), DataError, 'environment.json": it is not JSON');
    for (const name of ["tune", "study"]) {
      await Deno.mkdir(`${folder}/${name}`);
      await Deno.writeTextFile(`${folder}/${name}/${name}.json`, "{}");
      await assertRejects(() => report(name), DataError, "has changed since it was written");
    }
  }));

Deno.test("makeReport() shows no validation metrics of runs that ranked different users there", () =>
  withFolder(async (folder) => {
    const finished = { scores: [0.1, 0.3, 0.2], status: "finished", test: 0.2 } as const;
    const runs = [];
    for (const [name, users] of [["a", "0"], ["b", "50"], ["c", "50"]]) {
      const options = { eval_users: users };
      const run = await makeRun(`${folder}/${name}`, { ...finished, options });
      await run.writeMetrics(lines);
      runs.push({ name, path: `${folder}/${name}` });
    }
    const [, ...alike] = runs;
    const left = "Metrics on the validation split are left out";
    const mixed = await readReport(runs);
    assertStringIncludes(mixed.body, left);
    assert(!mixed.rows("Metrics at 20").some(([label]) => String(label).startsWith("valid")));
    const same = await readReport(alike);
    assert(!same.body.includes(left));
    assert(same.rows("Metrics at 20").some(([label]) => String(label).startsWith("valid")));
  }));
