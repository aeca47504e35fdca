/**
 * Connected components and the two sides of a graph.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";

/** What is known of a graph from its pattern alone. */
export interface GraphStructure {
  /** The nodes of each component with edges; the largest component first, nodes ascending. */
  readonly components: readonly Uint32Array[];
  /**
   * Where all edges run between two sides: the nodes of each with edges, ascending. In every component
   * the side with fewer nodes belongs to `smaller`, so that it is as small as can be.
   */
  readonly sides?: { readonly smaller: Uint32Array; readonly larger: Uint32Array };
}

const unseen = 2;

/**
 * Finds the components of a symmetric graph, and its sides where it is bipartite.
 *
 * @param graph `N×N`, symmetric; an entry of 0 is no edge, and nodes without edges belong to no
 * component.
 * @example
 * ```ts
 * import { graphStructure } from "./graph_structure.ts";
 * // The path 1 – 0 – 2.
 * graphStructure({
 *   rows: 3,
 *   columns: 3,
 *   rowStart: new Uint32Array([0, 2, 3, 4]),
 *   column: new Uint32Array([1, 2, 0, 0]),
 *   value: new Float32Array(4).fill(1),
 * }).sides; // { smaller: [0], larger: [1, 2] }
 * ```
 */
export function graphStructure({ rows: nodes, rowStart, column, value }: Csr): GraphStructure {
  const side = new Uint8Array(nodes).fill(unseen);
  const order = new Uint32Array(nodes);
  const components: Uint32Array[] = [];
  let [seen, bipartite] = [0, true];
  for (let root = 0; root < nodes; root++) {
    if (side[root] !== unseen) continue;
    const first = seen;
    let alone = true;
    side[root] = 0;
    order[seen++] = root;
    for (let next = first; next < seen; next++) {
      const node = order[next];
      for (let entry = rowStart[node]; entry < rowStart[node + 1]; entry++) {
        if (value[entry] === 0) continue;
        const neighbour = column[entry];
        alone = false;
        if (side[neighbour] === unseen) {
          side[neighbour] = 1 - side[node];
          order[seen++] = neighbour;
        } else if (side[neighbour] === side[node]) bipartite = false;
      }
    }
    if (alone) seen = first;
    else components.push(order.slice(first, seen).sort());
  }
  components.sort((a, b) => b.length - a.length || a[0] - b[0]);
  if (!bipartite) return { components };
  const smaller = new Uint8Array(nodes);
  for (const component of components) {
    const ones = component.reduce((sum, node) => sum + side[node], 0);
    const fewer = 2 * ones <= component.length ? 1 : 0;
    for (const node of component) smaller[node] = Number(side[node] === fewer);
  }
  const inOrder = order.slice(0, seen).sort();
  return {
    components,
    sides: {
      smaller: inOrder.filter((node) => smaller[node] === 1),
      larger: inOrder.filter((node) => smaller[node] === 0),
    },
  };
}
