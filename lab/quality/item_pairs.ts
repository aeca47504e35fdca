/**
 * Pairs of items that one user has taken, and pairs of the same popularity that are put together at random.
 *
 * @module
 */
import type { Csr } from "../../algebra/csr.ts";
import { uniforms } from "../../algebra/random_sequence.ts";

/** Pairs of different items. */
export interface ItemPairs {
  /** One item of each. */
  readonly first: Uint32Array;
  /** The other one. */
  readonly second: Uint32Array;
}

/** Pairs of both kinds. */
export interface DrawnPairs {
  /** Items that one user has taken. */
  readonly together: ItemPairs;
  /** Items of which each is the end of a pair that was taken together, put together at random. */
  readonly random: ItemPairs;
}

/** How often another end is drawn where it is the item itself. */
const mostDraws = 100;

/**
 * Draws pairs, with replacement: a train row, and another row of its user. For the random pairs one end of such a
 * pair is put together with the other end of another one, so that both kinds have items of the same popularity;
 * some of them may have been taken together too.
 *
 * @param interactions The train interactions, `U×I`.
 * @param most How many of each kind, at most: no more than there are rows to draw from, as the same few pairs drawn
 * again and again would make chance look smaller than it is.
 * @returns Nothing where no user has taken two items.
 * @example
 * ```ts
 * import { interactionMatrix } from "../../graph/interaction_graph.ts";
 * import { drawPairs } from "./item_pairs.ts";
 * const train = { users: new Uint32Array([0, 0, 1]), items: new Uint32Array([0, 1, 2]) };
 * drawPairs(interactionMatrix(train, 2, 3), 5)?.together.first; // two of 0 and 1
 * ```
 */
export function drawPairs(
  interactions: Pick<Csr, "rows" | "rowStart" | "column">,
  most: number,
): DrawnPairs | undefined {
  const { rows, rowStart, column } = interactions;
  const userOf = new Uint32Array(column.length);
  const entries = new Uint32Array(column.length);
  let choices = 0;
  for (let user = 0; user < rows; user++) {
    const [from, to] = [rowStart[user], rowStart[user + 1]];
    userOf.fill(user, from, to);
    if (to - from > 1) { for (let entry = from; entry < to; entry++) entries[choices++] = entry; }
  }
  if (choices === 0) return undefined;
  const count = Math.min(most, choices);
  const uniform = uniforms(4);
  const below = (end: number) => Math.floor(uniform() * end);
  const first = new Uint32Array(count);
  const second = new Uint32Array(count);
  for (let n = 0; n < count; n++) {
    const entry = entries[below(choices)];
    const from = rowStart[userOf[entry]];
    const other = from + below(rowStart[userOf[entry] + 1] - from - 1);
    first[n] = column[entry];
    second[n] = column[other < entry ? other : other + 1];
  }
  const random: [number[], number[]] = [[], []];
  for (let n = 0; n < count; n++) {
    for (let draw = 0; draw < mostDraws; draw++) {
      const other = second[below(count)];
      if (other === first[n]) continue;
      random[0].push(first[n]);
      random[1].push(other);
      break;
    }
  }
  return {
    together: { first, second },
    random: { first: Uint32Array.from(random[0]), second: Uint32Array.from(random[1]) },
  };
}
