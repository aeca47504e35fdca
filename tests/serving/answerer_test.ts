import { assert, assertEquals } from "@std/assert";
import type { Recommender } from "../../recommender/recommender.ts";
import { train } from "../../recommender/train.ts";
import { Answerer } from "../../serving/answerer.ts";
import type {
  ExplainAnswer,
  RecommendAnswer,
  RecommendQuestion,
  SimilarAnswer,
} from "../../serving/questions.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { itemId, itemsOf, shop, small, userId } from "../recommender/shop.ts";
import type { Outcome } from "../../serving/worker_messages.ts";

const words = { setting: (name: string) => name, command: (name: string) => name };
const meta = { nameOf: (item: number) => item === 3 ? "Hat" : undefined };

/** Tests with a model that has rows, and one that scores histories. */
function ofBoth(name: string, test: (model: Recommender, answerer: Answerer) => Promise<void>) {
  for (const model of ["bpr", "turbocf"]) {
    Deno.test(`${name} (${model})`, async () => {
      const options = model === "bpr" ? small : {};
      await using recommender = await train(shop, model, { ...options, gpu: await testGpu() });
      await test(recommender, new Answerer(recommender, { words, meta }));
    });
  }
}

const asking = (question: RecommendQuestion) => ({ kind: "recommend", question }) as const;
const listsOf = (outcome: Outcome) =>
  ("answer" in outcome ? outcome.answer as RecommendAnswer : undefined)!.lists;
const idsOf = (items: readonly { item: unknown }[]) => items.map(({ item }) => item);
const failureOf = (outcome: Outcome) => ("failure" in outcome ? outcome.failure : undefined)!;

ofBoth(
  "answer() gives users and histories the lists that a recommender gives them",
  async (model, answerer) => {
    const users = [userId(5), userId(2), userId(5)];
    const histories = [[itemId(1), itemId(8)], []];
    const outcomes = await answerer.answer([
      asking({ users, topK: 7 }),
      asking({ histories, topK: 60 }),
      asking({ users: [userId(9)], excludeSeen: ["train"], topK: 60 }),
    ]);
    const [ofUsers, ofHistories, [other]] = outcomes.map(listsOf);
    const expected = await model.recommend(users, { topK: 7 });
    const plain = (lists: typeof ofUsers) =>
      lists.map(({ user, items }) => ({
        user,
        items: items.map(({ item, score }) => ({ item, score })),
      }));
    assertEquals(plain(ofUsers), expected as typeof ofUsers[number][]);
    const [one, none] = await Promise.all(
      histories.map((history) => model.recommendForHistory(history, { topK: 60 })),
    );
    assertEquals(
      plain(ofHistories).map(({ items }) => items),
      [one, none] as typeof ofUsers[number]["items"][],
    );
    assertEquals(ofHistories.map(({ basis }) => basis), ["model", "popular"]);
    assertEquals(other.items.length, 60 - itemsOf("train", userId(9)).length);
    const hat = ofHistories[0].items.find(({ item }) => item === itemId(3));
    assertEquals(hat?.name, "Hat");
  },
);

ofBoth(
  "answer() gives no excluded item and allowed ones alone, however many they are",
  async (_, answerer) => {
    const user = userId(4);
    const all = listsOf((await answerer.answer([asking({ users: [user], topK: 60 })]))[0])[0].items;
    const excluded = idsOf(all).filter((_, n) => n % 2 === 0) as string[];
    const rest = idsOf(all).filter((_, n) => n % 2 === 1) as string[];
    const many = [...excluded, ...Array.from({ length: 1000 }, (_, n) => `unknown ${n}`)];
    const outcomes = await answerer.answer([
      asking({ users: [user], topK: 60, excluded }),
      asking({ users: [user], topK: 3, excluded: many }),
      asking({ users: [user], topK: 1000, excluded }),
      asking({ users: [user], topK: 60, allowed: rest }),
      asking({
        users: [user],
        topK: 60,
        allowed: [...rest].reverse(),
        excluded: [rest[0], "unknown"],
      }),
      asking({ users: ["nobody"], unknown: "popular", topK: 4, allowed: rest }),
      asking({ histories: [[itemId(1)]], topK: 60, excluded: [itemId(2)] }),
    ]);
    const found = outcomes.map((outcome) => idsOf(listsOf(outcome)[0].items));
    assertEquals(found.slice(0, 5), [rest, rest.slice(0, 3), rest, rest, rest.slice(1)]);
    assertEquals(found[5].length, 4);
    assert(found[5].every((item) => rest.includes(item as string)));
    assertEquals(found[6].length, 58);
  },
);

ofBoth(
  "answer() refuses one question for what the dataset lacks, and answers the others",
  async (_, answerer) => {
    const outcomes = await answerer.answer([
      asking({ users: [userId(1), "nobody", "x"] }),
      asking({ histories: [["B999"]] }),
      asking({ users: [userId(1)], allowed: ["B999"] }),
      asking({ users: [userId(1)], topK: 1001 }),
      { kind: "similar", question: { item: "B999" } },
      { kind: "file", question: { path: "../../etc/passwd" } },
      { kind: "explain", question: { user: "nobody" } },
      asking({
        users: ["nobody", userId(1)],
        histories: [["B999", itemId(1)], ["B999"]],
        unknown: "popular",
      }),
    ]);
    const kinds = outcomes.slice(0, 7).map((outcome) => failureOf(outcome).kind);
    assertEquals(kinds, [
      "unknown",
      "unknown",
      "unknown",
      "invalid",
      "unknown",
      "unknown",
      "unknown",
    ]);
    assertEquals(failureOf(outcomes[0]).message, 'Unknown users: "nobody", "x"');
    const lists = listsOf(outcomes[7]);
    assertEquals(lists.map(({ basis }) => basis), ["unknown", "model", "model", "popular"]);
  },
);

ofBoth("answer() gives similar items as a recommender does", async (model, answerer) => {
  const item = itemId(6);
  const [all, some] = await answerer.answer([
    { kind: "similar", question: { item, topK: 10 } },
    { kind: "similar", question: { item, topK: 3, excluded: [itemId(7), itemId(8)] } },
  ]);
  const answer = (outcome: Outcome) =>
    ("answer" in outcome ? outcome.answer : undefined) as SimilarAnswer;
  const expected = idsOf(await model.similarItems(item, { topK: 10 }));
  assertEquals(idsOf(answer(all).items), expected);
  const left = expected.filter((id) => id !== itemId(7) && id !== itemId(8));
  assertEquals(idsOf(answer(some).items), left.slice(0, 3));
});

ofBoth("answer() explains the best items, or those that are named", async (model, answerer) => {
  const user = userId(3);
  const outcomes = await answerer.answer([
    { kind: "explain", question: { user, topK: 2 } },
    { kind: "explain", question: { history: [itemId(1)], items: [itemId(3)] } },
  ]);
  const [best, named] = outcomes.map((outcome) =>
    (("answer" in outcome ? outcome.answer : undefined) as ExplainAnswer).explanations
  );
  const [{ items }] = await model.recommend([user], { topK: 2 });
  assertEquals(idsOf(best), idsOf(items));
  assert(best.every(({ sentences }) => sentences.length > 0));
  assertEquals(named.map(({ item, name }) => [item, name]), [[itemId(3), "Hat"]]);
});
