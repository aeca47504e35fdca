import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { readResult } from "../../training/result_file.ts";
import { drawnUsersText, withDrawnUsers, withFewerUsers } from "../../training/validation_users.ts";
import { train } from "../../recommender/train.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { madeDataset } from "../datasets.ts";
import { shop, small, withFolder } from "../recommender/shop.ts";

const none = { users: new Uint32Array(), items: new Uint32Array() };
const many = madeDataset({
  ...{ name: "many", users: 100, items: 3, train: none, test: none, modalities: [] },
  // Users 0, 2, 4, … with two rows each, in no order.
  valid: {
    users: Uint32Array.from({ length: 100 }, (_, n) => 2 * (n * 7 % 50)),
    items: Uint32Array.from({ length: 100 }, (_, n) => Math.floor(n / 50)),
  },
});
const usersOf = ({ valid }: typeof many) => [...new Set(valid.users)].sort((a, b) => a - b);

Deno.test("withDrawnUsers() keeps all rows of so many users, the same for the same seed", () => {
  const drawn = withDrawnUsers(many, 10, 3);
  assertEquals(usersOf(drawn).length, 10);
  assertEquals(drawn.valid, withDrawnUsers(many, 10, 3).valid);
  assertNotEquals(usersOf(drawn), usersOf(withDrawnUsers(many, 10, 4)));
  const taken = new Set(usersOf(drawn));
  const rows = [...many.valid.users.keys()].filter((row) => taken.has(many.valid.users[row]));
  assertEquals([...drawn.valid.users], rows.map((row) => many.valid.users[row]));
  assertEquals([...drawn.valid.items], rows.map((row) => many.valid.items[row]));
  // Rather than the first ones.
  assert(usersOf(drawn).at(-1)! > 50);
  assertEquals(usersOf(withFewerUsers(many, 4)), [0, 24, 50, 74]);
});

Deno.test("withDrawnUsers() keeps the dataset where it has no more users", () => {
  assert(withDrawnUsers(many, undefined, 0) === many);
  assert(withDrawnUsers(many, 50, 0) === many);
  assertEquals(drawnUsersText(many, 50), undefined);
  assertEquals(drawnUsersText(many, 7), "7 of 50 users, drawn by the seed");
});

Deno.test("train() ranks the drawn users in validation and all of them in test, and the run says so", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const said = "validation ranks 3 of ";
    await using whole = await train(shop, "bpr", { ...small, gpu, epochs: 1 });
    for (const model of ["bpr", "itemknn"]) {
      const options = model === "bpr" ? { ...small, epochs: 1 } : {};
      const path = `${folder}/${model}`;
      await using drawn = await train(shop, model, { ...options, gpu, evalUsers: 3, run: path });
      const sample = withDrawnUsers(shop, 3, drawn.configuration.seed);
      await using other = await train(sample, model, { ...options, gpu });
      assertEquals(drawn.validation, other.validation);
      if (model === "bpr") assertEquals(drawn.test, whole.test);
      const { protocol } = (await readResult(path))!;
      assert(protocol.includes(said), protocol);
      const [line] = (await Deno.readTextFile(`${path}/metrics.jsonl`)).trimEnd().split("\n");
      assertEquals(JSON.parse(line).validation_users, 3);
      await drawn.save(`${path}-saved`);
      assertEquals((await readResult(`${path}-saved`))!.protocol, protocol);
      // All users, whatever its training ranked.
      await using again = await Recommender.open(path, { gpu, dataset: shop });
      assertNotEquals(await again.evaluate("valid", "train"), drawn.validation);
    }
  }));
