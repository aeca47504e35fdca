/**
 * How long each kernel of a program takes on the device, by timestamp queries.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Program } from "./program.ts";

/** The time of all launches of one kernel in one run of a program, or of all copies into its texture. */
export interface KernelTime {
  /** The kernel's name. */
  readonly kernel: string;
  /** How often it is launched. */
  readonly launches: number;
  /** Milliseconds on the device, of all its launches. */
  readonly milliseconds: number;
}

/** Timestamps of a query set, two a launch, and two for the copy that it may need. */
const mostTimestamps = 4096;
const launchesAtATime = mostTimestamps / 4;

/**
 * Runs a program once, each launch and copy between two timestamps.
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
  const totals = new Map<string, { launches: number; milliseconds: number }>();
  for (let first = 0; first < program.launches; first += launchesAtATime) {
    const count = Math.min(launchesAtATime, program.launches - first);
    const querySet = device.createQuerySet({ type: "timestamp", count: mostTimestamps });
    const encoder = device.createCommandEncoder({ label: "profile" });
    const names: string[] = [];
    program.encode(encoder, first, first + count, (name) => {
      const pair = names.push(name) - 1;
      return {
        querySet,
        beginningOfPassWriteIndex: 2 * pair,
        endOfPassWriteIndex: 2 * pair + 1,
      };
    });
    const bytes = 16 * names.length;
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
    encoder.resolveQuerySet(querySet, 0, 2 * names.length, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(staging.getMappedRange().slice(0));
    names.forEach((name, n) => {
      const total = totals.get(name) ?? { launches: 0, milliseconds: 0 };
      totals.set(name, {
        launches: total.launches + 1,
        milliseconds: total.milliseconds + Number(stamps[2 * n + 1] - stamps[2 * n]) / 1e6,
      });
    });
    querySet.destroy();
    resolved.destroy();
    staging.destroy();
  }
  gpu.check();
  return [...totals].map(([kernel, time]) => ({ kernel, ...time })).toSorted((a, b) =>
    b.milliseconds - a.milliseconds
  );
}
