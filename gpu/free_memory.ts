/**
 * How much memory there is to be had, where anybody says.
 *
 * @module
 */
import type { Gpu } from "./gpu.ts";

/**
 * Bytes that a device can still take: of a software driver the free memory of the machine, which would end
 * the process where it gave more. A GPU does not tell, and refuses by itself.
 *
 * @param gpu The device.
 * @returns `undefined` where nothing is known: of a GPU, and where Deno may not ask (`sys` permission).
 */
export function freeMemory({ software }: Pick<Gpu, "software">): number | undefined {
  const permission = { name: "sys", kind: "systemMemoryInfo" } as const;
  if (!software || Deno.permissions.querySync(permission).state !== "granted") return undefined;
  return Deno.systemMemoryInfo().available;
}
