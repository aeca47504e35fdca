import { readDataset } from "./data/folder.ts";
import { interactionMatrix } from "./graph/interaction_graph.ts";
import { itemGram } from "./graph/item_gram.ts";
const d = await readDataset("/work/shared/data/tiktok");
const r = interactionMatrix(d.train, d.users, d.items);
for (const s of [1, .5, .5]) {
  const t = performance.now();
  const g = itemGram(r, { exponent: .9, sharpness: s, mostEntries: 2 ** 24 });
  console.log(s, performance.now() - t, g.matrix.column.length);
}
