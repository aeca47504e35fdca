/**
 * What turns texts or images into rows of numbers.
 *
 * @module
 */

/** What is encoded. */
export type InputKind = "text" | "images";

/**
 * An encoder. `Prepared` is what it makes of the bytes of a text or an image before it takes several of
 * them together.
 */
export interface Encoder<Prepared = unknown> {
  /** All that decides on its numbers: the hashes of its files, pooling, library versions. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Inputs that it takes together. */
  readonly batch: number;
  /**
   * Reads an input.
   *
   * @param bytes A text in UTF-8, or the bytes of an image's file.
   * @throws {DataError} It is no text or image that can be used; the message says why.
   */
  prepare(bytes: Uint8Array): Promise<Prepared>;
  /**
   * Encodes inputs.
   *
   * @param inputs At most `batch` of them.
   * @returns `inputs×columns`, row-major; all finite.
   * @throws {BandpassError} The encoder failed, or its output has another shape.
   */
  encode(inputs: readonly Prepared[]): Promise<Float32Array<ArrayBuffer>>;
}

/** A text or an image to encode, with the item that it is of. */
export interface EncoderInput {
  /** The item's own id. */
  readonly id: string;
  /** The text, or the path of the image. */
  readonly content: string;
}
