import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { normal, uniforms } from "../../../algebra/random_sequence.ts";
import type { Modality } from "../../../data/dataset.ts";
import { interactionMatrix } from "../../../graph/interaction_graph.ts";
import { featureFacts } from "../../../lab/quality/feature_facts.ts";
import { featureRank } from "../../../lab/quality/feature_rank.ts";
import { drawPairs } from "../../../lab/quality/item_pairs.ts";
import { detailedQuality, modalityQuality } from "../../../lab/quality/modality_quality.ts";
import { neighboursOf, sampledItems } from "../../../lab/quality/neighbour_sample.ts";

const modalityOf = (columns: number, ...values: number[]): Modality => ({
  ...{ name: "image", rows: values.length / columns, columns, values: Float32Array.from(values) },
});
const all = (count: number) => new Uint8Array(count).fill(1);

Deno.test("featureFacts() counts constant and repeated columns, and items with features of others", () => {
  const modality = modalityOf(4, 1, 7, 1, 2, 3, 7, 3, 4, 1, 7, 1, 2, 1, 7, 1, 2);
  assertEquals(featureFacts(modality, all(4)), {
    ...{ constantColumns: 1, repeatedColumns: 1, repeatedItems: 2 },
  });
  // Items without features don't count.
  assertEquals(featureFacts(modality, Uint8Array.of(1, 1, 0, 0)).repeatedItems, 0);
  assertEquals(featureFacts(modalityOf(1, 0, -0), all(2)).repeatedItems, 1);
});

Deno.test("featureRank() is the number of directions of the same length, without the mean", () => {
  const cross = modalityOf(3, 6, 5, 5, 4, 5, 5, 5, 6, 5, 5, 4, 5);
  assertAlmostEquals(featureRank(cross, all(4)).rank, 2);
  assertEquals(featureRank(cross, all(4)).most, 3);
  // One direction three times as long as the other: shares 3/4 and 1/4.
  const long = modalityOf(2, 3, 0, -3, 0, 0, 1, 0, -1);
  const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
  assertAlmostEquals(featureRank(long, all(4)).rank, Math.exp(entropy));
  assertEquals(featureRank(long, Uint8Array.of(1, 0, 0, 0)), { rank: 0, most: 0 });
});

Deno.test("featureRank() of more columns than items is that of the items", () => {
  // 800 columns, of which the first two have what those of the cross have.
  const values = new Float32Array(4 * 800);
  [[0, 0, 1], [1, 0, -1], [2, 1, 1], [3, 1, -1]].forEach(([item, c, x]) =>
    values[item * 800 + c] = x
  );
  const wide = { name: "image", rows: 4, columns: 800, values };
  assertAlmostEquals(featureRank(wide, all(4)).rank, 2);
});

Deno.test("featureRank() looks at some of many items", () => {
  const uniform = uniforms(1);
  const values = Float32Array.from({ length: 20_000 * 3 }, () => normal(uniform));
  const { rank, sampled } = featureRank(
    { name: "a", rows: 20_000, columns: 3, values },
    all(20_000),
  );
  assertEquals(sampled, 8192);
  assert(rank > 2.99 && rank <= 3, `${rank}`);
});

Deno.test("drawPairs() draws items that one user has, and others of the same popularity", () => {
  // User after user takes 0 and 1, 2 and 3, or 4 alone.
  const groups = 1000;
  const users = Uint32Array.from({ length: 5 * groups }, (_, n) => {
    return 3 * Math.floor(n / 5) + Math.floor(n % 5 / 2);
  });
  const items = Uint32Array.from({ length: 5 * groups }, (_, n) => n % 5);
  const taken = interactionMatrix({ users, items }, 3 * groups, 5);
  const { together, random } = drawPairs(taken, 10_000)!;
  // No more than there are rows to draw from.
  assertEquals(together.first.length, 4 * groups);
  assertEquals(drawPairs(taken, 100)!.together.first.length, 100);
  const share = (ends: ArrayLike<number>, holds: (item: number) => boolean) =>
    Array.from(ends).filter(holds).length / ends.length;
  // The items 0 and 1, and 2 and 3, always go together; 4 goes with nothing.
  together.first.forEach((a, n) => assertEquals(together.second[n], a ^ 1));
  random.first.forEach((a, n) => assert(a !== random.second[n] && a < 4));
  for (const item of [0, 1, 2, 3]) {
    for (const ends of [together.first, together.second, random.first, random.second]) {
      assertAlmostEquals(share(ends, (one) => one === item), 0.25, 0.03);
    }
  }
  const alone = { users: Uint32Array.of(0, 1), items: Uint32Array.of(0, 1) };
  assertEquals(drawPairs(interactionMatrix(alone, 2, 2), 10), undefined);
});

