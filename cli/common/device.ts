/**
 * The device that a command computes on.
 *
 * @module
 */
import type { AdapterChoice } from "../../gpu/device.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { openTestedGpu } from "../../gpu/self_test.ts";
import { withKernels } from "../../gpu/kernel_choices.ts";
import { shareCores } from "../../gpu/software_threads.ts";
import { readOwnKernels } from "./own_kernels.ts";

/**
 * Opens the adapter, with the threads that suit a software driver and the kernels that were measured on this machine,
 * if they were, and tests it.
 *
 * @param choice Which adapter.
 * @throws {GpuError} There is no such adapter, or it fails the self-test.
 * @throws {DataError} The table of what was measured cannot be used.
 */
export async function openDevice(choice: AdapterChoice): Promise<Gpu> {
  shareCores();
  const own = await readOwnKernels();
  const gpu = await openTestedGpu(choice);
  return withKernels(gpu, own[gpu.name]);
}
