/**
 * The texture that kernels read buffers through.
 *
 * Where invocations read from places that the data say, a software driver loops over them for a buffer, and gathers
 * texels without a loop (webgpu.md, "Sparse products"). So a kernel may declare what it reads of a buffer as a
 * storage texture; before its launch the program copies the buffer there. Launches run one after the other, so a
 * memory has one such texture, as large as the largest of these buffers.
 *
 * @module
 */
import type { Gpu } from "./gpu.ts";
import type { BufferRange } from "./tensor.ts";

/** Texels in a row of the texture, vectors of four numbers each; `texel()` of `prelude.wgsl` counts on it. */
const rowTexels = 1024;
/** Bytes of a texel. */
const texelBytes = 16;
/** Bytes of a row: a multiple of 256, as copies want it. */
const rowBytes = rowTexels * texelBytes;

/** Rows of texels that a buffer takes. */
function rowsOf(bytes: number): number {
  return Math.ceil(bytes / rowBytes);
}

/**
 * Whether a device's kernels can read as much through a texture.
 *
 * @param gpu The device.
 * @param bytes Size of a buffer, or of a range of one.
 */
export function fitsTexture({ textureRows }: Pick<Gpu, "textureRows">, bytes: number): boolean {
  return textureRows > 0 && rowsOf(bytes) <= textureRows;
}

/** The texture of a memory: planned with the launches, and allocated with the buffers. */
export class ScratchTexture {
  #plannedRows = 0;
  #made: GPUTexture[] = [];

  /**
   * Plans that a buffer is read through it.
   *
   * @param bytes Size of the buffer, or of the range that is read.
   */
  reserve(bytes: number): void {
    this.#plannedRows = Math.max(this.#plannedRows, rowsOf(bytes));
  }

  /** The bytes that it takes, those that programs compiled earlier have made smaller included. */
  get bytes(): number {
    const rows = this.#made.map(({ height }) => height);
    if (this.#isTooSmall) rows.push(this.#plannedRows);
    return rows.reduce((sum, height) => sum + height, 0) * rowBytes;
  }

  /**
   * Makes it where it is planned, and not there or too small by now.
   *
   * @param device The device.
   */
  allocate(device: GPUDevice): void {
    if (!this.#isTooSmall) return;
    this.#made.push(createTexture(device, this.#plannedRows));
  }

  /** The texture, as large as was planned when it was allocated. */
  get texture(): GPUTexture | undefined {
    return this.#made.at(-1);
  }

  /** Gives the memory back. */
  destroy(): void {
    for (const texture of this.#made) texture.destroy();
    this.#made = [];
    this.#plannedRows = 0;
  }

  get #isTooSmall(): boolean {
    return this.#plannedRows > (this.texture?.height ?? 0);
  }
}

/**
 * Makes a texture that kernels read.
 *
 * @param device The device.
 * @param rows Rows of texels.
 */
export function createTexture(device: GPUDevice, rows: number): GPUTexture {
  return device.createTexture({
    label: "what kernels read of buffers",
    size: [rowTexels, rows],
    format: "rgba32float",
    usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.COPY_DST,
  });
}

/**
 * Encodes the copy of a range into a texture, row of texels after row of texels.
 *
 * @param encoder Where to; no pass is open.
 * @param buffer The range's buffer.
 * @param range The range, of whole vectors of four numbers.
 * @param texture A texture with enough rows.
 */
export function fillTexture(
  encoder: GPUCommandEncoder,
  buffer: GPUBuffer,
  { offset, bytes }: BufferRange,
  texture: GPUTexture,
): void {
  const rows = Math.floor(bytes / rowBytes);
  const rest = bytes % rowBytes / texelBytes;
  if (rows > 0) {
    const source = { buffer, offset, bytesPerRow: rowBytes };
    encoder.copyBufferToTexture(source, { texture }, [rowTexels, rows]);
  }
  if (rest > 0) {
    const source = { buffer, offset: offset + rows * rowBytes };
    encoder.copyBufferToTexture(source, { texture, origin: [0, rows] }, [rest, 1]);
  }
}
