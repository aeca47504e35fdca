/**
 * The device of a test file: opened once, given back at the end. A process that ends with an open
 * device has been seen to crash in the driver.
 *
 * @module
 */
import { openGpu } from "../../gpu/device.ts";
import type { Gpu } from "../../gpu/gpu.ts";

let opened: Promise<Gpu> | undefined;

/** Opens the device, or gives the open one. */
export function testGpu(): Promise<Gpu> {
  if (opened === undefined) {
    opened = openGpu("auto");
    opened.then((gpu) => globalThis.addEventListener("unload", () => gpu.close()));
  }
  return opened;
}
