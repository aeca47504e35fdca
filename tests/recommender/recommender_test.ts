import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { defineModel } from "../../models/define_model.ts";
import { initialisers, Parameters } from "../../models/parameters.ts";
import { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { add } from "../../shaders/elementwise/elementwise.ts";
import { gather } from "../../shaders/gather/gather.ts";
import { launchProduct } from "../../shaders/matmul/matmul.ts";
import { assertEach } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId, itemsOf, shop, small, userId, withFolder } from "./shop.ts";

Deno.test("recommend() gives best items first by own ids, without those of the splits that are left out", async () => {
  await using model = await train(shop, "bpr", { ...small, gpu: await testGpu() });
  const asked = [userId(7), userId(0), userId(39)];
  const lists = await model.recommend(asked, { topK: 60, excludeSeen: ["train"] });
  assertEquals(lists.map(({ user }) => user), asked);
  for (const { user, items } of lists) {
    const taken = itemsOf("train", String(user));
    const expected = Array.from({ length: 60 }, (_, n) => itemId(n))
      .filter((id) => !taken.includes(id));
    assertEquals(items.map(({ item }) => item).toSorted(), expected);
    const scores = items.map(({ score }) => score);
    assertEquals(scores, scores.toSorted((a, b) => b - a));
  }
  const all = ["train", "valid", "test"] as const;
  const [unseen] = await model.recommend([userId(7)], { topK: 60 });
  assertEquals(unseen, (await model.recommend([userId(7)], { topK: 60, excludeSeen: all }))[0]);
  const had = new Set(all.flatMap((split) => itemsOf(split, userId(7))));
  assertEquals(unseen.items.length, 60 - had.size);
  const some = { excludeSeen: [], items: [itemId(3), itemId(1), itemId(3)] };
  const [chosen] = await model.recommend([userId(7)], some);
  assertEquals(chosen.items.map(({ item }) => item).toSorted(), [itemId(1), itemId(3)]);
  assertEquals(unseen.items.slice(0, 20), (await model.recommend([userId(7)]))[0].items);
});

Deno.test("recommend() gives a user who is asked for many times the same list each time", async () => {
  const most = Array.from({ length: 40 }, (_, user) => userId(user))
    .toSorted((a, b) => itemsOf("train", b).length - itemsOf("train", a).length)[0];
  for (const name of ["bpr", "itemknn"]) {
    await using model = await train(shop, name, {
      gpu: await testGpu(),
      ...name === "bpr" ? small : {},
    });
    const [once] = await model.recommend([most], { topK: 60 });
    const asked = [userId(3), ...Array<string>(500).fill(most)];
    const [other, ...lists] = await model.recommend(asked, { topK: 60 });
    assertEquals(other.user, userId(3));
    assertEquals(lists.length, 500);
    assertEach(
      lists,
      ({ items }) => items.length === once.items.length,
      () => `${once.items.length} items`,
    );
    assertEquals(lists[499], once);
  }
});

Deno.test("embeddings() gives rows whose products are the scores that recommend() gives", async () => {
  await using model = await train(shop, "lightgcn", { ...small, gpu: await testGpu() });
  const { users, items } = await model.embeddings();
  assertEquals([users.ids.length, items.ids.length, users.columns], [40, 60, 16]);
  const [{ items: list }] = await model.recommend([userId(5)], { topK: 60 });
  const scores = list.map(({ item }) => {
    const at = items.ids.indexOf(item);
    let score = 0;
    for (let c = 0; c < 16; c++) score += users.values[5 * 16 + c] * items.values[at * 16 + c];
    return score;
  });
  assertEach(
    scores,
    (score, n) => Math.abs(score - list[n].score) < 1e-6,
    (n) => `${list[n].score} to 1e-6`,
  );

  const norm = (row: number) => Math.hypot(...items.values.subarray(row * 16, row * 16 + 16));
  const cosine = (row: number) => {
    let product = 0;
    for (let c = 0; c < 16; c++) product += items.values[9 * 16 + c] * items.values[row * 16 + c];
    return product / (norm(9) * norm(row));
  };
  const nearest = Array.from({ length: 60 }, (_, row) => row).filter((row) => row !== 9)
    .sort((a, b) => cosine(b) - cosine(a)).slice(0, 4);
  const similar = await model.similarItems(itemId(9), { topK: 4 });
  assertEquals(similar.map(({ item }) => item), nearest.map(itemId));
});

