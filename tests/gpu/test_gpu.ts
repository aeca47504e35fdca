/**
 * The device of a test file: opened once, given back at the end. A process that ends with an open
 * device has been seen to crash in the driver.
 *
 * @module
 */
import { openGpu } from "../../gpu/device.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { shippedChoices } from "../../gpu/kernel_choices.ts";

let opened: Promise<Gpu> | undefined;

/** Opens the device, or gives the open one. */
export function testGpu(): Promise<Gpu> {
  if (opened === undefined) {
    opened = openGpu("auto");
    opened.then((gpu) => globalThis.addEventListener("unload", () => gpu.close()));
  }
  return opened;
}

let devices: Promise<readonly Gpu[]> | undefined;

/** The device of {@linkcode testGpu}; and where it is a software driver, the same with the kernels of hardware. */
export function testDevices(): Promise<readonly Gpu[]> {
  devices ??= testGpu().then((gpu) =>
    gpu.software ? [gpu, { ...gpu, software: false, kernels: shippedChoices.other }] : [gpu]
  );
  return devices;
}
