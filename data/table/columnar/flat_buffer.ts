/**
 * FlatBuffers, in which Arrow describes its messages (https://flatbuffers.dev/internals). Every read is
 * within the bytes, and every count is one that they can hold.
 *
 * @module
 */
import { Damage } from "./texts.ts";

/** A table of a buffer. */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #fields: number;
  readonly #fieldsEnd: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#fields = at - view.getInt32(at, true);
    this.#fieldsEnd = this.#fields + view.getUint16(this.#fields, true);
  }

  /**
   * The table that a buffer is of.
   *
   * @param bytes The buffer.
   * @throws {RangeError} It is cut off, as in all of the methods.
   */
  static of(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Where a field is; 0 where it is missing, and has its default. */
  #place(field: number): number {
    const entry = this.#fields + 4 + 2 * field;
    const offset = entry + 2 <= this.#fieldsEnd ? this.#view.getUint16(entry, true) : 0;
    return offset === 0 ? 0 : this.#at + offset;
  }

  /** A field of 8 bits. */
  byte(field: number, absent = 0): number {
    const place = this.#place(field);
    return place === 0 ? absent : this.#view.getUint8(place);
  }

  /** A field of 16 bits. */
  short(field: number, absent = 0): number {
    const place = this.#place(field);
    return place === 0 ? absent : this.#view.getInt16(place, true);
  }

  /** A field of 32 bits. */
  integer(field: number, absent = 0): number {
    const place = this.#place(field);
    return place === 0 ? absent : this.#view.getInt32(place, true);
  }

  /** A field of 64 bits that is a count or an offset. */
  long(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : Number(this.#view.getBigInt64(place, true));
  }

  /** A table in a field. */
  table(field: number): FlatTable | undefined {
    const place = this.#place(field);
    if (place === 0) return undefined;
    return new FlatTable(this.#view, place + this.#view.getUint32(place, true));
  }

  /** A text in a field. */
  text(field: number): string {
    const place = this.#place(field);
    if (place === 0) return "";
    const start = place + this.#view.getUint32(place, true);
    const length = this.#view.getUint32(start, true);
    const { buffer, byteOffset } = this.#view;
    if (start + 4 + length > this.#view.byteLength) throw new Damage("a name is cut off");
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + start + 4, length));
  }

  /** The tables of a list. */
  tables(field: number): FlatTable[] {
    return this.#list(
      field,
      4,
      (place) => new FlatTable(this.#view, place + this.#view.getUint32(place, true)),
    );
  }

  /** The numbers of 64 bits of a list whose entries have some each. */
  longs(field: number, each: number): number[] {
    return this.#list(
      field,
      8 * each,
      (place) =>
        Array.from({ length: each }, (_, n) => Number(this.#view.getBigInt64(place + 8 * n, true))),
    ).flat();
  }

  #list<T>(field: number, size: number, read: (place: number) => T): T[] {
    const place = this.#place(field);
    if (place === 0) return [];
    const start = place + this.#view.getUint32(place, true);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + size * length > this.#view.byteLength) throw new Damage("a list is cut off");
    return Array.from({ length }, (_, n) => read(start + 4 + size * n));
  }
}
