/**
 * Bytes of a stream, taken as many at a time as are wanted.
 *
 * @module
 */
import { Damage } from "./texts.ts";

/** Takes bytes from blocks. */
export class ByteQueue {
  readonly #blocks: AsyncGenerator<Uint8Array>;
  #held: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #isDone = false;

  /**
   * Makes it.
   *
   * @param blocks The bytes; a block is valid until the next one is asked for.
   */
  constructor(blocks: AsyncGenerator<Uint8Array>) {
    this.#blocks = blocks;
  }

  /**
   * Shows the next bytes, without taking them; fewer are there only at the end.
   *
   * @param count How many.
   */
  async peek(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [this.#held];
    let length = this.#held.length;
    // Memory is taken as bytes come, whatever the count is.
    while (length < count && !this.#isDone) {
      const { value, done } = await this.#blocks.next();
      if (done) this.#isDone = true;
      else {
        parts.push(new Uint8Array(value));
        length += value.length;
      }
    }
    if (parts.length > 1) {
      this.#held = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        this.#held.set(part, at);
        at += part.length;
      }
    }
    return this.#held;
  }

  /** Whether no byte is left. */
  async isAtEnd(): Promise<boolean> {
    return (await this.peek(1)).length === 0;
  }

  /**
   * Takes the next bytes.
   *
   * @param count How many.
   * @throws {Damage} There are fewer.
   */
  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const shown = count >= 0 ? await this.peek(count) : this.#held;
    if (!(shown.length >= count && count >= 0)) {
      throw new Damage(`a message claims ${count} bytes, where ${shown.length} are left`);
    }
    this.#held = shown.subarray(count);
    return shown.subarray(0, count);
  }

  /** Takes an integer of 32 bits. */
  async integer(): Promise<number> {
    const bytes = await this.take(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  }

  /**
   * The last bytes of all; those before them are passed over.
   *
   * @param count How many.
   */
  async lastBytes(count: number): Promise<Uint8Array<ArrayBuffer>> {
    while (!this.#isDone) {
      const held = await this.peek(this.#held.length + 1);
      this.#held = held.subarray(Math.max(0, held.length - count));
    }
    return this.#held.slice(Math.max(0, this.#held.length - count));
  }
}
