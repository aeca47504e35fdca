/**
 * Uploads of any size: as much as the queue holds before it is waited for.
 *
 * @module
 */
import type { Allocation, Memory, Words } from "./memory.ts";
import { waitForDevice } from "./staging.ts";

/** Bytes that the queue copies and keeps, before it is asked to give them back. */
const mostPending = 8 << 20;

/**
 * Writes much to buffers, in the memory of a few MiB. The queue copies what it is given, and keeps the
 * copy until work is submitted and done, so that a table written at once takes its size twice.
 */
export class Upload {
  #pending = 0;

  /**
   * Writes nothing yet.
   *
   * @param memory Where the buffers are.
   */
  constructor(readonly memory: Memory) {}

  /**
   * Writes data to a buffer, and waits for the queue if much is pending.
   *
   * @param allocation Where to.
   * @param data What; it is copied at once.
   * @param offset The first byte to be written, a multiple of 4.
   * @throws {GpuError} The device has reported an error.
   */
  async write(allocation: Allocation, data: Words, offset: number): Promise<void> {
    const { gpu } = this.memory;
    this.memory.write(allocation, data, offset);
    this.#pending += data.byteLength;
    if (this.#pending < mostPending) return;
    await waitForDevice(gpu.device);
    gpu.check();
    this.#pending = 0;
  }
}