Deno.test("evaluate() gives the metrics of the training again, and those of the other split", async () => {
  for (const name of ["bpr", "itemknn"]) {
    await using model = await train(shop, name, {
      gpu: await testGpu(),
      ...name === "bpr" ? small : {},
    });
    assertEquals(await model.evaluate(), model.test);
    assertEquals(await model.evaluate("valid"), model.validation);
    assertNotEquals(await model.evaluate("test", "train+valid"), model.test);
    assertEquals(model.result.lines.length, name === "bpr" ? 3 : 1);
  }
});

Deno.test("recommendForHistory() and similarItems() work on models that score histories", async () => {
  for (const name of ["itemknn", "ease"]) {
    await using model = await train(shop, name, { gpu: await testGpu() });
    const [{ items }] = await model.recommend([userId(4)], { topK: 5 });
    const history = itemsOf("train", userId(4));
    assertEquals(await model.recommendForHistory(history, { topK: 5 }), items);
    assertEquals(await model.recommendForHistory([...history, history[0]], { topK: 5 }), items);
    const alone = await model.recommendForHistory([itemId(2)], { topK: 5 });
    assertEquals(await model.similarItems(itemId(2), { topK: 5 }), alone);
    await assertPopularFirst(model);
  }
});

/** Somebody without items gets the most popular one. */
async function assertPopularFirst(model: Recommender): Promise<void> {
  const popular = await model.recommendForHistory([], { topK: 1 });
  const counts = new Map<string, number>();
  for (const item of shop.train.items) {
    counts.set(itemId(item), (counts.get(itemId(item)) ?? 0) + 1);
  }
  assertEquals(popular[0].score, Math.max(...counts.values()));
}

Deno.test("a recommender refuses what it cannot give", async () => {
  await using rows = await train(shop, "bpr", { ...small, gpu: await testGpu() });
  const cases: [() => Promise<unknown>, string][] = [
    [() => rows.recommend(["user 40"]), 'Unknown user "user 40": expected an id of "users.csv"'],
    [() => rows.recommend([7]), "Unknown user 7: expected an id of"],
    [() => rows.recommend([userId(0)], { items: ["C1"] }), 'Unknown item "C1"'],
    [() => rows.recommend([userId(0)], { topK: 0 }), "Cannot give 0 items: expected an integer"],
    [() => rows.recommend([userId(0)], { topK: 1001 }), "Cannot give 1001 items: expected"],
    [() => rows.recommend([userId(0)], { topK: 2.5 }), "Cannot give 2.5 items: expected"],
    [() => rows.recommendForHistory([itemId(0), "C1"]), 'Unknown item "C1"'],
    [() => rows.similarItems("C1"), 'Unknown item "C1"'],
  ];
  for (const [ask, message] of cases) await assertRejects(ask, UsageError, message);
  for (const name of ["itemknn", "popularity"]) {
    await using model = await train(shop, name, { gpu: await testGpu() });
    await assertRejects(
      () => model.embeddings(),
      UsageError,
      `Cannot give embeddings: ${name} has none`,
    );
  }
});

Deno.test("save() writes a run that open() recommends by as before, and knows no results of", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    for (const name of ["lightgcn", "itemknn", "ease"]) {
      const run = `${folder}/${name}`;
      await using trained = await train(shop, name, { gpu, ...name === "lightgcn" ? small : {} });
      await trained.save(run);
      await assertRejects(() => trained.save(run), UsageError, "exists");
      await using opened = await Recommender.open(run, { gpu, dataset: shop });
      const users = Array.from({ length: 40 }, (_, user) => userId(user));
      assertEquals(await opened.recommend(users), await trained.recommend(users));
      assertEquals(await opened.evaluate(), trained.test);
      assertThrows(() => opened.test, UsageError, "opened the recommender");
    }
  }));

Deno.test("calls at once give what they give one after another, and plan no lists twice", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    await using trained = await train(shop, "bpr", { ...small, gpu });
    await trained.save(`${folder}/run`);
    const open = () => Recommender.open(`${folder}/run`, { gpu, dataset: shop });
    await using alone = await open();
    await using together = await open();
    const asked = Array.from({ length: 9 }, (_, n) => {
      const options = { topK: n + 1, items: [1, 5, 9, 20, 33].map((item) => itemId(item + n)) };
      return { users: [userId(n), userId(2 * n)], options: n % 2 === 0 ? options : { topK: n } };
    });
    const expected = [];
    for (const { users, options } of asked) expected.push(await alone.recommend(users, options));
    await alone.evaluate();
    const calls = asked.map(({ users, options }) => together.recommend(users, options));
    const metrics = await Promise.all([together.evaluate(), together.evaluate()]);
    assertEquals(await Promise.all(calls), expected);
    assertEquals(metrics, [trained.test, trained.test]);
    assertEquals((await together.scored()).memory.bytes, (await alone.scored()).memory.bytes);
  }));

