/**
 * The connected parts of interactions: no edge runs between them, so that the eigenvectors of one are 0 on all others.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { graphStructure } from "./graph_structure.ts";
import { bipartiteAdjacency } from "./interaction_graph.ts";

/** Users and items that are connected. */
export interface ConnectedPart {
  /** Their interactions, by their places in the part. */
  readonly interactions: Csr;
  /** Its items, ascending. */
  readonly items: Uint32Array;
}

/**
 * Takes interactions apart; users and items without any are in no part.
 *
 * @param interactions R, `U×I`, value 1 each.
 * @returns The parts, the largest first.
 * @example
 * ```ts
 * import { connectedParts } from "./connected_parts.ts";
 * import { interactionMatrix } from "./interaction_graph.ts";
 * const pairs = { users: new Uint32Array([0, 1, 1]), items: new Uint32Array([2, 0, 3]) };
 * connectedParts(interactionMatrix(pairs, 2, 4)).map(({ items }) => [...items]); // [[0, 3], [2]]
 * ```
 */
export function connectedParts(interactions: Csr): ConnectedPart[] {
  const { rows: users, columns, rowStart, column } = interactions;
  const { components } = graphStructure(bipartiteAdjacency(interactions));
  const place = new Uint32Array(columns);
  return components.map((nodes) => {
    // Users come before items, and each part has some of both.
    const border = nodes.findIndex((node) => node >= users);
    const items = nodes.subarray(border).map((node) => node - users);
    items.forEach((item, n) => place[item] = n);
    const starts = new Uint32Array(border + 1);
    nodes.subarray(0, border).forEach((user, n) => {
      starts[n + 1] = starts[n] + rowStart[user + 1] - rowStart[user];
    });
    const places = new Uint32Array(starts[border]);
    nodes.subarray(0, border).forEach((user, n) => {
      const taken = column.subarray(rowStart[user], rowStart[user + 1]);
      places.set(taken.map((item) => place[item]), starts[n]);
    });
    const value = new Float32Array(places.length).fill(1);
    return {
      interactions: {
        ...{ rows: border, columns: items.length },
        ...{ rowStart: starts, column: places, value },
      },
      items,
    };
  });
}