Deno.test("modalityQuality() tells features that say who goes together from those that don't", () => {
  const uniform = uniforms(7);
  const [users, items]: number[][] = [[], []];
  for (let user = 0; user < 100; user++) {
    const taste = user % 2;
    for (
      const item of new Set(Array.from({ length: 6 }, () => 2 * Math.floor(20 * uniform()) + taste))
    ) {
      users.push(user);
      items.push(item);
    }
  }
  const graph = interactionMatrix(
    { users: Uint32Array.from(users), items: Uint32Array.from(items) },
    ...[100, 40] as const,
  );
  const pairs = drawPairs(graph, 5000);
  const noise = () => 0.3 * normal(uniform);
  const telling = Float32Array.from(
    { length: 80 },
    (_, n) => (n >> 1) % 2 === n % 2 ? 1 + noise() : noise(),
  );
  const { likeness } = modalityQuality({ name: "a", rows: 40, columns: 2, values: telling }, pairs);
  assert(likeness!.asGiven.area > 0.7, `${likeness!.asGiven.area}`);
  assert(likeness!.standardised.area > 0.7);
  const random = Float32Array.from({ length: 400 }, () => normal(uniform));
  const untold = modalityQuality({ name: "b", rows: 40, columns: 10, values: random }, pairs);
  assertAlmostEquals(untold.likeness!.asGiven.area, 0.5, 0.06);
});

Deno.test("detailedQuality() leaves items out that have the mean of all, and those that have zeros", () => {
  // The items 2 and 3 have the mean of all.
  const modality = modalityOf(2, 1, 3, 3, 1, 2, 2, 2, 2);
  const train = { users: Uint32Array.of(0, 0, 0), items: Uint32Array.of(0, 1, 2) };
  const graph = interactionMatrix(train, 1, 4);
  const quality = detailedQuality(modality, drawPairs(graph, 100), graph, [0, 2]);
  assertEquals([quality.missing, quality.repeatedItems], [2, 0]);
  assertEquals(quality.neighbours.map(({ item }) => item), [0]);
  const zero = modalityQuality(modalityOf(1, 1, 0), undefined);
  assertEquals([zero.missing, zero.likeness], [1, undefined]);
  // All alike: nothing can be told.
  const alike = detailedQuality(modalityOf(1, 5, 5, 5, 5), drawPairs(graph, 100), graph, [0]);
  assertEquals([alike.missing, alike.rank.rank, alike.likeness, alike.bands], [
    4,
    0,
    undefined,
    undefined,
  ]);
});

Deno.test("sampledItems() goes from the most popular to the least of those with rows", () => {
  assertEquals(sampledItems(Uint32Array.of(3, 0, 9, 3)), [2, 0, 3]);
  assertEquals(sampledItems(Uint32Array.from({ length: 91 }, (_, n) => 91 - n)), [
    ...[0, 10, 20, 30, 40, 50, 60, 70, 80, 90],
  ]);
  assertEquals(sampledItems(new Uint32Array(3)), []);
});

Deno.test("neighboursOf() lists the five nearest, of ties the smaller index first", () => {
  const modality = modalityOf(2, 1, 0, 1, 1, 2, 2, 0, 1, -1, 0, 1, 0, 3, 0.1);
  const [{ nearest }] = neighboursOf([0], modality, all(7));
  assertEquals(nearest.map(({ item }) => item), [5, 6, 1, 2, 3]);
  assertAlmostEquals(nearest[2].cosine, Math.SQRT1_2);
});