Deno.test("lists of other lengths take no scores of their own", async () => {
  await using model = await train(shop, "bpr", { ...small, gpu: await testGpu() });
  const { memory } = await model.scored();
  const users = Array.from({ length: 40 }, (_, user) => userId(user));
  const long = await model.recommend(users, { topK: 60 });
  const short = await model.recommend(users, { topK: 10 });
  const buffersOf = (owner: string) =>
    memory.plan().find((line) => line.owner === owner)?.buffers ?? NaN;
  assertEquals(buffersOf("lists of 16"), buffersOf("lists of 64") - 1);
  assertEquals(short.map(({ items }) => items), long.map(({ items }) => items.slice(0, 10)));
});

Deno.test("a recommender that is disposed of loads nothing and says so", () =>
  withFolder(async (folder) => {
    const gpu = await testGpu();
    const trained = await train(shop, "bpr", { ...small, gpu });
    await trained.save(`${folder}/run`);
    const unasked = await Recommender.open(`${folder}/run`, { gpu, dataset: shop });
    for (const model of [trained, unasked]) {
      await model[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
      await assertRejects(() => model.recommend([userId(1)]), UsageError, "disposed of");
      await assertRejects(() => model.evaluate(), UsageError, "disposed of");
    }
  }));

Deno.test("scores of blocks may come from what a model represents, in lists that are planned later", async () => {
  const model = (name: string, asRows: boolean) =>
    defineModel({
      name,
      description: "Twice the products of two tables",
      settings: {},
      compute: ({ memory, dataset: { users, items } }) => {
        const parameters = new Parameters(memory);
        const { xavierNormal } = initialisers(1);
        const table = (label: string, rows: number) =>
          parameters.add(label, rows, 8, xavierNormal(label, rows, 8));
        const [ofUsers, ofItems] = [table("users", users), table("items", items)];
        return {
          represent(program) {
            const twice = add(program, ofUsers, ofUsers);
            if (asRows) {
              return {
                users: { table: twice, firstRow: 0, rows: users },
                items: { table: ofItems, firstRow: 0, rows: items },
              };
            }
            return {
              scoreBlock: (block, { users: list }, scores) =>
                launchProduct(block, {
                  ...{ a: gather(block, twice, list), b: ofItems, c: scores },
                  ...{ bLast: items - 1, transposeB: true },
                  ...{ m: list.length, n: scores.columns, k: 8 },
                }),
            };
          },
        };
      },
    });
  const gpu = await testGpu();
  await using rows = await train(shop, model("rows", true), { gpu });
  await using blocks = await train(shop, model("blocks", false), { gpu });
  assertEquals(blocks.test, rows.test);
  const users = [userId(6), userId(0)];
  assertEquals(await blocks.recommend(users), await rows.recommend(users));
});

Deno.test("a second call builds nothing on the device, and two recommenders share it", async () => {
  const gpu = await testGpu();
  await using first = await train(shop, "lightgcn", { ...small, gpu });
  await using second = await train(shop, "itemknn", { gpu });
  const ask = async () => {
    const lists = await first.recommend([userId(1), userId(2)]);
    return [lists, await second.recommend([userId(1)]), await first.similarItems(itemId(1))];
  };
  const before = await ask();
  const built: string[] = [];
  const { device } = gpu;
  const names = [
    "createBindGroup",
    "createBuffer",
    "createComputePipeline",
    "createComputePipelineAsync",
    "createShaderModule",
  ] as const;
  for (const name of names) {
    const original = device[name].bind(device) as (descriptor: { label?: string }) => unknown;
    Object.defineProperty(device, name, {
      configurable: true,
      value(descriptor: { label?: string }) {
        // What is read passes through a buffer of its own.
        if (!descriptor.label?.endsWith("(staging)")) built.push(`${name} ${descriptor.label}`);
        return original(descriptor);
      },
    });
  }
  try {
    assertEquals(await ask(), before);
    assertEquals(built, []);
    // The count counts: another length of lists is planned.
    await first.recommend([userId(1)], { topK: 50 });
    assert(built.length > 0);
  } finally {
    for (const name of names) Reflect.deleteProperty(device, name);
  }
});
