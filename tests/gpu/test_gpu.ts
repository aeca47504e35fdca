/**
 * The device of a test file: opened once, given back at the end. A process that ends with an open
 * device has been seen to crash in the driver. With TEST_VARIANTS=hardware a software driver runs what a GPU does:
 *
 *   TEST_VARIANTS=hardware deno test -A --no-check tests/shaders tests/models
 *
 * @module
 */
import { openGpu } from "../../gpu/device.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { shippedChoices } from "../../gpu/kernel_choices.ts";

let opened: Promise<Gpu> | undefined;

// Waited for: one that is closed as the process ends crashes in it, one time in forty.
Deno.test.afterAll(async () => await (await opened)?.close());

/** Opens the device, or gives the open one. */
export function testGpu(): Promise<Gpu> {
  if (opened === undefined) {
    const takenForHardware = Deno.env.get("TEST_VARIANTS") === "hardware";
    opened = openGpu("auto").then((gpu) => takenForHardware ? asHardware(gpu) : gpu);
  }
  return opened;
}

let devices: Promise<readonly Gpu[]> | undefined;

/** The device of {@linkcode testGpu}; and where it is a software driver, the same with the kernels of hardware. */
export function testDevices(): Promise<readonly Gpu[]> {
  devices ??= testGpu().then((gpu) => gpu.software ? [gpu, asHardware(gpu)] : [gpu]);
  return devices;
}

/** A device that runs what an NVIDIA card does. */
function asHardware(gpu: Gpu): Gpu {
  return { ...gpu, software: false, kernels: shippedChoices.nvidia };
}
