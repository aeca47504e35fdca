/**
 * The greatest of many numbers on the CPU: by value descending, then by index ascending.
 *
 * @module
 */

/**
 * Chooses the k greatest values, in the order of a list.
 *
 * A heap holds the best ones so far, the worst of them on top, so that nearly all values cost one comparison.
 *
 * @param values The values; a NaN is never chosen.
 * @param k How many; fewer where there are no more.
 * @param options The indices that may be chosen, ascending (default: all).
 * @returns Their indices, the greatest value first.
 * @example
 * ```ts
 * import { kBest } from "./k_best.ts";
 * kBest([1, 3, 3, NaN], 2); // [1, 2]
 * ```
 */
export function kBest(
  values: ArrayLike<number>,
  k: number,
  { candidates }: { candidates?: Uint32Array } = {},
): Uint32Array<ArrayBuffer> {
  const count = candidates?.length ?? values.length;
  const most = Math.min(k, count);
  const heap: Heap = { indices: new Uint32Array(most), values: new Float64Array(most), size: 0 };
  let least = -Infinity;
  for (let n = 0; n < count; n++) {
    const index = candidates === undefined ? n : candidates[n];
    const value = values[index];
    // An equal value of a greater index is no better.
    if (!(value > least)) continue;
    if (heap.size < most) rise(heap, index, value);
    else sink(heap, index, value);
    if (heap.size === most) least = heap.values[0];
  }
  return heap.indices.slice(0, heap.size).sort((a, b) => values[b] - values[a] || a - b);
}

/** Indices and their values, the worst on top: the least value, and the greatest index among equals. */
interface Heap {
  readonly indices: Uint32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  size: number;
}

/** Adds an entry to a heap that is not full. */
function rise(heap: Heap, index: number, value: number): void {
  const { indices, values } = heap;
  let place = heap.size++;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    // The entry has the greatest index of all: among equals it is the worst.
    if (values[parent] < value) break;
    indices[place] = indices[parent];
    values[place] = values[parent];
    place = parent;
  }
  indices[place] = index;
  values[place] = value;
}

/** Puts an entry in the place of the worst one of a full heap. */
function sink({ indices, values, size }: Heap, index: number, value: number): void {
  let place = 0;
  for (let child = 1; child < size; child = 2 * place + 1) {
    const other = child + 1;
    if (
      other < size && (values[other] < values[child] ||
        values[other] === values[child] && indices[other] > indices[child])
    ) child = other;
    if (values[child] > value || values[child] === value && indices[child] < index) break;
    indices[place] = indices[child];
    values[place] = values[child];
    place = child;
  }
  indices[place] = index;
  values[place] = value;
}
