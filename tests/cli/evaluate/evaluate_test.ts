import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import manifest from "../../../deno.json" with { type: "json" };
import { readDataset } from "../../../data/folder.ts";
import { runTask, withRun } from "../run_cli.ts";

async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runTask(args);
  assertEquals(code, 0, stderr);
  return stdout;
}

async function readUsers(path: string) {
  const { buffer } = await Deno.readFile(path);
  const texts = parquetMetadata(buffer).key_value_metadata!;
  const madeOf = JSON.parse(texts.find(({ key }) => key === "bandpass")!.value!);
  return { madeOf, rows: await parquetReadObjects({ file: buffer }) };
}

const mean = (values: readonly (number | null)[]) => {
  const all = values.filter((value) => value !== null);
  return all.reduce((sum, value) => sum + value, 0) / all.length;
};

Deno.test("evaluate keeps the metrics of each user, whose means are what it prints", () =>
  withRun(async (name, folder) => {
    await done("train", "--model", "popularity", "--run", name);
    const report = JSON.parse(await done("evaluate", name, "--json"));
    assertEquals(report.users, `runs/${name}/users_test_train.parquet`);
    const metrics = ["recall", "ndcg", "precision", "map", "hit", "mrr"];
    const keys = metrics.flatMap((name) => [5, 10, 20, 50].map((cutoff) => `${name}@${cutoff}`));
    assertEquals(Object.keys(report.metrics), keys);
    const { rows, madeOf } = await readUsers(`${folder}/users_test_train.parquet`);
    const { popularity, ...others } = { popularity: report.lists["popularity@10"], ...report };
    for (const [key, value] of Object.entries<number>({ ...others.metrics, ...others.lists })) {
      if (!(key in rows[0])) continue;
      assertAlmostEquals(mean(rows.map((row) => row[key])), value, 1e-12, key);
    }
    const known = rows.filter((row) => row.profile_popularity !== null);
    assertAlmostEquals(
      mean(known.map((row) => row["popularity@10"])) /
        mean(known.map((row) => row.profile_popularity)),
      report.lists["popularity_ratio@10"],
      1e-12,
    );
    // The most popular items are more popular than anybody's own, and few.
    assert(popularity > 0 && report.lists["popularity_ratio@10"] > 1);
    assert(report.lists["gini@10"] > 0.9 && report.lists["coverage@10"] < 0.5);
    const dataset = await readDataset(`${Deno.cwd()}/datasets/sample`);
    assertEquals(rows.length, new Set(dataset.test.users).size);
    const first = rows[0];
    const own = [...dataset.test.items].filter((_, n) => dataset.test.users[n] === first.userID);
    assertEquals([first.id, first.held_out], [String(first.userID), own]);
    assertEquals(first["hit@50"], first.ranks.some((rank: number) => rank < 50) ? 1 : 0);
    const { run, parameters, data, adapter, ...words } = madeOf;
    const { protocol } = report;
    assertEquals(words, {
      ...{ bandpass: manifest.version, protocol, model: "popularity", dataset: "sample", seed: 0 },
      ...{ split: "test", mask: "train" },
    });
    assertEquals([adapter, parameters], [report.adapter, null]);
    assertEquals(run.length, 64);
    const record = JSON.parse(await Deno.readTextFile(`${folder}/run.json`));
    assertEquals(data, record.data);
  }));

Deno.test("evaluate keeps metrics by split and mask, which runs --remove removes with their run", () =>
  withRun(async (name, folder) => {
    await done("train", "--model", "lightgcn", "--epochs", "1", "--run", name);
    const text = await done("evaluate", name, "--mask", "train+valid");
    await done("evaluate", name, "--split", "valid");
    const kept = Array.from(Deno.readDirSync(folder), (entry) => entry.name)
      .filter((file) => file.startsWith("users_")).toSorted();
    assertEquals(kept, ["users_test_train+valid.parquet", "users_valid_train.parquet"]);
    for (const label of ["test mrr", "coverage of items", "Gini index", "diversity by features"]) {
      assertStringIncludes(text, `\n${label} `);
    }
    assertStringIncludes(text, `\nmetrics of each user: runs/${name}/${kept[0]}\n`);
    const { madeOf } = await readUsers(`${folder}/${kept[0]}`);
    assertEquals([madeOf.mask, madeOf.parameters.length], ["train+valid", 64]);
    await done("runs", name, "--remove", "--yes");
    assert(!await Deno.stat(folder).then(() => true, () => false));
  }));

Deno.test("evaluate prints what it found also where it cannot keep it, and tells so", () =>
  withRun(async (name, folder) => {
    await done("train", "--model", "popularity", "--run", name);
    // A folder stands where the file is to be.
    await Deno.mkdir(`${folder}/users_test_train.parquet`);
    const { code, stdout, stderr } = await runTask(["evaluate", name, "--json"]);
    assertEquals(code, 1, stderr);
    const report = JSON.parse(stdout);
    assert(report.metrics["recall@20"] > 0);
    assertEquals(report.users, undefined);
    assertStringIncludes(stderr, "users_test_train.parquet");
    assertStringIncludes(stderr, "next: ");
  }));
