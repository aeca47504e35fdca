/**
 * Rows in PostgreSQL's binary format of `COPY`: numbers arrive as they are, and nothing has to be quoted
 * (PostgreSQL's documentation, "COPY", "Binary Format").
 *
 * @module
 */

/** What a column holds: `vector` is pgvector's. */
export type CopyType = "text" | "integer" | "real" | "vector";

/** A value of a row; `null` is a missing one. */
export type CopyValue = string | number | Float32Array | null;

/** `PGCOPY`, the bytes that show what a transfer has changed, no flags, and no further header. */
const header = Uint8Array.of(
  ...[0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0],
  ...[0, 0, 0, 0, 0, 0, 0, 0],
);

/** In the place of a number of fields. */
const end = -1;
/** In the place of a length. */
const missing = -1;

/** Bytes that are sent together. */
const blockBytes = 1 << 16;

/**
 * The blocks of a `COPY … WITH (FORMAT binary)`.
 *
 * @param types What the columns hold.
 * @param rows The rows, a value a column.
 * @param onRow Told how many there were.
 * @returns Blocks, each in memory of its own.
 */
export async function* copyBlocks(
  types: readonly CopyType[],
  rows: AsyncIterable<readonly CopyValue[]>,
  onRow: (done: number) => void = () => {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const block = new Block();
  block.bytes(header);
  let done = 0;
  for await (const row of rows) {
    onRow(++done);
    block.int16(types.length);
    types.forEach((type, n) => write(block, type, row[n]));
    if (block.length >= blockBytes) yield block.take();
  }
  block.int16(end);
  yield block.take();
}

function write(block: Block, type: CopyType, value: CopyValue): void {
  if (value === null) return block.int32(missing);
  if (type === "text") {
    const bytes = encoder.encode(value as string);
    block.int32(bytes.length);
    return block.bytes(bytes);
  }
  if (type === "vector") {
    const row = value as Float32Array;
    block.int32(4 + 4 * row.length);
    block.int16(row.length);
    block.int16(0);
    for (const number of row) block.float32(number);
    return;
  }
  block.int32(4);
  if (type === "integer") block.int32(value as number);
  else block.float32(value as number);
}

const encoder = new TextEncoder();

/** Bytes that grow; numbers are big-endian. */
class Block {
  #bytes = new Uint8Array(2 * blockBytes);
  #view = new DataView(this.#bytes.buffer);
  /** How many there are. */
  length = 0;

  /** Appends bytes. */
  bytes(bytes: Uint8Array): void {
    const place = this.#grown(bytes.length);
    this.#bytes.set(bytes, place);
  }

  /** Appends an integer of 16 bits. */
  int16(value: number): void {
    const place = this.#grown(2);
    this.#view.setInt16(place, value);
  }

  /** Appends an integer of 32 bits. */
  int32(value: number): void {
    const place = this.#grown(4);
    this.#view.setInt32(place, value);
  }

  /** Appends a number of 32 bits. */
  float32(value: number): void {
    const place = this.#grown(4);
    this.#view.setFloat32(place, value);
  }

  /** Takes all of them out. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  /** Makes room, and gives its place. */
  #grown(count: number): number {
    const place = this.length;
    this.length += count;
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return place;
  }
}
