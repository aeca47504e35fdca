/**
 * Buffers: planned with a label and an owner first, allocated all at once after.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Gpu } from "./gpu.ts";
import type { ProgramUses } from "./lifetimes.ts";
import { Reuse } from "./reuse.ts";
import type { SharedPlace } from "./sharing.ts";
import { ScratchTextures } from "./texture.ts";

/** A planned buffer. */
export interface Allocation {
  /** What it holds; errors and the memory plan name it. */
  readonly label: string;
  /** The part of the program that it belongs to, such as `"parameters"`. */
  readonly owner: string;
  /** Its size in bytes, a multiple of 16. */
  readonly bytes: number;
}

/** A 32-bit array that can be uploaded. */
export type Words = Float32Array | Uint32Array | Int32Array;

/** One line of the memory plan. */
export interface PlanLine {
  /** The owner of the buffers. */
  readonly owner: string;
  /** How many buffers it has. */
  readonly buffers: number;
  /** Their bytes in all. */
  readonly bytes: number;
}

/** Plans and holds the buffers of one session; programs share it. */
export class Memory {
  #planned: { allocation: Allocation; data?: Words; isPadded: boolean }[] = [];
  #buffers = new Map<Allocation, GPUBuffer>();
  #places: SharedPlace<Allocation>[] = [];
  readonly #reuse?: Reuse<Allocation>;
  /** What launches read buffers through. */
  readonly textures: ScratchTextures = new ScratchTextures();

  /**
   * Plans nothing yet.
   *
   * @param gpu The device.
   * @param options `reuse`: whether buffers that are never needed together get the same memory (see
   * lifetimes.ts). Then what the CPU reads of what launches write is to be {@linkcode keep kept}, all
   * programs are planned before the first is compiled, and each runs from its first launch to its
   * last, at once or in parts, with no other between.
   */
  constructor(readonly gpu: Gpu, options: { readonly reuse?: boolean } = {}) {
    if (options.reuse) this.#reuse = new Reuse();
  }

  /**
   * Plans a buffer, and checks it against the device's limits.
   *
   * @param label What it holds.
   * @param bytes Its size; rounded up to a multiple of 16.
   * @param owner The part of the program that it belongs to.
   * @param data What it holds at first (default: zeros).
   * @throws {GpuError} The device has no buffer of that size.
   */
  reserve(label: string, bytes: number, owner: string, data?: Words): Allocation {
    const allocation = { label, owner, bytes: Math.max(16, Math.ceil(bytes / 16) * 16) };
    const { maxBufferSize } = this.gpu.limits;
    if (allocation.bytes > maxBufferSize) {
      throw new GpuError(
        `Cannot allocate "${label}": it needs ${megabytes(allocation.bytes)}, ` +
          `the largest buffer of "${this.gpu.name}" is ${megabytes(maxBufferSize)}`,
        "Use a smaller dim or batch, or an adapter with larger buffers",
      );
    }
    this.#planned.push({ allocation, data, isPadded: bytes < allocation.bytes });
    return allocation;
  }

  /**
   * Gives a buffer memory of its own in any case: the CPU reads what launches write there.
   *
   * @param allocation A planned buffer.
   * @throws {Error} It shares its memory already: a defect of the caller.
   */
  keep(allocation: Allocation): void {
    this.#reuse?.keep(allocation);
  }

  /**
   * Takes a program's uses of buffers into account.
   *
   * @param uses The uses of its launches; it grows until the program is compiled.
   */
  follow(uses: ProgramUses<Allocation>): void {
    this.#reuse?.follow(uses);
  }

  /**
   * Told of every run of a program.
   *
   * @param program The program.
   * @param first Its first launch.
   * @param end The launch after the last.
   * @throws {Error} Buffers share memory, and the run begins in the middle, not where it was left: a
   * defect of the caller.
   */
  proceed(program: object, first: number, end: number): void {
    this.#reuse?.proceed(program, first, end);
  }

  /** What is planned, in sum by owner, in the order of first use, as if no memory were reused. */
  plan(): PlanLine[] {
    const lines = new Map<string, PlanLine>();
    for (const { allocation: { owner, bytes } } of this.#planned) {
      const line = lines.get(owner) ?? { owner, buffers: 0, bytes: 0 };
      lines.set(owner, { owner, buffers: line.buffers + 1, bytes: line.bytes + bytes });
    }
    const textures = this.textures.bytes;
    if (textures.length > 0) {
      const line = { owner: "textures", buffers: textures.length, bytes: sumOf(textures) };
      lines.set(line.owner, line);
    }
    return [...lines.values()];
  }

  /** The bytes that the planned buffers and textures take. */
  get bytes(): number {
    const saved = [...this.#places, ...this.#newPlaces()].reduce(
      (sum, { bytes, buffers }) => sum + bytesOf(buffers) - bytes,
      0,
    );
    return this.bytesWithoutReuse - saved;
  }

