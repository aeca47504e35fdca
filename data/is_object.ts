/**
 * What JSON calls an object.
 *
 * @module
 */

/**
 * Whether a value that JSON may hold is an object: neither a list nor `null`.
 *
 * @param value The value.
 * @example
 * ```ts
 * import { isObject } from "./is_object.ts";
 * [isObject({}), isObject([]), isObject(null)]; // [true, false, false]
 * ```
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
