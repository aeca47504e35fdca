/**
 * The device that a command computes on.
 *
 * @module
 */
import type { AdapterChoice } from "../../gpu/device.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { openTestedGpu } from "../../gpu/self_test.ts";
import { shareCores } from "../../gpu/software_threads.ts";

/**
 * Opens the adapter, with the threads that suit a software driver, and tests it.
 *
 * @param choice Which adapter.
 * @throws {GpuError} There is no such adapter, or it fails the self-test.
 */
export async function openDevice(choice: AdapterChoice): Promise<Gpu> {
  shareCores();
  return await openTestedGpu(choice);
}
