import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { preprocess } from "../preprocess/preprocess_process.ts";
import { runTask, withRun } from "../run_cli.ts";

/** A folder with MMRec's file of interactions and nothing else. */
async function withFolder(
  inter: string,
  use: (args: (model: string) => string[]) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${directory}/plain`);
    await Deno.writeTextFile(`${directory}/plain/plain.inter`, inter);
    await use((model) => [
      ...["train", "--data-dir", directory, "--dataset", "plain", "--model", model],
      ...["--epochs", "1", "--json"],
    ]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const rows = Array.from({ length: 600 }, (_, n) => {
  const [user, item] = [n % 60, (7 * (n % 60) + 3 * Math.floor(n / 60)) % 31];
  return `${user}\t${item}\t${n < 480 ? 0 : n < 540 ? 1 : 2}\n`;
});
const inter = `userID\titemID\tx_label\n${[...new Set(rows)].join("")}`;

Deno.test("train warns where an MMRec folder has no features, and trains on ids alone", () =>
  withFolder(inter, (args) =>
    withRun(async (name) => {
      const { code, stdout, stderr } = await runTask([...args("lightgcn"), "--run", name]);
      assertEquals(code, 0, stderr);
      assertStringIncludes(
        stderr,
        'Warning: no features (<modality>_feat.npy) beside "plain.inter": models see IDs only\n',
      );
      assert(JSON.parse(stdout).test["recall@20"] >= 0);
    })));

Deno.test("train says that a maximum of epochs changes nothing of a model that is not trained", () =>
  withFolder(inter, async (args) => {
    const { code, stderr } = await runTask([...args("turbocf"), "--dry-run"]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, '"turbocf" is not trained: a maximum of epochs changes nothing\n');
    assert(!stderr.includes("at most 1 epoch"), stderr);
  }));

Deno.test("train refuses a folder without features for models of features, with a next step", () =>
  withFolder(inter, async (args) => {
    for (const model of ["vbpr", "freedom", "smore"]) {
      const { code, stdout, stderr } = await runTask(args(model));
      assertEquals([code, stdout], [3, ""]);
      assertStringIncludes(
        stderr,
        `Cannot train "${model}" on "plain": the dataset has no features`,
      );
      assertStringIncludes(stderr, "or train an ID-only model such as lightgcn");
    }
  }));

Deno.test("train names preprocess where a folder holds a RecBole file", () =>
  withFolder("user_id:token\titem_id:token\n1\t2\n", async (args) => {
    const { code, stderr } = await runTask(args("lightgcn"));
    assertEquals(code, 3);
    assertStringIncludes(stderr, 'found "user_id:token", "item_id:token"');
    assertStringIncludes(stderr, "./bandpass preprocess --dataset NAME --input");
  }));

Deno.test("train takes what preprocess made, with and without features", async () => {
  const table = `user,item\n${
    rows.map((row) => row.split("\t")).map(([user, item]) => `u${user},i${item}\n`).join("")
  }`;
  const items = Array.from({ length: 31 }, (_, n) => `i${n},${n % 5},${n % 7},1\n`);
  const image = await Deno.makeTempFile({ suffix: ".csv" });
  await Deno.writeTextFile(image, `item,x,y,z\n${items.join("")}`);
  const args = ["--features", `image=${image}`];
  await preprocess(table, args, ({ code, stderr }, directory) => {
    assertEquals(code, 0, stderr);
    return withRun(async (name) => {
      const found = await runTask([
        ...["train", "--data-dir", directory, "--dataset", "shop", "--model", "vbpr"],
        ...["--epochs", "1", "--run", name],
      ]);
      assertEquals(found.code, 0, found.stderr);
      assertStringIncludes(found.stderr, "shop: 60 users, 31 items");
      assertStringIncludes(found.stderr, "image 3");
    });
  });
  await Deno.remove(image);
});
