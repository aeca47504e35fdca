import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { readDataset } from "../../../data/folder.ts";
import { bipartiteAdjacency, interactionMatrix } from "../../../graph/interaction_graph.ts";
import { graphSpectrum } from "../../../graph/spectrum.ts";
import { comparedMetric } from "../../../lab/compare/compared_metric.ts";
import { compareGroups } from "../../../lab/compare/comparison.ts";
import { groupRuns, type Subject } from "../../../lab/compare/group_runs.ts";
import { listColumns } from "../../../lab/measures/user_measures.ts";
import { measureRun } from "../../../lab/measures/measure_run.ts";
import { train } from "../../../recommender/train.ts";
import { RunFolder } from "../../../training/run_folder.ts";
import { withFolder } from "../../cli/runs/made_runs.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { readReport } from "./read_report.ts";

Deno.test("makeReport() has users and strata with intervals, and the spectrum that is kept", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const dataset = await readDataset(`${folder}/sample`);
    const [path, cache] = [`${folder}/a`, `${folder}/cache`];
    await using model = await train(dataset, "popularity", { gpu, run: path });
    const named = [{ name: "a", path }];
    assert(!(await readReport(named, folder, cache)).body.includes("Users, with intervals"));

    const ranked = { split: "test", mask: "train" } as const;
    await (await measureRun(model, await RunFolder.open(path), ranked)).keep();
    const graph = bipartiteAdjacency(
      interactionMatrix(dataset.train, dataset.users, dataset.items),
    );
    const options = { eigenpairs: 4 };
    const { values } = await graphSpectrum(gpu, graph, options, { folder: cache, note: () => {} });
    const { rows } = await readReport(named, folder, cache);
    const strata = rows("test Recall@20 of users and of parts of the held-out items");
    const [all, ...others] = strata.map((row) => row.map(Number));
    assertAlmostEquals(all[1], model.test["recall@20"], 1e-12);
    assert(all[2] < all[1] && all[1] < all[3] && all[3] - all[2] < 0.1, `${all}`);
    assert(
      others.length >= 6 && others.every(([, value, low, high]) => low <= value && value <= high),
    );
    assertEquals(
      rows("Eigenvalues λ of the interactions, by number"),
      Array.from(values, (value, n) => [n, value]),
    );
    // Where the dataset has gone, the report says so.
    const { body } = await readReport(named, `${folder}/elsewhere`, cache);
    assertStringIncludes(body, 'The dataset is not in "');
  }));

Deno.test("makeReport() tells whether runs differ, as compare does", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const dataset = await readDataset(`${folder}/sample`);
    const ranked = { split: "valid", mask: "train" } as const;
    const subjects: Subject[] = [];
    const named = [];
    for (
      const [name, seed, model] of [["a", 0, "popularity"], ["b", 1, "popularity"], [
        "c",
        0,
        "itemknn",
      ]] as const
    ) {
      const path = `${folder}/${name}`;
      await using made = await train(dataset, model, { gpu, run: path, seed });
      const { ranks, lists, keep } = await measureRun(made, await RunFolder.open(path), ranked);
      await keep();
      const measures = { ranked: ranks, lists: listColumns(lists, ranks.users.length) };
      subjects.push({ kind: "run", name, model, seed, settings: {}, measures });
      named.push({ name, path });
    }
    const alone = await readReport(named.slice(0, 2), folder);
    assert(!alone.body.includes("Differences"), "seeds alone have nothing to be compared with");
    const { rows, body } = await readReport(named, folder);
    const metrics = [comparedMetric("recall@20")];
    const [{ groups }] = compareGroups(groupRuns(subjects), { metrics, baseline: 0 });
    const { mean, interval, cohens_d, t_test, wilcoxon } = groups[1].difference!;
    assertEquals(rows("Differences in valid Recall@20"), [
      ["A", "popularity", "–", "a, b", groups[0].mean, "–", "–", "–", "–", "–", "–"],
      [
        ...["B", "itemknn", "–", "c", groups[1].mean, mean, ...interval, cohens_d!],
        ...[t_test.p_holm, wilcoxon.p_holm],
      ],
    ]);
    assertStringIncludes(body, '"a" and "b" rank alike');
  }));
