import { assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { writeNpy } from "../../../data/npy.ts";
import { type Outcome, runScript } from "../run_cli.ts";

const permissions = ["--allow-read", "--allow-env=INIT_CWD"];
const run = (...args: string[]): Promise<Outcome> =>
  runScript("cli/main.ts", ["datasets", ...args], permissions);

/** A folder with a dataset of MMRec's, one of preprocess, and one that is malformed. */
async function withDatasets(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const write = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
  try {
    for (const name of ["plain", "shop", "torn", "none"]) await Deno.mkdir(`${folder}/${name}`);
    await write(
      "plain/plain.inter",
      "userID\titemID\trating\ttimestamp\tx_label\n0\t0\t5\t1400000000\t0\n0\t2\t5\t1500000000\t1\n" +
        "1\t2\t4\t1450000000\t2\n",
    );
    await writeNpy(`${folder}/plain/image_feat.npy`, [3, 2], Float32Array.of(1, 2, 0, 0, 3, 4));
    await writeNpy(`${folder}/plain/user_feat.npy`, [2, 7], new Float32Array(14).fill(1));
    await write("shop/shop.inter", "userID\titemID\tx_label\n0\t0\t0\n0\t1\t2\n");
    await writeNpy(`${folder}/shop/words_feat.npy`, [2, 1], Float32Array.of(1, 1));
    await write(
      "shop/dataset.json",
      JSON.stringify({
        ...{ name: "shop", made_by: "bandpass 0.1.0 preprocess" },
        interactions: { source: { name: "/tmp/a b/clicks.csv" } },
        settings: { k_core: 5, split: "leave-last" },
        steps: [{ step: "read", rows: 9, users: 9, items: 9 }, { rows: 2, users: 1, items: 2 }],
        splits: { train: 1, valid: 0, test: 1 },
        modalities: [{ name: "words", columns: 1, missing_items: 1 }],
      }),
    );
    await write("torn/torn.inter", "userID\titemID\n0\t0\n");
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("datasets lists what there is, and goes on after what it cannot read", () =>
  withDatasets(async (folder) => {
    const { code, stdout, stderr } = await run("--data-dir", folder);
    assertEquals(code, 0, stderr);
    assertEquals(stdout.trimEnd().split("\n").map((line) => line.split(/  +/).slice(0, 7)), [
      ["dataset", "users", "items", "train", "valid", "test", "modalities"],
      ["plain", "2", "3", "1", "1", "1", "image 2"],
      ["shop", "1", "2", "1", "0", "1", "words 1"],
      ["torn", "-", "-", "-", "-", "-", "unreadable"],
    ]);
    assertStringIncludes(stderr, `Warning: Cannot read "${folder}/torn/torn.inter": line 1 lacks`);
    const { datasets } = JSON.parse((await run("--data-dir", folder, "--json")).stdout);
    const [{ bytes, ...shop }] = datasets.slice(1);
    assertEquals(shop, {
      ...{ name: "shop", folder: `${folder}/shop`, users: 1, items: 2 },
      splits: { train: 1, valid: 0, test: 1 },
      modalities: [{ name: "words", columns: 1 }],
    });
    assertEquals(bytes > 100, true);
    assertStringIncludes(datasets[2].problem, "x_label");
  }));

Deno.test("datasets counts what is in a dataset that was changed after preprocess had made it", () =>
  withDatasets(async (folder) => {
    const path = `${folder}/shop/shop.inter`;
    await Deno.writeTextFile(path, "userID\titemID\tx_label\n0\t0\t0\n0\t1\t0\n");
    await Deno.utime(`${folder}/shop/dataset.json`, 1_500_000_000, 1_500_000_000);
    const { datasets } = JSON.parse((await run("--data-dir", folder, "--json")).stdout);
    assertEquals(datasets[1].splits, { train: 2, valid: 0, test: 0 });
  }));

Deno.test("datasets NAME shows counts, density, times, degrees and which items have features", () =>
  withDatasets(async (folder) => {
    const { code, stdout, stderr } = await run("plain", "--data-dir", folder);
    assertEquals([code, stderr], [0, ""]);
    const [head, ...rest] = stdout.split("\n");
    assertMatch(head, /^plain: .*\/plain, \d+ B$/);
    assertEquals(rest.slice(0, 18), [
      "",
      "users         2  1 without a training interaction",
      "items         3  2 without a training interaction",
      "interactions  3  density 50.0 %",
      "  train       1  33.3 %",
      "  validation  1  33.3 %",
      "  test        1  33.3 %",
      "times            2014-05-13 to 2017-07-14",
      "",
      "                       min  median  mean  max",
      "interactions per user    1     1.5   1.5    2",
      "interactions per item    0       1   1.0    2",
      "",
      "modality  columns  items with features",
      "image           2           2 (66.7 %)",
      "",
      "user features  7 columns",
      "",
    ]);
    const [, quality] = rest.slice(18).map((line) => line.split(/  +/));
    assertEquals(quality.slice(0, 4), ["image", "1.0", "-", "-"]);
    assertMatch(stdout, /\nof users without a train row +0 +1 \(100 %\)\n/);
    assertMatch(stdout, /\nof items without a train row +1 \(100 %\) +1 \(100 %\)\n$/);
    const report = JSON.parse((await run("plain", "--json", "--data-dir", folder)).stdout);
    assertEquals([report.users, report.items, report.interactions, report.density], [2, 3, 3, .5]);
    assertEquals(report.degrees.items, { min: 0, median: 1, mean: 1, max: 2 });
    assertEquals(report.times, {
      ...{ first: "2014-05-13T16:53:20.000Z", last: "2017-07-14T02:40:00.000Z", without: 0 },
    });
    const [{ name, columns, items_with_features, effective_rank, nearest }] = report.modalities;
    assertEquals([name, columns, items_with_features], ["image", 2, 2]);
    assertAlmostEquals(effective_rank, 1);
    assertEquals([nearest.length, nearest[0].item, nearest[0].nearest[0].item], [1, 0, 2]);
    assertEquals([report.held_out.test.rows, report.held_out.test.rows_before_any_train_row], [
      1,
      0,
    ]);
    assertEquals([report.without_train_row, report.user_feature_columns], [
      { users: 1, items: 2 },
      7,
    ]);
  }));

Deno.test("datasets NAME tells what preprocess wrote down, and what a dataset lacks", () =>
  withDatasets(async (folder) => {
    const { stdout } = await run("shop", "--data-dir", folder);
    assertStringIncludes(stdout, ", from clicks.csv, 5-core, split leave-last\n");
    assertMatch(stdout, /words +1 +1 \(50\.0 %\)\n/);
    await Deno.remove(`${folder}/shop/words_feat.npy`);
    assertStringIncludes((await run("shop", "--data-dir", folder)).stdout, "no item features");
    const torn = await run("torn", "--data-dir", folder);
    assertEquals([torn.code, torn.stdout], [3, ""]);
    const near = await run("shpo", "--data-dir", folder);
    assertStringIncludes(near.stderr, 'Did you mean "shop"?');
    const published = await run("baby", "--data-dir", folder);
    assertEquals([published.code, published.stderr.trimEnd().split("\n").length], [3, 3]);
    assertStringIncludes(
      published.stderr,
      `preprocess --dataset baby --data-dir ${folder} --input`,
    );
  }));
