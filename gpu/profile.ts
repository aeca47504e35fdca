/**
 * How long each kernel of a program takes on the device, by timestamp queries.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import { copyName } from "./encoding.ts";
import type { Program } from "./program.ts";
import { readKept } from "./staging.ts";

/** The time of all launches of one kernel in one run of a program, or of all copies into its texture. */
export interface KernelTime {
  /** The kernel's name. */
  readonly kernel: string;
  /** How often it is launched. */
  readonly launches: number;
  /** Milliseconds on the device, of all its launches. */
  readonly milliseconds: number;
}

/** The time of one launch in one run of a program, or of a copy into a texture. */
export interface LaunchTime {
  /** The kernel's name, or what copies are called. */
  readonly kernel: string;
  /** The launch in words, as {@linkcode Program.describeLaunches} has it; or what a copy is called. */
  readonly launch: string;
  /** Milliseconds on the device. */
  readonly milliseconds: number;
}

/** Timestamps of a query set: two a launch, and two for each of the two copies that it may need. */
const mostTimestamps = 4096;
const launchesAtATime = Math.floor(mostTimestamps / 6);

/**
 * Runs a program once, each launch and copy between two timestamps.
 *
 * @param program A compiled program.
 * @returns The kernels, the slowest first.
 * @throws {GpuError} The device has no timestamps.
 */
export async function profile(program: Program): Promise<KernelTime[]> {
  return sumByKernel(await profileLaunches(program));
}

/**
 * The times of kernels.
 *
 * @param times Those of their launches.
 * @returns The kernels, the slowest first.
 * @example
 * ```ts
 * import { sumByKernel } from "./profile.ts";
 * const [first, second] = [1, 2].map((milliseconds) => ({ kernel: "k", launch: "k (1×1)", milliseconds }));
 * sumByKernel([first, second]); // [{ kernel: "k", launches: 2, milliseconds: 3 }]
 * ```
 */
export function sumByKernel(times: readonly LaunchTime[]): KernelTime[] {
  return [...Map.groupBy(times, ({ kernel }) => kernel)]
    .map(([kernel, launches]) => ({
      kernel,
      launches: launches.length,
      milliseconds: launches.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    }))
    .toSorted((a, b) => b.milliseconds - a.milliseconds);
}

/**
 * Runs a program once, each launch and copy between two timestamps.
 *
 * @param program A compiled program.
 * @returns The launches and copies, in their order.
 * @throws {GpuError} The device has no timestamps.
 */
export async function profileLaunches(program: Program): Promise<LaunchTime[]> {
  const { gpu } = program.memory;
  if (!gpu.timestamps) {
    throw new GpuError(`Cannot profile on "${gpu.name}": it has no timestamp queries`);
  }
  const { device } = gpu;
  const texts = program.describeLaunches().values();
  const times: LaunchTime[] = [];
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
    encoder.resolveQuerySet(querySet, 0, 2 * names.length, resolved, 0);
    device.queue.submit([encoder.finish()]);
    const read = await readKept(
      device,
      bytes,
      (encoder, staging) => encoder.copyBufferToBuffer(resolved, 0, staging, 0, bytes),
    );
    const stamps = new BigUint64Array(read);
    names.forEach((kernel, n) => {
      const launch = kernel === copyName ? kernel : texts.next().value!;
      const milliseconds = Number(stamps[2 * n + 1] - stamps[2 * n]) / 1e6;
      times.push({ kernel, launch, milliseconds });
    });
    querySet.destroy();
    resolved.destroy();
  }
  gpu.check();
  return times;
}
