import { assert, assertEquals } from "@std/assert";
import { readInteractions } from "../../../data/interactions.ts";
import { readIds } from "../../../data/id_file.ts";
import { projectFolder, runScript } from "../run_cli.ts";
import { preprocess } from "./preprocess_process.ts";

const sports = `${projectFolder}../shared/data/sports`;
const isThere = await Deno.stat(`${sports}/sports.inter`).then(() => true, () => false);

Deno.test({
  name: "preprocess keeps every pair of a CSV made of Amazon Sports (needs ../shared)",
  ignore: !isThere,
  async fn() {
    const made = await runScript("bench/sports_csv.ts", [sports]);
    assertEquals(made.code, 0, made.stderr);
    const csv = await Deno.makeTempFile({ suffix: ".csv" });
    await Deno.writeTextFile(csv, made.stdout);
    const texts = ["--text", `words=${csv}:words`, "--text", `attributes=${csv}:attributes`];
    const args = [...texts, "--dim", "4", "--json"];
    await preprocess(made.stdout, args, async ({ code, stdout, stderr }, directory) => {
      assertEquals(code, 0, stderr);
      const { steps, splits, modalities } = JSON.parse(stdout);
      for (const { rows, users, items } of steps) {
        assertEquals([users, items, rows], [35_598, 18_357, 296_337]);
      }
      assertEquals(splits, { train: 218_409, valid: 37_899, test: 40_029 });
      assertEquals(modalities.map(({ name }: { name: string }) => name), ["words", "attributes"]);
      const asins = (await Deno.readTextFile(`${sports}/items.tsv`)).trimEnd().split("\n").slice(1)
        .map((line) => line.split("\t")[1]);
      const folder = `${directory}/shop`;
      const users = await readIds(`${folder}/users.csv`, "userID");
      const items = await readIds(`${folder}/items.csv`, "itemID");
      const pairs = async (path: string, pair: (user: number, item: number) => string) => {
        const { train, valid, test } = await readInteractions(path);
        return new Set(
          [train, valid, test].flatMap((rows) =>
            Array.from(rows.users, (user, n) => pair(user, rows.items[n]))
          ),
        );
      };
      const given = await pairs(
        `${sports}/sports.inter`,
        (user, item) => `user ${user},${asins[item]}`,
      );
      const kept = await pairs(
        `${folder}/shop.inter`,
        (user, item) => `${users[user]},${items[item]}`,
      );
      assertEquals([given.size, kept.size], [296_337, 296_337]);
      assert(given.isSubsetOf(kept));
    });
    await Deno.remove(csv);
  },
});
