/**
 * Buffers: planned with a label and an owner first, allocated all at once after.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Gpu } from "./device.ts";

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
  #planned: { allocation: Allocation; data?: Words }[] = [];
  #buffers = new Map<Allocation, GPUBuffer>();

  /**
   * Plans nothing yet.
   *
   * @param gpu The device.
   */
  constructor(readonly gpu: Gpu) {}

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
    this.#planned.push({ allocation, data });
    return allocation;
  }

  /** What is planned, in sum by owner, in the order of first use. */
  plan(): PlanLine[] {
    const lines = new Map<string, PlanLine>();
    for (const { allocation: { owner, bytes } } of this.#planned) {
      const line = lines.get(owner) ?? { owner, buffers: 0, bytes: 0 };
      lines.set(owner, { owner, buffers: line.buffers + 1, bytes: line.bytes + bytes });
    }
    return [...lines.values()];
  }

  /** The bytes of all planned buffers. */
  get bytes(): number {
    return this.#planned.reduce((sum, { allocation }) => sum + allocation.bytes, 0);
  }

  /**
   * Allocates whatever was planned since the last call, and fills it.
   *
   * @throws {GpuError} The device is out of memory.
   */
  async allocate(): Promise<void> {
    const { device } = this.gpu;
    device.pushErrorScope("out-of-memory");
    for (const planned of this.#planned) {
      const { allocation, data } = planned;
      if (this.#buffers.has(allocation)) continue;
      const buffer = device.createBuffer({
        label: allocation.label,
        size: allocation.bytes,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST |
          GPUBufferUsage.UNIFORM,
      });
      this.#buffers.set(allocation, buffer);
      if (data !== undefined) {
        this.write(allocation, data);
        planned.data = undefined;
      }
    }
    const failure = await device.popErrorScope();
    if (failure !== null) {
      throw new GpuError(
        `Cannot allocate ${megabytes(this.bytes)} on "${this.gpu.name}": ${failure.message}`,
        'Run the command with --dry-run to see the memory plan, and use a smaller "dim" or batch',
      );
    }
    this.gpu.check();
  }

  /**
   * The buffer of an allocation.
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
   * Uploads data; what does not fit is refused here, for Deno would end the process on it.
   *
   * @param allocation Where to.
   * @param data What.
   * @param offset The first byte to be written, a multiple of 4.
   * @throws {RangeError} The data do not fit.
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
      this.buffer(allocation),
      offset,
      data as Words & ArrayBufferView<ArrayBuffer>,
    );
  }

  /** Destroys all buffers; the collector would let them pile up (webgpu.md, trap 9). */
  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
    this.#planned = [];
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
