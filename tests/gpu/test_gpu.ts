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

/** Opens the device, or gives the open one. */
export function testGpu(): Promise<Gpu> {
  if (opened === undefined) {
    opened = openGpu("auto").then(withVariants);
    opened.then((gpu) => globalThis.addEventListener("unload", () => gpu.close()));
  }
  return opened;
}

/** The device, or the same one taken for a GPU. */
function withVariants(gpu: Gpu): Gpu {
  if (Deno.env.get("TEST_VARIANTS") !== "hardware") return gpu;
  return { ...gpu, software: false, kernels: shippedChoices.nvidia };
}
