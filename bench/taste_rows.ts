/**
 * Generated interactions: users with a taste, items with a long tail, ten rows a user.
 *
 * @module
 */

/** Rows that each user has. */
export const rowsOfUser = 10;

/** Kinds of items; those of one kind have the same index modulo their number. */
export const tastes = 50;

const [ownTaste, tail] = [0.7, 2.5];

/**
 * The items of each user, each once.
 *
 * @param users Number of users.
 * @param items Number of items.
 * @param next Random numbers in [0, 1).
 */
export function* tasteRows(
  users: number,
  items: number,
  next: () => number,
): Generator<{ user: number; items: number[] }> {
  /** An item of a taste, or of any. */
  const draw = (taste: number) => {
    const item = Math.floor(items * next() ** tail);
    if (next() >= ownTaste) return item;
    return Math.min(items - 1, item - item % tastes + taste);
  };
  for (let user = 0; user < users; user++) {
    const taken = new Set<number>();
    while (taken.size < rowsOfUser) taken.add(draw(user % tastes));
    yield { user, items: [...taken] };
  }
}

/**
 * Features of the items, in which their kinds can be seen.
 *
 * @param items Number of items.
 * @param columns Numbers an item.
 * @param next Random numbers in [0, 1).
 * @returns `items×columns`, row-major.
 */
export function tasteFeatures(
  items: number,
  columns: number,
  next: () => number,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(items * columns);
  for (let item = 0; item < items; item++) {
    for (let c = 0; c < columns; c++) {
      values[item * columns + c] = (c % tastes === item % tastes ? 1 : 0) + next() - 0.5;
    }
  }
  return values;
}

/**
 * Writes texts to a file in large pieces.
 *
 * @param path The file, which is replaced.
 * @param texts The texts.
 */
export async function writeTexts(path: string, texts: Iterable<string>): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const encoder = new TextEncoder();
  let block = "";
  const flush = async () => {
    const bytes = encoder.encode(block);
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    block = "";
  };
  for (const text of texts) {
    block += text;
    if (block.length > 1 << 20) await flush();
  }
  await flush();
}
