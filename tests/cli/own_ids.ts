/**
 * A dataset with ids of the user's own, and a run on it that needs no training.
 *
 * @module
 */
import { contentHashes } from "../../data/content_hashes.ts";
import { readDataset } from "../../data/folder.ts";
import { writeIds } from "../../data/id_file.ts";
import { shippedChoices } from "../../gpu/kernel_choices.ts";
import { modelNamed } from "../../models/registry.ts";
import { resolveConfiguration } from "../../training/configuration.ts";
import { RunFolder } from "../../training/run_folder.ts";
import { runRecord } from "../../training/run_record.ts";

/** Own ids of the users, by index; the last has no train row. */
export const userIds = ["ann", "bob, the 2nd", "🦊 fox"];

/** Own ids of the items, by index. */
export const itemIds = ["B001", "a,b", 'the "best"', "🎧 left", "100%"];

/** User, item and split of each row. */
export const ownRows: readonly (readonly number[])[] = [
  [0, 0, 0],
  [0, 1, 0],
  [1, 1, 0],
  [1, 2, 0],
  [0, 2, 1],
  [0, 3, 2],
  [1, 4, 2],
  [2, 1, 2],
];

/**
 * Makes the dataset and the run, and removes both after use.
 *
 * By popularity the items come in the order 1 (2 train rows), 0 and 2 (1), 3 and 4 (0).
 *
 * @param use What is done with the run, by its folder, and the folder of the datasets.
 * @param model A model without parameters.
 * @param rows User, item and split of each row.
 */
export async function withOwnIds(
  use: (run: string, dataDirectory: string) => Promise<void>,
  model = "popularity",
  rows = ownRows,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/shop`);
    const lines = rows.map((row) => `${row.join("\t")}\n`).join("");
    await Deno.writeTextFile(`${folder}/shop/shop.inter`, `userID\titemID\tx_label\n${lines}`);
    await writeIds(`${folder}/shop/users.csv`, "userID", userIds);
    await writeIds(`${folder}/shop/items.csv`, "itemID", itemIds);
    const configuration = resolveConfiguration(
      { options: { dataset: "shop", data_dir: folder, model }, assignments: {} },
      (name) => modelNamed(name).settings,
    );
    const data = contentHashes(await readDataset(`${folder}/shop`));
    await RunFolder.create(
      `${folder}/run`,
      runRecord(
        configuration,
        { name: "none", family: "other", kernels: shippedChoices.other },
        data,
      ),
      {},
    );
    await use(`${folder}/run`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
