/**
 * The device that a command computes on.
 *
 * @module
 */
import { type AdapterChoice, openGpu } from "../../gpu/device.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { assertSelfTest } from "../../gpu/self_test.ts";
import { shareCores } from "../../gpu/software_threads.ts";

/**
 * Opens the adapter, with the threads that suit a software driver, and tests it.
 *
 * @param choice Which adapter.
 * @throws {GpuError} There is no such adapter, or it fails the self-test.
 */
export async function openDevice(choice: AdapterChoice): Promise<Gpu> {
  shareCores();
  const gpu = await openGpu(choice);
  try {
    await assertSelfTest(gpu);
    return gpu;
  } catch (error) {
    gpu.close();
    throw error;
  }
}
