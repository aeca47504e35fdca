/**
 * How long each kernel of a program takes on the device, by timestamp queries.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Program } from "./program.ts";

/** The time of all launches of one kernel in one run of a program. */
export interface KernelTime {
  /** The kernel's name. */
  readonly kernel: string;
  /** How often it is launched. */
  readonly launches: number;
  /** Milliseconds on the device, of all its launches. */
  readonly milliseconds: number;
}

/**
 * Runs a program once, each launch in a pass of its own between two timestamps.
 *
 * @param program A compiled program.
 * @returns The kernels, the slowest first.
 * @throws {GpuError} The device has no timestamps.
 */
export async function profile(program: Program): Promise<KernelTime[]> {
  const { gpu } = program.memory;
  if (!gpu.timestamps) {
    throw new GpuError(`Cannot profile on "${gpu.name}": it has no timestamp queries`);
  }
  const { device } = gpu;
  const names = program.kernelNames();
  const totals = new Map<string, { launches: number; milliseconds: number }>();
  // A query set holds at most 4096 timestamps, two a launch.
  for (let first = 0; first < names.length; first += 2048) {
    const count = Math.min(2048, names.length - first);
    const querySet = device.createQuerySet({ type: "timestamp", count: 2 * count });
    const bytes = 16 * count;
    const resolved = device.createBuffer({
      label: "timestamps",
      size: bytes,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    const staging = device.createBuffer({
      label: "timestamps (staging)",
      size: bytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = device.createCommandEncoder({ label: "profile" });
    for (let n = 0; n < count; n++) {
      const pass = encoder.beginComputePass({
        timestampWrites: {
          querySet,
          beginningOfPassWriteIndex: 2 * n,
          endOfPassWriteIndex: 2 * n + 1,
        },
      });
      program.encode(pass, first + n, first + n + 1);
      pass.end();
    }
    encoder.resolveQuerySet(querySet, 0, 2 * count, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(staging.getMappedRange().slice(0));
    for (let n = 0; n < count; n++) {
      const total = totals.get(names[first + n]) ?? { launches: 0, milliseconds: 0 };
      totals.set(names[first + n], {
        launches: total.launches + 1,
        milliseconds: total.milliseconds + Number(stamps[2 * n + 1] - stamps[2 * n]) / 1e6,
      });
    }
    querySet.destroy();
    resolved.destroy();
    staging.destroy();
  }
  gpu.check();
  return [...totals].map(([kernel, time]) => ({ kernel, ...time })).toSorted((a, b) =>
    b.milliseconds - a.milliseconds
  );
}
