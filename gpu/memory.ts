/**
 * Buffers: planned with a label and an owner first, allocated all at once after.
 *
 * @module
 */
import { GpuError } from "../errors.ts";
import type { Gpu } from "./gpu.ts";
import { type Lifetime, lifetimes, type ProgramUses } from "./lifetimes.ts";
import { type SharedPlace, shareMemory } from "./sharing.ts";

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
  #programs: ProgramUses<Allocation>[] = [];
  #kept = new Set<Allocation>();
  #places: SharedPlace<Allocation>[] = [];
  #lent = new Map<Allocation, Lifetime<Allocation>>();
  #running?: { program: object; next: number };

  /**
   * Plans nothing yet.
   *
   * @param gpu The device.
   * @param options `reuse`: whether buffers that are never needed together get the same memory (see
   * lifetimes.ts). What the CPU reads is then to be {@linkcode keep kept}, each program is planned
   * before the first is compiled, and runs from its first launch to its last with no other between.
   */
  constructor(readonly gpu: Gpu, readonly options: { readonly reuse?: boolean } = {}) {}

  /**
   * Plans a buffer, and checks it against the device's limits.
   *
   * @param label What it holds.
   * @param bytes Its size; rounded up to a multiple of 16.
   * @param owner The part of the program that it belongs to.
   * @param data What it holds at first; zeros where nothing is given.
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

  /**
   * Gives a buffer memory of its own, where what it holds is read by the CPU after its program.
   *
   * @param allocation A planned buffer.
   * @throws {Error} It has been given shared memory already: a defect of the caller.
   */
  keep(allocation: Allocation): void {
    this.#assertOwn(allocation);
    this.#kept.add(allocation);
  }

  /**
   * Takes a program's uses of buffers into account.
   *
   * @param uses The uses of its launches; it grows until the program is compiled.
   */
  follow(uses: ProgramUses<Allocation>): void {
    this.#programs.push(uses);
  }

  /**
   * Refuses a run that would find the content of shared buffers replaced.
   *
   * @param program The program that runs.
   * @param first Its first launch.
   * @param end The launch after the last.
   * @throws {Error} It begins in the middle, and not where it was left: a defect of the caller.
   */
  proceed(program: object, first: number, end: number): void {
    if (!this.options.reuse) return;
    const { program: last, next } = this.#running ?? {};
    if (first !== 0 && (last !== program || next !== first)) {
      throw new Error(`A program that reuses memory runs in order: launch ${first} follows no other`);
    }
    this.#running = { program, next: end };
  }

  /** What is planned, in sum by owner, in the order of first use, as if no memory were reused. */
  plan(): PlanLine[] {
    const lines = new Map<string, PlanLine>();
    for (const { allocation: { owner, bytes } } of this.#planned) {
      const line = lines.get(owner) ?? { owner, buffers: 0, bytes: 0 };
      lines.set(owner, { owner, buffers: line.buffers + 1, bytes: line.bytes + bytes });
    }
    return [...lines.values()];
  }

  /** The bytes that the planned buffers take. */
  get bytes(): number {
    const saved = [...this.#places, ...this.#newPlaces().places].reduce(
      (sum, { bytes, buffers }) => sum + bytesOf(buffers) - bytes,
      0,
    );
    return this.bytesWithoutReuse - saved;
  }

  /** The bytes of all planned buffers, as if no memory were reused. */
  get bytesWithoutReuse(): number {
    return bytesOf(this.#planned.map(({ allocation }) => allocation));
  }

  /** The buffers that allocations share; what they hold between two runs is of no use. */
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
    const { lives, places } = this.#newPlaces();
    this.#assertStillLent(lives);
    device.pushErrorScope("out-of-memory");
    for (const place of places) {
      const buffer = this.#create(`shared by ${place.buffers[0].label} and others`, place.bytes);
      for (const allocation of place.buffers) {
        this.#buffers.set(allocation, buffer);
        this.#lent.set(allocation, lives.get(allocation)!);
      }
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
    const failure = await device.popErrorScope();
    if (failure !== null) {
      throw new GpuError(
        `Cannot allocate ${megabytes(this.bytes)} on "${this.gpu.name}": ${failure.message}`,
        'Run the command with --dry-run to see the memory plan, and use a smaller "dim" or batch',
      );
    }
    this.gpu.check();
  }

  /** What can lend its memory as far as is known, and where what is not allocated yet is to go. */
  #newPlaces() {
    if (!this.options.reuse) return { lives: new Map<Allocation, Lifetime<Allocation>>(), places: [] };
    const lives = new Map(lifetimes(this.#programs).map((life) => [life.buffer, life]));
    const free = this.#planned.flatMap(({ allocation, data }) => {
      const life = lives.get(allocation);
      const isFree = data === undefined && !this.#kept.has(allocation) &&
        !this.#buffers.has(allocation);
      return life !== undefined && isFree ? [life] : [];
    });
    return { lives, places: shareMemory(free, ({ bytes }) => bytes) };
  }

  #create(label: string, size: number): GPUBuffer {
    return this.gpu.device.createBuffer({
      label,
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST |
        GPUBufferUsage.UNIFORM,
    });
  }

  /** Refuses what reads or writes a buffer whose memory may hold another by now: a defect. */
  #assertOwn(allocation: Allocation): void {
    if (!this.#lent.has(allocation)) return;
    throw new Error(`"${allocation.label}" shares its memory: keep() it before programs are compiled`);
  }

  /** Refuses uses that were unknown when the memory of a buffer was lent: a defect. */
  #assertStillLent(lives: ReadonlyMap<Allocation, Lifetime<Allocation>>): void {
    for (const [allocation, then] of this.#lent) {
      const now = lives.get(allocation);
      if (now?.first === then.first && now.last === then.last) continue;
      throw new Error(
        `"${allocation.label}" shares its memory, and is used by what was planned after: keep() it, ` +
          "or plan all programs before the first is compiled",
      );
    }
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

function bytesOf(allocations: readonly Allocation[]): number {
  return allocations.reduce((sum, { bytes }) => sum + bytes, 0);
}
