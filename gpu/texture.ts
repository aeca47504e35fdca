/**
 * Textures that kernels read buffers through.
 *
 * What invocations read of a buffer, lavapipe loads for one after the other; texels it gathers without a loop
 * (webgpu.md, "Sparse products"). So a kernel may declare what it reads of a buffer as a storage texture; before its
 * launch the program copies the buffer there. Launches run one after the other, so all share the same textures, as
 * large as the largest of these buffers.
 *
 * @module
 */
import type { Gpu } from "./gpu.ts";

/** Texels in a row of a texture, vectors of four numbers each; `texel()` of `prelude.wgsl` counts on it. */
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
 * Rows that a texture is made with: no power of two. lavapipe compiles a kernel anew for a texture whose height is one
 * where that of the first was none, and textures of all heights are to be alike.
 */
function heightOf(rows: number): number {
  return rows < 3 ? 3 : Number.isInteger(Math.log2(rows)) ? rows + 1 : rows;
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

/**
 * The textures of a memory, planned with the launches and allocated with the buffers: one for the first texture of
 * every kernel, one for the second, and so on.
 */
export class ScratchTextures {
  readonly #plannedRows: number[] = [];
  #made: { readonly place: number; readonly texture: GPUTexture }[] = [];

  /**
   * Plans that a buffer is read through a texture.
   *
   * @param place Which one of its kernel's textures that is.
   * @param bytes Size of the buffer, or of the range that is read.
   */
  reserve(place: number, bytes: number): void {
    this.#plannedRows[place] = Math.max(this.#plannedRows[place] ?? 0, rowsOf(bytes));
  }

  /** The sizes of what is there, smaller ones that programs compiled earlier use included, and of what is planned. */
  get bytes(): readonly number[] {
    const made = this.#made.map(({ texture: { height } }) => height * rowBytes);
    return [...made, ...this.#missing().map(({ rows }) => heightOf(rows) * rowBytes)];
  }

  /**
   * Makes those that are planned, and not there or too small by now.
   *
   * @param device The device.
   */
  allocate(device: GPUDevice): void {
    for (const { place, rows } of this.#missing()) {
      this.#made.push({ place, texture: createTexture(device, rows) });
    }
  }

  /**
   * A texture as large as was planned when it was allocated.
   *
   * @param place Which one of a kernel's.
   * @throws {Error} It has not been allocated: a defect of the caller.
   */
  at(place: number): GPUTexture {
    const made = this.#made.findLast((one) => one.place === place);
    if (made === undefined) throw new Error(`Texture ${place} is not allocated`);
    return made.texture;
  }

  /** Gives the memory back. */
  destroy(): void {
    for (const { texture } of this.#made) texture.destroy();
    this.#made = [];
    this.#plannedRows.length = 0;
  }

  #missing(): { place: number; rows: number }[] {
    return this.#plannedRows.flatMap((rows, place) => {
      const there = this.#made.findLast((one) => one.place === place)?.texture.height ?? 0;
      return rows > there ? [{ place, rows }] : [];
    });
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
    size: [rowTexels, Math.min(heightOf(rows), device.limits.maxTextureDimension2D)],
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
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
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
