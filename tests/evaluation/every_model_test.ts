import { assert, assertEquals } from "@std/assert";
import { uniforms } from "../../data/random.ts";
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { recommendItems } from "../../evaluation/recommend.ts";
import { recommendForHistory } from "../../evaluation/recommend_history.ts";
import { readRepresentation } from "../../evaluation/read_representation.ts";
import { isTrained, models } from "../../models/registry.ts";
import { assertEach, assertFinite } from "../assert_each.ts";
import { testGpu } from "../gpu/test_gpu.ts";

const [users, items] = [30, 40];

/** Few users and items, and two modalities. */
function smallDataset(): Dataset {
  const next = uniforms(7);
  const split = (share: number): Interactions => {
    const pairs = Array.from({ length: users * items }, (_, n) => n).filter(() => next() < share);
    return {
      users: Uint32Array.from(pairs, (n) => Math.floor(n / items)),
      items: Uint32Array.from(pairs, (n) => n % items),
    };
  };
  const modality = (name: string, columns: number) => ({
    name,
    rows: items,
    columns,
    values: Float32Array.from({ length: items * columns }, () => next() - 0.5),
  });
  return {
    name: "small",
    users,
    items,
    train: split(0.15),
    valid: split(0.03),
    test: split(0.03),
    modalities: [modality("image", 12), modality("text", 8)],
  };
}

for (const definition of models) {
  const { name: model } = definition;
  Deno.test(`${model} recommends to known users and to new ones, among candidates too`, async () => {
    const gpu = await testGpu();
    const dataset = smallDataset();
    // Small rows, for the eigenproblems of bands take long on a software driver.
    const settings: Record<string, number> = isTrained(definition) ? { dim: 16 } : {};
    const choice = { model, settings, seed: 1 };
    const options = { users: Uint32Array.of(5, 2), k: 6, seen: ["train"] as const };
    const lists = await Array.fromAsync(recommendItems(gpu, dataset, choice, options));
    assertEquals(lists.map(({ user, items }) => [user, items.length]), [[5, 6], [2, 6]]);
    const candidates = lists[0].items.toSorted();
    const narrowed = await Array.fromAsync(
      recommendItems(gpu, dataset, choice, { ...options, candidates }),
    );
    assertEquals([...narrowed[0].items], [...lists[0].items]);
    const history = Uint32Array.of(3, 4);
    const found = await recommendForHistory(gpu, dataset, choice, {
      history,
      k: 6,
      excludeSeen: true,
    });
    assertEquals(found.items.length, 6);
    assertEach(found.items, (item) => !history.includes(item), "not of the history", "items");
    assertFinite(found.scores, "scores");
    const rows = await readRepresentation(gpu, dataset, choice);
    assertEquals(rows !== undefined, isTrained(definition));
    if (rows === undefined) return;
    const { columns } = rows;
    assertEquals([rows.users.length, rows.items.length], [users * columns, items * columns]);
    const { user, items: [best], scores: [score] } = lists[0];
    let product = 0;
    for (let c = 0; c < columns; c++) {
      product += rows.users[user * columns + c] * rows.items[best * columns + c];
    }
    assert(Math.abs(product - score) < 1e-5 * Math.max(1, Math.abs(score)));
  });
}
