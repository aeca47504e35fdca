/**
 * Staging buffers: what is copied there by the device and mapped, without the wait of a promise where that can be.
 *
 * Deno's `mapAsync()` waits for the device before it returns, and resolves 10 ms later, for it sleeps between polls
 * (webgpu.md, trap 2). A buffer that was mapped and awaited once gives its bytes as soon as the call is back; the
 * first time that aborts the process. Where the bytes are not there yet, as in browsers, the promise is awaited.
 *
 * @module
 */

/** A staging buffer. */
export interface Staging {
  /** The buffer, of usage `MAP_READ` and `COPY_DST`. */
  readonly buffer: GPUBuffer;
  /** Whether it was mapped and awaited before. */
  wasAwaited: boolean;
}

/**
 * Makes a staging buffer.
 *
 * @param device The device.
 * @param size Its bytes, a multiple of 4.
 */
export function createStaging(device: GPUDevice, size: number): Staging {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  return {
    buffer: device.createBuffer({ label: "readback (staging)", size, usage }),
    wasAwaited: false,
  };
}

/** Turns of the event loop within which Deno dispatches errors of the device: two were seen. */
const errorTurns = 4;

/**
 * Maps a staging buffer, after all work submitted before.
 *
 * @param staging The buffer; its owner unmaps or destroys it.
 * @param size How many of its first bytes, a multiple of 4.
 * @returns The bytes themselves, no copy.
 */
export async function mapToRead(staging: Staging, size: number): Promise<ArrayBuffer> {
  const { buffer } = staging;
  const mapping = buffer.mapAsync(GPUMapMode.READ, 0, size);
  const range = staging.wasAwaited ? rangeAtOnce(buffer, size) : undefined;
  if (range === undefined) {
    await mapping;
    staging.wasAwaited = true;
    return buffer.getMappedRange(0, size);
  }
  // It is resolved in its time; what became of the device shows in its errors. In these turns signals and requests are
  // heard too, as an awaited promise lets them be.
  mapping.catch(() => {});
  for (let n = 0; n < errorTurns; n++) await new Promise((resolve) => setImmediate(resolve));
  return range;
}

function rangeAtOnce(buffer: GPUBuffer, size: number): ArrayBuffer | undefined {
  try {
    return buffer.getMappedRange(0, size);
  } catch {
    return undefined;
  }
}

/** The buffer that a device keeps, while nothing is being read with it. */
const kept = new WeakMap<GPUDevice, Staging>();

/** Bytes of a kept buffer: a record of losses, lists of a few thousand users, ranks of more. */
export const keptBytes = 1 << 20;

/**
 * Reads few bytes, after all work submitted before, by a buffer that the device keeps.
 *
 * What is copied has been submitted when this returns its promise, so that calls at once do not disturb each other.
 *
 * @param device The device.
 * @param bytes How many, at most {@linkcode keptBytes}.
 * @param copy Encodes copies into the staging buffer.
 * @returns The bytes.
 */
export async function readKept(
  device: GPUDevice,
  bytes: number,
  copy: (encoder: GPUCommandEncoder, staging: GPUBuffer) => void,
): Promise<ArrayBuffer> {
  // Whoever comes meanwhile makes one more, and the last one to end is kept.
  const staging = kept.get(device) ?? createStaging(device, keptBytes);
  kept.delete(device);
  try {
    const encoder = device.createCommandEncoder({ label: "readback" });
    copy(encoder, staging.buffer);
    device.queue.submit([encoder.finish()]);
    const read = (await mapToRead(staging, Math.max(4, bytes))).slice(0);
    staging.buffer.unmap();
    kept.get(device)?.buffer.destroy();
    kept.set(device, staging);
    return read;
  } catch (error) {
    staging.buffer.destroy();
    throw error;
  }
}

/**
 * Waits for all work submitted before, as `onSubmittedWorkDone()` does, whose promise takes 10 ms more.
 *
 * @param device The device.
 */
export async function waitForDevice(device: GPUDevice): Promise<void> {
  await readKept(device, 4, (encoder, staging) => encoder.clearBuffer(staging, 0, 4));
}
