import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { readIds } from "../../../data/id_file.ts";
import { readNpy } from "../../../data/npy.ts";
import { readSafetensors } from "../../../data/safetensors.ts";
import { rescore } from "../../reference/trec_eval.ts";
import { itemIds, userIds, withOwnIds } from "../own_ids.ts";
import { runTask, withRun } from "../run_cli.ts";

const cutoffs = [5, 10, 20, 50];

/** Gives a folder that the user stands in, and removes it after use. */
async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function done(args: string[], folder?: string): Promise<{ stdout: string; stderr: string }> {
  const env: Record<string, string> = folder === undefined ? {} : { INIT_CWD: folder };
  const { code, stdout, stderr } = await runTask(args, env);
  assertEquals(code, 0, stderr);
  return { stdout, stderr };
}

async function refused(args: string[], folder: string, message: string): Promise<void> {
  const { code, stdout, stderr } = await runTask(["export", ...args], { INIT_CWD: folder });
  assertEquals([code, stdout], [2, ""], stderr);
  assertStringIncludes(stderr, message);
}

/** Compares what a plain script makes of the exported files with what `evaluate` prints. */
async function assertRescored(run: string, folder: string, protocol: string[]): Promise<void> {
  const { stdout } = await done(["evaluate", "--run", run, "--json", ...protocol], folder);
  const { metrics, split } = JSON.parse(stdout);
  const out = ["--out", "rankings", "--overwrite", "--format", "trec"];
  const { stderr } = await done(["export", "--run", run, ...out, ...protocol], folder);
  assertStringIncludes(stderr, "users, at most 50 items each: ");
  const [lists, judgements] = await Promise.all(
    ["run", "qrels"].map((kind) => Deno.readTextFile(`${folder}/rankings/${split}.${kind}`)),
  );
  const found = rescore(lists, judgements, cutoffs);
  assertEquals(Object.keys(found).toSorted(), Object.keys(metrics).toSorted());
  for (const [key, value] of Object.entries(found)) {
    assertAlmostEquals(value, metrics[key], 1e-9, `${key} ${protocol}`);
  }
}

Deno.test("export --format trec is re-scored to the metrics of evaluate, with many ties", () =>
  withFolder((folder) =>
    withRun(async (name, run) => {
      await done(["train", "--model", "popularity", "--run", name]);
      await assertRescored(run, folder, []);
      await assertRescored(run, folder, ["--mask", "train+valid"]);
      await assertRescored(run, folder, ["--split", "valid"]);
    })
  ));

Deno.test("export --format trec is re-scored to the metrics of evaluate, by products of rows", () =>
  withFolder((folder) =>
    withRun(async (name, run) => {
      await done(["train", "--model", "lightgcn", "--epochs", "1", "--run", name]);
      await assertRescored(run, folder, []);
    })
  ));

Deno.test("export --format trec is re-scored to the metrics of evaluate, by own ids", () =>
  withFolder((folder) => withOwnIds((run) => assertRescored(run, folder, []), "itemknn")));

Deno.test("export writes embeddings whose products are the scores, in each form", () =>
  withFolder((folder) =>
    withOwnIds((run, dataDirectory) =>
      withRun(async (name, trained) => {
        const data = ["--data-dir", dataDirectory, "--dataset", "shop"];
        await done(["train", ...data, "--model", "bpr", "--epochs", "1", "--run", name]);
        const rankings = ["--out", "out", "--format", "trec"];
        await done(["export", "--run", trained, ...rankings], folder);
        for (const format of ["npy", "safetensors", "parquet", "arrow"]) {
          const args = ["--run", trained, "--out", format, "--format", format];
          const { stderr } = await done(["export", ...args], folder);
          assertStringIncludes(stderr, "3 users and 5 items, 64 numbers each");
        }
        const namesIn = (of: string) =>
          Array.from(Deno.readDirSync(`${folder}/${of}`), ({ name }) => name).toSorted();
        assertEquals(namesIn("parquet"), ["items.parquet", "users.parquet"]);
        assertEquals(namesIn("arrow"), ["items.arrow", "users.arrow"]);
        assertEquals(await readIds(`${folder}/npy/users.csv`, "userID"), userIds);
        assertEquals(await readIds(`${folder}/safetensors/items.csv`, "itemID"), itemIds);
        const users = await readNpy(`${folder}/npy/users.npy`);
        const items = await readNpy(`${folder}/npy/items.npy`);
        assertEquals([users.shape, items.shape], [[3, 64], [5, 64]]);
        const { tensors, metadata } = await readSafetensors(
          `${folder}/safetensors/embeddings.safetensors`,
        );
        assertEquals(metadata, { model: "bpr", dataset: "shop", seed: "0" });
        assertEquals(tensors.get("users")?.values, users.values);
        assertEquals(tensors.get("items")?.values, items.values);
        const lines = (await Deno.readTextFile(`${folder}/out/test.run`)).trim().split("\n");
        for (const [user, , item, , score] of lines.map((line) => line.split(" "))) {
          const u = userIds.indexOf(decodeURIComponent(user));
          const i = itemIds.indexOf(decodeURIComponent(item));
          let product = 0;
          for (let c = 0; c < 64; c++) {
            product += users.values[u * 64 + c] * items.values[i * 64 + c];
          }
          assertAlmostEquals(product, Number(score), 1e-7);
        }
        const again = ["--run", trained, "--out", "npy"];
        await refused(again, folder, `Cannot write "${folder}/npy/users.npy": it already exists`);
        await done(["export", ...again, "--overwrite"], folder);
        await refused(
          ["--run", run, "--out", "none"],
          folder,
          "its scores are not products of rows",
        );
      })
    )
  ));

Deno.test("export refuses options of rankings for embeddings", () =>
  withFolder(async (folder) => {
    const args = ["--run", "runs/a", "--out", "a"];
    for (const option of [["--split", "valid"], ["--mask", "train"], ["--top-k", "9"]]) {
      const message = `Cannot use ${option[0]} with --format npy: it would have no effect`;
      await refused([...args, ...option], folder, message);
    }
    await refused([...args, "--format", "trec", "--top-k", "0"], folder, 'Cannot use --top-k "0"');
  }));