  /** The bytes of all planned buffers and textures, as if no memory were reused. */
  get bytesWithoutReuse(): number {
    return bytesOf(this.#planned.map(({ allocation }) => allocation)) + sumOf(this.textures.bytes);
  }

  /** The buffers that several allocations share; what they hold between two runs is of no use. */
  get shared(): GPUBuffer[] {
    return this.#places.map(({ buffers: [first] }) => this.#buffers.get(first)!);
  }

  /**
   * Allocates whatever was planned since the last call, and fills it.
   *
   * @throws {GpuError} The device is out of memory.
   */
  async allocate(): Promise<void> {
    const { device } = this.gpu;
    const places = this.#newPlaces();
    this.#reuse?.lend(places);
    device.pushErrorScope("out-of-memory");
    for (const place of places) {
      const buffer = this.#create(`shared by "${place.buffers[0].label}" and others`, place.bytes);
      for (const allocation of place.buffers) this.#buffers.set(allocation, buffer);
      this.#places.push(place);
    }
    for (const planned of this.#planned) {
      const { allocation, data } = planned;
      if (this.#buffers.has(allocation)) continue;
      this.#buffers.set(allocation, this.#create(allocation.label, allocation.bytes));
      if (data !== undefined) {
        this.write(allocation, data);
        planned.data = undefined;
      }
    }
    this.textures.allocate(device);
    const failure = await device.popErrorScope();
    if (failure !== null) {
      throw new GpuError(
        `Cannot allocate ${megabytes(this.bytes)} on "${this.gpu.name}": ${failure.message}`,
        ({ setting }) =>
          `Run the command with ${setting("dryRun")} to see the memory plan, and use a smaller ` +
          '"dim" or batch',
      );
    }
    this.gpu.check();
  }

  /** Places of what is planned, has no memory yet, and may share. */
  #newPlaces(): SharedPlace<Allocation>[] {
    // Padding is never written, and read by kernels that go by vectors: zeros, not the NaN of others.
    const waiting = this.#planned.filter(({ allocation, data, isPadded }) =>
      data === undefined && !isPadded && !this.#buffers.has(allocation)
    );
    return this.#reuse?.places(waiting.map(({ allocation }) => allocation)) ?? [];
  }

  #create(label: string, size: number): GPUBuffer {
    return this.gpu.device.createBuffer({
      label,
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST |
        GPUBufferUsage.UNIFORM,
    });
  }

  /**
   * The buffer of an allocation, for a launch.
   *
   * @param allocation A planned buffer.
   * @throws {Error} It has not been allocated: a defect of the caller.
   */
  buffer(allocation: Allocation): GPUBuffer {
    const buffer = this.#buffers.get(allocation);
    if (buffer === undefined) throw new Error(`"${allocation.label}" is not allocated`);
    return buffer;
  }

  /**
   * The buffer of an allocation, for what reads or writes it between runs of programs.
   *
   * @param allocation A planned buffer.
   * @throws {Error} It has not been allocated, or shares its memory: a defect of the caller.
   */
  ownBuffer(allocation: Allocation): GPUBuffer {
    this.#reuse?.refuseShared(allocation);
    return this.buffer(allocation);
  }

  /**
   * Uploads data; what does not fit is refused here, for Deno would end the process on it.
   *
   * @param allocation Where to.
   * @param data What.
   * @param offset The first byte to be written, a multiple of 4.
   * @throws {RangeError} The data do not fit.
   * @throws {Error} The buffer is not allocated, or shares its memory: a defect of the caller.
   */
  write(allocation: Allocation, data: Words, offset = 0): void {
    if (offset < 0 || offset % 4 !== 0 || offset + data.byteLength > allocation.bytes) {
      throw new RangeError(
        `Cannot write ${data.byteLength} bytes at ${offset} into "${allocation.label}" ` +
          `of ${allocation.bytes} bytes`,
      );
    }
    if (data.byteLength === 0) return;
    this.gpu.device.queue.writeBuffer(
      this.ownBuffer(allocation),
      offset,
      data as Words & ArrayBufferView<ArrayBuffer>,
    );
  }

  /** Destroys all buffers; the collector would let them pile up (webgpu.md, trap 9). */
  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
    this.textures.destroy();
    this.#planned = [];
    this.#places = [];
  }
}

/**
 * Bytes for people to read.
 *
 * @param bytes A number of bytes.
 * @example
 * ```ts
 * import { megabytes } from "./memory.ts";
 * megabytes(3 * 2 ** 20); // "3.0 MiB"
 * ```
 */
export function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function bytesOf(allocations: readonly Allocation[]): number {
  return sumOf(allocations.map(({ bytes }) => bytes));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
