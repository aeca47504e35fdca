/**
 * A small shop that recommenders are tested on: ids of its own, and models that train in a moment.
 *
 * @module
 */
import { uniforms } from "../../algebra/random_sequence.ts";
import type { Dataset, Split } from "../../data/dataset.ts";
import { ownIdentifiers } from "../../data/identifiers.ts";

const [users, items] = [40, 60];

/** The id of a user. */
export const userId = (user: number): string => `user ${user}`;
/** The id of an item. */
export const itemId = (item: number): string => `B${String(item).padStart(3, "0")}`;

function madeShop(): Dataset {
  const next = uniforms(4);
  const rows: Record<Split, [number, number][]> = { train: [], valid: [], test: [] };
  for (let user = 0; user < users; user++) {
    for (let item = 0; item < items; item++) {
      const draw = next();
      const split = draw < 0.15
        ? "train"
        : draw < 0.18
        ? "valid"
        : draw < 0.21
        ? "test"
        : undefined;
      if (split !== undefined) rows[split].push([user, item]);
    }
  }
  const split = (name: Split) => ({
    users: Uint32Array.from(rows[name], ([user]) => user),
    items: Uint32Array.from(rows[name], ([, item]) => item),
  });
  const ids = (count: number, id: (index: number) => string, file: string) =>
    ownIdentifiers(Array.from({ length: count }, (_, index) => id(index)), file);
  return {
    ...{ name: "shop", users, items, modalities: [] },
    userIds: ids(users, userId, "users.csv"),
    itemIds: ids(items, itemId, "items.csv"),
    ...{ train: split("train"), valid: split("valid"), test: split("test") },
  };
}

/** The shop. */
export const shop: Dataset = madeShop();

/** The ids of the items that a user has in a split. */
export function itemsOf(split: Split, user: string): string[] {
  const rows = shop[split];
  return Array.from(rows.items).filter((_, row) => userId(rows.users[row]) === user).map(itemId);
}

/** Settings with which a model trains in a moment. */
export const small = { settings: { dim: 16, batch: 64 }, epochs: 3, seed: 2 } as const;

/** Makes a folder, and removes it after use. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
