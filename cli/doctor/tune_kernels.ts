/**
 * What `doctor --tune` and `doctor --forget` do.
 *
 * @module
 */
import type { AdapterChoice } from "../../gpu/device.ts";
import { openTestedGpu } from "../../gpu/self_test.ts";
import { shareCores } from "../../gpu/software_threads.ts";
import { keepOwnKernels } from "../common/own_kernels.ts";
import { createProgress, stderrSink } from "../common/progress.ts";
import { kernelCases } from "./kernel_cases.ts";
import { type MeasuredKernels, measureKernels } from "./measure_kernels.ts";

/**
 * Measures the variants of kernels on an adapter, and keeps the fastest for commands to come.
 *
 * @param choice Which adapter.
 * @throws {GpuError} There is no such adapter, it fails the self-test, or it has no timestamps.
 * @throws {BandpassError} The table cannot be written.
 */
export async function tuneKernels(choice: AdapterChoice): Promise<MeasuredKernels> {
  shareCores();
  const gpu = await openTestedGpu(choice);
  const progress = createProgress(stderrSink());
  try {
    const measured = await measureKernels(gpu, kernelCases, progress.note);
    await keepOwnKernels(gpu.name, measured.kernels);
    return measured;
  } finally {
    progress.end();
    await gpu.close();
  }
}
