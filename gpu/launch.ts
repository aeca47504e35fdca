/**
 * Launches: a kernel with what it is bound to, checked when it is appended to a program.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Gpu } from "./gpu.ts";
import type { Constants, Kernel } from "./kernel.ts";
import type { Use } from "./lifetimes.ts";
import { type Allocation, megabytes } from "./memory.ts";
import { type Bindable, type BufferRange, rangeOf } from "./tensor.ts";
import { fitsTexture } from "./texture.ts";

/** One launch of a kernel. */
export interface Launch {
  /** What is bound to each of the kernel's buffers, by name. */
  readonly buffers: Readonly<Record<string, Bindable>>;
  /**
   * Names of buffers of which places are still unwritten after the launch, those of rows outside a
   * subset for example, or of columns that a later launch writes. After it all of the others that the
   * kernel writes have been written, so their memory may hold anything before.
   */
  readonly partial?: readonly string[];
  /** Names of buffers of which a range is bound, and whose other places launches before have written. */
  readonly completes?: readonly string[];
  /**
   * Names of buffers that the kernel reads after it has written them itself: what they held before does
   * not matter, though its WGSL reads them.
   */
  readonly overwrites?: readonly string[];
  /** The value of each of its uniforms, by name. */
  readonly uniforms?: Readonly<Record<string, number>>;
  /** Values of its `override` constants; `workgroup_size` is set from {@linkcode workgroupSize}. */
  readonly constants?: Constants;
  /** Number of invocations that have work; the kernel skips those above it. */
  readonly threads: number;
  /** Invocations in a workgroup (default: 64). */
  readonly workgroupSize?: number;
}

/** What stands in for one of a kernel's buffers. */
export interface BoundRange {
  /** The `@binding`. */
  readonly binding: number;
  /** The range. */
  readonly range: BufferRange;
  /** Which one of the kernel's textures it is read through, if any. */
  readonly texture?: number;
}

/** A launch that has been checked. */
export interface PreparedLaunch {
  /** The kernel. */
  readonly kernel: Kernel;
  /** Values of its constants. */
  readonly constants: Constants;
  /** What is bound where. */
  readonly buffers: readonly BoundRange[];
  /** How it uses them. */
  readonly uses: readonly Use<Allocation>[];
  /** Its uniforms, in the order of the kernel's. */
  readonly uniforms: readonly number[];
  /** Workgroups in each dimension. */
  readonly groups: readonly [number, number];
}

/** Workgroups that one dimension of a dispatch may have. */
const maxGroups = 65535;

/** Bytes from the uniforms of one launch to those of the next. */
const uniformStride = 256;

/**
 * Checks a launch.
 *
 * @param gpu The device.
 * @param kernel The kernel.
 * @param launch What it is bound to, and how large it is.
 * @throws {Error} A buffer or uniform is missing or unknown, one buffer would be both read and written, or
 * one does not fit in the texture that it is read through: a defect of the op.
 * @throws {GpuError} A buffer is larger than the device binds.
 */
export function prepareLaunch(gpu: Gpu, kernel: Kernel, launch: Launch): PreparedLaunch {
  const { buffers, partial = [], completes = [], overwrites = [], uniforms = {} } = launch;
  const { threads, workgroupSize = 64 } = launch;
  assertNames(kernel.name, "buffer", Object.keys(buffers), kernel.bindings);
  assertNames(kernel.name, "uniform", Object.keys(uniforms), kernel.uniforms);
  const written = kernel.bindings.filter(({ access }) => access === "read_write");
  assertKnown(
    kernel.name,
    "buffer that it writes",
    [...partial, ...completes, ...overwrites],
    written,
  );
  const bound = kernel.bindings.map(({ name, binding, texture }) => ({
    binding,
    range: rangeOf(buffers[name]),
    texture,
  }));
  for (const { range, texture } of bound) {
    assertBindable(gpu, range);
    if (texture === undefined || fitsTexture(gpu, range.bytes)) continue;
    throw new Error(
      `Kernel "${kernel.name}" reads "${range.allocation.label}" through a texture, which is too large`,
    );
  }
  const uses = kernel.bindings.map(({ name, access, reads }, n): Use<Allocation> => {
    const { allocation, bytes } = bound[n].range;
    const isWritten = access === "read_write";
    if (isWritten && bound.some((one, m) => m !== n && one.range.allocation === allocation)) {
      throw new Error(`Kernel "${kernel.name}" writes "${allocation.label}" (${name}) twice`);
    }
    const readsBefore = typeof reads === "string" ? Boolean(launch.constants?.[reads]) : reads;
    const isPart = partial.includes(name) ||
      bytes < allocation.bytes && !completes.includes(name);
    return {
      buffer: allocation,
      reads: readsBefore && !overwrites.includes(name),
      writes: !isWritten ? "no" : isPart ? "part" : "whole",
    };
  });
  const groups = Math.ceil(threads / workgroupSize);
  const rows = Math.ceil(groups / maxGroups);
  return {
    kernel,
    constants: { workgroup_size: workgroupSize, ...launch.constants },
    buffers: bound,
    uses,
    uniforms: kernel.uniforms.map(({ name }) => uniforms[name]),
    groups: [Math.ceil(groups / rows), rows],
  };
}

/**
 * The uniforms of launches, as a buffer holds them.
 *
 * @param launches The launches.
 * @returns The words, and the first byte of each launch that has uniforms.
 */
export function packUniforms(
  launches: readonly PreparedLaunch[],
): { words: Uint32Array<ArrayBuffer>; offsets: ReadonlyMap<PreparedLaunch, number> } {
  const withUniforms = launches.filter(({ uniforms }) => uniforms.length > 0);
  const view = new DataView(new ArrayBuffer(withUniforms.length * uniformStride));
  const offsets = new Map<PreparedLaunch, number>();
  withUniforms.forEach((launch, n) => {
    const offset = n * uniformStride;
    offsets.set(launch, offset);
    launch.kernel.uniforms.forEach(({ type }, field) => {
      const value = launch.uniforms[field];
      if (type === "f32") view.setFloat32(offset + field * 4, value, true);
      else view.setUint32(offset + field * 4, value, true);
    });
  });
  return { words: new Uint32Array(view.buffer), offsets };
}

function assertBindable({ limits, name }: Gpu, { allocation: { label }, bytes }: BufferRange) {
  if (bytes <= limits.maxStorageBufferBindingSize) return;
  throw new GpuError(
    `Cannot bind "${label}": it has ${megabytes(bytes)}, "${name}" binds at most ` +
      megabytes(limits.maxStorageBufferBindingSize),
    'Use a smaller "dim" or "batch", fewer feature columns or rows, or an adapter with larger bindings',
  );
}

function assertNames(
  kernel: string,
  what: string,
  given: readonly string[],
  wanted: readonly { name: string }[],
): void {
  for (const { name } of wanted) {
    if (!given.includes(name)) throw new Error(`Kernel "${kernel}" lacks the ${what} "${name}"`);
  }
  assertKnown(kernel, what, given, wanted);
}

function assertKnown(
  kernel: string,
  what: string,
  given: readonly string[],
  known: readonly { name: string }[],
): void {
  for (const name of given) {
    if (known.some((one) => one.name === name)) continue;
    throw new Error(`Kernel "${kernel}" has no ${what} "${name}"`);
  }
}
