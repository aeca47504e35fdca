/**
 * Many kernels compiled at once, before they are first used.
 *
 * Most drivers compile where a pipeline is made. Mesa's software driver does so at the first dispatch of a
 * pipeline, one kernel after the other on each device (webgpu.md, "Compilers"). So there each kernel is dispatched
 * without a workgroup; and where the device is what is waited for, siblings of it take a share: what they have
 * compiled, the device finds in the driver's cache on disk.
 *
 * @module
 */
import { refuseAborted } from "../errors.ts";
import { closeDevice } from "./close_device.ts";
import type { Gpu } from "./gpu.ts";
import { type Constants, hasPipeline, type Kernel, keyOf, pipelineOf } from "./kernel.ts";
import { createTexture } from "./texture.ts";

/** A kernel that is wanted with given constants. */
export interface WantedKernel {
  /** The kernel. */
  readonly kernel: Kernel;
  /** Values of its `override` constants. */
  readonly constants: Constants;
}

/** Who hears of it, and what ends it. */
export interface CompileOptions {
  /** Told how many kernels of how many are compiled. */
  readonly onCompiled?: (compiled: number, all: number) => void;
  /** Ends it between two kernels. */
  readonly signal?: AbortSignal;
}

/** Kernels that a device gets at a time: in between progress is told, and signals are heard. */
const kernelsAtATime = 4;
/** Milliseconds that a submit waits for the one before it only where that has much to compile. */
const longWait = 25;
/** Fewer are compiled by the time that a sibling is open. */
const fewKernels = 8;
/** Devices that compile at most, this one included: few kernels are left for more. */
const mostDevices = 4;

/**
 * Compiles kernels; those that have pipelines already are skipped.
 *
 * @param gpu The device.
 * @param wanted The kernels; one may be wanted more than once.
 * @param options Who hears of it, and what ends it.
 * @throws {GpuError} A kernel does not compile.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function compileKernels(
  gpu: Gpu,
  wanted: readonly WantedKernel[],
  { onCompiled, signal }: CompileOptions = {},
): Promise<void> {
  // Short ones first: those are soon done, and neighbours take about as long as each other.
  const missing = distinct(wanted)
    .filter(({ kernel, constants }) => !hasPipeline(gpu, kernel, constants))
    .sort((one, other) => one.kernel.source.length - other.kernel.source.length);
  const compilesLate = gpu.openSibling !== undefined && missing.length >= fewKernels;
  const dispatches = compilesLate ? [new FirstDispatches(gpu)] : [];
  try {
    for (let first = 0, end = 0; first < missing.length; first = end) {
      refuseAborted(signal);
      const count = dispatches.length;
      end = Math.min(first + kernelsAtATime * Math.max(count, 1), missing.length);
      const next = missing.slice(first, end);
      const shares = dispatches.map((_, n) => next.filter((_, m) => m % count === n));
      for (const [n, device] of dispatches.entries()) await device.prepare(shares[n]);
      const waits = dispatches.map((device) => device.submit());
      // While those compile.
      await makePipelines(gpu, next);
      onCompiled?.(first, missing.length);
      await macrotask();
      const isLong = waits[0] > longWait && missing.length - end >= fewKernels;
      if (count === 1 && isLong) dispatches.push(...await openSiblings(gpu));
    }
    for (const { gpu: { device } } of dispatches.slice(1)) await device.queue.onSubmittedWorkDone();
    if (missing.length > 0) onCompiled?.(missing.length, missing.length);
    gpu.check();
  } finally {
    for (const device of dispatches) device.close();
    for (const { gpu: sibling } of dispatches.slice(1)) await sibling.close();
  }
}

/** Dispatches of no workgroup, at which a driver compiles that has not before. */
class FirstDispatches {
  readonly #scratch: GPUBuffer[] = [];
  #texture?: GPUTexture;
  #prepared: { readonly pipeline: GPUComputePipeline; readonly group: GPUBindGroup }[] = [];

  /**
   * Nothing is dispatched yet.
   *
   * @param gpu Where to.
   */
  constructor(readonly gpu: Gpu) {}

  /** Makes the pipelines of the next kernels, and binds them to memory that nothing reads or writes. */
  async prepare(kernels: readonly WantedKernel[]): Promise<void> {
    const pipelines = await makePipelines(this.gpu, kernels);
    this.#prepared = kernels.map(({ kernel }, n) => {
      const { pipeline, layout } = pipelines[n];
      const { uniformBinding } = kernel;
      const bindings = kernel.bindings.map(({ binding, texture }) => ({
        binding,
        isTexture: texture !== undefined,
      }));
      if (uniformBinding !== undefined) {
        bindings.push({ binding: uniformBinding, isTexture: false });
      }
      const entries = bindings.map(({ binding, isTexture }) => ({
        binding,
        resource: isTexture
          ? (this.#texture ??= createTexture(this.gpu.device, 1)).createView()
          : { buffer: this.#scratch[binding] ??= this.#buffer() },
      }));
      return { pipeline, group: this.gpu.device.createBindGroup({ layout, entries }) };
    });
  }

  /**
   * Submits what is prepared.
   *
   * @returns Milliseconds that it waited for the last submit to be done.
   */
  submit(): number {
    if (this.#prepared.length === 0) return 0;
    const { device } = this.gpu;
    const encoder = device.createCommandEncoder({ label: "first dispatches" });
    const pass = encoder.beginComputePass({ label: "first dispatches" });
    for (const { pipeline, group } of this.#prepared) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(0);
    }
    pass.end();
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    return performance.now() - started;
  }

  /** Gives the memory back. */
  close(): void {
    for (const buffer of this.#scratch) buffer?.destroy();
    this.#texture?.destroy();
  }

  #buffer(): GPUBuffer {
    return this.gpu.device.createBuffer({
      label: "scratch",
      size: 1024,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.UNIFORM,
    });
  }
}

/** The same adapter's other devices, one for each core but the first. */
async function openSiblings(gpu: Gpu): Promise<FirstDispatches[]> {
  const count = Math.min(mostDevices, navigator.hardwareConcurrency) - 1;
  const siblings: FirstDispatches[] = [];
  for (let n = 0; n < count; n++) {
    const device = await gpu.openSibling!();
    siblings.push(new FirstDispatches({ ...gpu, device, close: () => closeDevice(device) }));
  }
  return siblings;
}

async function makePipelines(gpu: Gpu, kernels: readonly WantedKernel[]) {
  return await Promise.all(
    kernels.map(({ kernel, constants }) => pipelineOf(gpu, kernel, constants)),
  );
}

/** Each kernel with the same constants once. */
function distinct(wanted: readonly WantedKernel[]): WantedKernel[] {
  const seen = new Map<Kernel, Set<string>>();
  return wanted.filter(({ kernel, constants }) => {
    const known = seen.get(kernel) ?? new Set<string>();
    const key = keyOf(constants);
    if (known.has(key)) return false;
    seen.set(kernel, known.add(key));
    return true;
  });
}

/** A turn of the event loop, in which signals are heard. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
