/**
 * The k-th largest of some numbers, without a sort of all.
 *
 * @module
 */

/**
 * Finds it by Hoare's quickselect ("Algorithm 65: Find", CACM 4(7), 1961).
 *
 * @param values The numbers, none of them NaN; their order changes.
 * @param k From 1 to as many as there are.
 * @example
 * ```ts
 * import { kthLargest } from "./kth_largest.ts";
 * kthLargest(new Float64Array([1, 5, 3]), 2); // 3
 * ```
 */
export function kthLargest(values: Float64Array, k: number): number {
  const place = values.length - k;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1];
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return values[place];
}
