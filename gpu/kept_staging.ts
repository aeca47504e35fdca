/**
 * A staging buffer that a device keeps, for small readbacks without the wait of a promise.
 *
 * Deno's `mapAsync()` waits for the device before it returns, and resolves 10 ms later, for it sleeps between polls
 * (webgpu.md, trap 2). A buffer that was mapped and awaited once gives its bytes as soon as the call is back; the
 * first time that aborts the process. Where the bytes are not there yet, as in browsers, the promise is awaited.
 *
 * @module
 */

/** The buffer of a device, and what was done with it. */
interface KeptStaging {
  /** The buffer, of {@linkcode keptBytes}. */
  readonly buffer: GPUBuffer;
  /** Whether something is being read with it. */
  isBusy: boolean;
  /** Whether it was mapped and awaited before. */
  wasAwaited: boolean;
}

const kept = new WeakMap<GPUDevice, KeptStaging>();

/** Bytes of a kept buffer: a record of losses, lists of a few thousand users, ranks of more. */
export const keptBytes = 1 << 20;

/** Turns of the event loop within which Deno dispatches errors of the device: two were seen. */
const errorTurns = 4;

/**
 * Begins to read few bytes, after all work submitted before: what is copied has been submitted when this returns, so
 * that calls at once do not disturb each other.
 *
 * @param device The device.
 * @param bytes How many, at most {@linkcode keptBytes}.
 * @param copy Encodes copies into the staging buffer.
 * @returns The bytes to come; nothing where the buffer is in use.
 */
export function readKept(
  device: GPUDevice,
  bytes: number,
  copy: (encoder: GPUCommandEncoder, staging: GPUBuffer) => void,
): Promise<ArrayBuffer> | undefined {
  let staging = kept.get(device);
  if (staging === undefined) {
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ label: "readback (kept)", size: keptBytes, usage });
    kept.set(device, staging = { buffer, isBusy: false, wasAwaited: false });
  }
  if (staging.isBusy) return undefined;
  staging.isBusy = true;
  const encoder = device.createCommandEncoder({ label: "readback" });
  copy(encoder, staging.buffer);
  device.queue.submit([encoder.finish()]);
  return mapped(device, staging, Math.max(8, Math.ceil(bytes / 8) * 8));
}

async function mapped(device: GPUDevice, staging: KeptStaging, size: number): Promise<ArrayBuffer> {
  const { buffer } = staging;
  try {
    const mapping = buffer.mapAsync(GPUMapMode.READ, 0, size);
    const read = staging.wasAwaited ? bytesAtOnce(buffer, size) : undefined;
    if (read === undefined) {
      await mapping;
      staging.wasAwaited = true;
    } else {
      // It is resolved in its time; what became of the device shows in its errors.
      mapping.catch(() => {});
      for (let n = 0; n < errorTurns; n++) await turn();
    }
    const result = read ?? buffer.getMappedRange(0, size).slice(0);
    buffer.unmap();
    staging.isBusy = false;
    return result;
  } catch (error) {
    kept.delete(device);
    buffer.destroy();
    throw error;
  }
}

function bytesAtOnce(buffer: GPUBuffer, size: number): ArrayBuffer | undefined {
  try {
    return buffer.getMappedRange(0, size).slice(0);
  } catch {
    return undefined;
  }
}

/** A turn of the event loop, in which signals and requests are heard, as an awaited promise gives it. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
