import { assert, assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { isTrained } from "../../models/define_model.ts";
import { models } from "../../models/registry.ts";
import { madeDataset } from "../datasets.ts";
import { withModel } from "./loaded.ts";

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
  return madeDataset({
    name: "small",
    users,
    items,
    train: split(0.15),
    valid: split(0.03),
    test: split(0.03),
    modalities: [modality("image", 12), modality("text", 8)],
  });
}

for (const definition of models) {
  const { name: model } = definition;
  Deno.test(`${model} recommends to known users and to new ones, among candidates too`, async () => {
    const dataset = smallDataset();
    // Small rows, for the eigenproblems of bands take long on a software driver.
    const settings: Record<string, number> = isTrained(definition) ? { dim: 16 } : {};
    await withModel(dataset, { model, settings, seed: 1 }, async (scored) => {
      const some = Uint32Array.of(5, 2);
      const options = { k: 6, seen: ["train"] as const };
      const lists = await Array.fromAsync(scored.bestItems(some, options));
      assertEquals(lists.map(({ user, items }) => [user, items.length]), [[5, 6], [2, 6]]);
      const candidates = lists[0].items.toSorted();
      const narrowed = await Array.fromAsync(scored.bestItems(some, { ...options, candidates }));
      assertEquals([...narrowed[0].items], [...lists[0].items]);
      const history = Uint32Array.of(3, 4);
      const found = await scored.bestItemsOfHistory(history, options);
      assertEquals(found.items.length, 6);
      assertEquals([...found.items].filter((item) => history.includes(item)), []);
      assertEquals([...found.scores].filter((score) => !Number.isFinite(score)), []);
      const { representation } = scored;
      assertEquals("users" in representation, isTrained(definition));
      if (!("users" in representation)) return;
      const { columns } = representation.users.table;
      const [userRows, itemRows] = [
        await scored.readRows(representation.users),
        await scored.readRows(representation.items),
      ];
      assertEquals([userRows.length, itemRows.length], [users * columns, items * columns]);
      const { user, items: [best], scores: [score] } = lists[0];
      let product = 0;
      for (let c = 0; c < columns; c++) {
        product += userRows[user * columns + c] * itemRows[best * columns + c];
      }
      assert(Math.abs(product - score) < 1e-5 * Math.max(1, Math.abs(score)));
    });
  });
}
