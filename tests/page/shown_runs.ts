/**
 * A small dataset whose ids and names hold what a page must not obey, with pictures, and two runs on it.
 *
 * @module
 */
import { readDataset } from "../../data/folder.ts";
import { writeIds } from "../../data/id_file.ts";
import { writeItemMeta } from "../../data/item_meta.ts";
import type { ShownRun } from "../../page/page_contents.ts";
import { train } from "../../recommender/train.ts";
import { encodePng } from "../cli/encode/png.ts";
import { testGpu } from "../gpu/test_gpu.ts";

/** The id of the item of index 3. */
export const hostileId = '"><img src=x onerror=alert(1)>';

/** The name of the item of index 4; it would turn the direction of writing. */
export const hostileName = "<script>alert(2)</script> \u202etxt.exe";

/**
 * Makes the dataset and the runs, by SSR with its bands and by a filter, and removes all after use.
 *
 * @param use What is done with them.
 */
export async function withShownRuns(use: (runs: ShownRun[]) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const { users, items } = await readDataset(`${folder}/sample`);
    const ids = (letter: string, count: number) =>
      Array.from({ length: count }, (_, n) => `${letter}${n}`);
    const itemIds = ids("i", items).with(3, hostileId);
    await writeIds(`${folder}/sample/users.csv`, "userID", ids("u", users));
    await writeIds(`${folder}/sample/items.csv`, "itemID", itemIds);
    const names = itemIds.map((_, item) => `Thing ${item}`).with(4, hostileName);
    await writeItemMeta(
      `${folder}/sample/items_meta.csv`,
      ["id", "name"],
      itemIds.map((id, item) => [id, names[item]]),
    );
    await writePictures(`${folder}/sample/images`, folder);
    const dataset = await readDataset(`${folder}/sample`);
    const gpu = await testGpu();
    const options = { settings: { dim: 8 }, epochs: 1, seed: 1, gpu };
    await using bands = await train(dataset, "ssr", options);
    await using filter = await train(dataset, "itemknn", { gpu });
    await use([
      { name: "bands", recommender: bands, metrics: bands.test },
      { name: "filter", recommender: filter },
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A picture, and what is none: a drawing that could hold a program, and a link out of the dataset. */
async function writePictures(images: string, outside: string): Promise<void> {
  await Deno.mkdir(images);
  const picture = encodePng(4, 4, () => [200, 30, 30]);
  await Deno.writeFile(`${images}/i0.png`, picture);
  await Deno.writeTextFile(`${images}/i1.png`, '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await Deno.writeFile(`${outside}/secret.png`, picture);
  await Deno.symlink(`${outside}/secret.png`, `${images}/i2.png`);
}
