/**
 * The columns of a batch of Arrow rows as texts
 * (https://arrow.apache.org/docs/format/Columnar.html).
 *
 * @module
 */
import type { ArrowField } from "./arrow_schema.ts";
import type { NumberArray, StoredValues } from "./column_kind.ts";
import type { FlatTable } from "./flat_buffer.ts";
import { ListRows } from "./lists.ts";
import { isSet, presentTexts } from "./present_values.ts";
import {
  Damage,
  evenPlaces,
  mostBytes,
  mostValues,
  noTexts,
  pickTexts,
  spreadTexts,
  type Texts,
} from "./texts.ts";
import { unpack } from "./unpack.ts";
import { type TextOptions, textsOf } from "./value_texts.ts";

/** A batch whose fields are gone through in their order, as their buffers lie. */
export class ArrowBatch {
  /** Rows. */
  readonly rows: number;
  readonly #body: Uint8Array;
  readonly #nodes: readonly number[];
  readonly #buffers: readonly number[];
  readonly #variadic: readonly number[];
  readonly #codec: "LZ4_FRAME" | "ZSTD" | undefined;
  readonly #dictionaries: ReadonlyMap<number, Texts>;
  readonly #hasUnionValidity: boolean;
  #node = 0;
  #buffer = 0;
  #variadicAt = 0;

  /**
   * Makes it.
   *
   * @param message Describes it.
   * @param body Holds its buffers.
   * @param version The version of the format, from 0.
   * @param dictionaries The texts of dictionaries, by their ids.
   * @throws {Damage} It cannot be one.
   */
  constructor(
    message: FlatTable,
    body: Uint8Array,
    version: number,
    dictionaries: ReadonlyMap<number, Texts>,
  ) {
    this.rows = message.long(0);
    if (!(this.rows >= 0 && this.rows <= mostValues)) {
      throw new Damage(`a batch claims ${this.rows} rows, expected at most ${mostValues}`);
    }
    this.#nodes = message.longs(1, 2);
    this.#buffers = message.longs(2, 2);
    this.#variadic = message.longs(4, 1);
    const compression = message.table(3);
    const codec = compression?.byte(0);
    if (codec !== undefined && codec > 1) throw new Damage(`it is packed in an unknown way`);
    this.#codec = codec === undefined ? undefined : codec === 0 ? "LZ4_FRAME" : "ZSTD";
    this.#body = body;
    this.#dictionaries = dictionaries;
    this.#hasUnionValidity = version < 4;
  }

  /**
   * The texts of a field's values.
   *
   * @param field The next field.
   * @param options How they are written.
   * @throws {Damage} Its buffers are damaged.
   */
  texts(field: ArrowField, options: TextOptions): Texts {
    const { dictionary, layout } = field;
    const [count, missing] = this.#takeNode();
    if (count !== this.rows) throw new Damage(`it has ${count} values in ${this.rows} rows`);
    if (dictionary !== undefined) {
      const validity = this.#validity(missing);
      const values = this.#numbers(this.#take(), count, dictionary.isSigned, dictionary.width);
      const texts = this.#dictionaries.get(dictionary.id);
      if (texts === undefined) throw new Damage("a dictionary is missing, or comes too late");
      return presentTexts(
        { numbers: values },
        count,
        validity,
        ({ numbers }) => pickTexts(texts, Array.from(numbers, Number)),
      );
    }
    if (layout === "list" || layout === "fixed list") return this.#lists(field, count, missing);
    if (layout === "null") return spreadTexts(noTexts, () => false, count);
    const validity = this.#validity(missing);
    const values = this.#values(field, count);
    return presentTexts(values, count, validity, (there) => textsOf(there, field.kind!, options));
  }

  /** Passes over a field. */
  skip({ layout, children, dictionary }: ArrowField): void {
    this.#takeNode();
    if (dictionary !== undefined) {
      this.#buffer += 2;
      return;
    }
    const buffers: Record<typeof layout, number> = {
      null: 0,
      bits: 2,
      fixed: 2,
      offsets: 3,
      views: 2,
      list: 2,
      "list views": 3,
      "fixed list": 1,
      struct: 1,
      union: 1 + Number(this.#hasUnionValidity),
      "dense union": 2 + Number(this.#hasUnionValidity),
      "run ends": 0,
    };
    this.#buffer += buffers[layout];
    if (layout === "views") this.#buffer += this.#variadic[this.#variadicAt++] ?? 0;
    for (const child of children) this.skip(child);
  }

  #lists(field: ArrowField, count: number, missing: number): Texts {
    const { layout, width, children: [child] } = field;
    const validity = this.#validity(missing);
    const offsets = layout === "list"
      ? this.#numbers(this.#take(), count === 0 ? 0 : count + 1, true, width)
      : undefined;
    const [length, childMissing] = this.#takeNode();
    const childValidity = child.layout === "null" ? undefined : this.#validity(childMissing);
    const values = this.#values(child, length);
    const lists = new ListRows(child.kind!);
    const isThere = (n: number) => isSet(childValidity, n);
    const texts = presentTexts(
      values,
      length,
      childValidity,
      (there) => textsOf(there, child.kind!, { inList: true }),
    );
    for (let row = 0; row < count; row++) {
      lists.begin();
      if (!isSet(validity, row)) continue;
      const from = offsets === undefined ? row * width : Number(offsets[row]);
      const to = offsets === undefined ? from + width : Number(offsets[row + 1]);
      if (!(from >= 0 && to >= from && to <= length)) {
        throw new Damage(`a list has the places ${from} to ${to} of ${length}`);
      }
      for (let n = from; n < to; n++) {
        if (isThere(n)) lists.add(texts, n);
        else lists.addMissing();
      }
    }
    return lists.take(true);
  }

  /** Values by what their field is, missing ones too. */
  #values({ layout, kind, width }: ArrowField, count: number): StoredValues {
    if (layout === "null") {
      if (count > mostValues) throw tooShort();
      return { numbers: new Uint8Array(count) };
    }
    if (layout === "bits") {
      const bits = this.#take();
      if (count > 8 * bits.length) throw tooShort();
      const numbers = new Uint8Array(count);
      for (let n = 0; n < count; n++) numbers[n] = Number(isSet(bits, n));
      return { numbers };
    }
    if (layout === "views") return this.#views(count);
    if (layout === "offsets") {
      const offsets = this.#numbers(this.#take(), count === 0 ? 0 : count + 1, true, width);
      const bytes = this.#take();
      const [start, end] = [new Int32Array(count), new Int32Array(count)];
      for (let n = 0; n < count; n++) {
        const [from, to] = [Number(offsets[n]), Number(offsets[n + 1])];
        if (!(from >= 0 && to >= from && to <= bytes.length)) throw tooShort();
        start[n] = from;
        end[n] = to;
      }
      return { bytes, start, end };
    }
    const bytes = this.#take();
    if (kind!.is === "half") {
      const halves = this.#numbers(bytes, count, false, 2);
      const view = new DataView(halves.buffer, halves.byteOffset, halves.byteLength);
      const numbers = new Float32Array(count);
      for (let n = 0; n < count; n++) numbers[n] = view.getFloat16(2 * n, true);
      return { numbers };
    }
    if (kind!.is === "text" || kind!.is === "decimal") {
      if (!(width > 0 && count * width <= bytes.length)) throw tooShort();
      return { bytes, ...evenPlaces(count, 0, width) };
    }
    if (kind!.is === "float" || kind!.is === "double") {
      const { buffer } = exactly(bytes, count * width);
      return { numbers: width === 4 ? new Float32Array(buffer) : new Float64Array(buffer) };
    }
    return { numbers: this.#numbers(bytes, count, kind!.is !== "unsigned", width) };
  }

  /** Texts of up to 12 bytes lie in their views, others in one of several buffers. */
  #views(count: number): StoredValues {
    const views = this.#take();
    const others = this.#variadic[this.#variadicAt++] ?? 0;
    if (!(others >= 0 && others <= this.#buffers.length)) throw tooShort();
    const buffers = [views, ...Array.from({ length: others }, () => this.#take())];
    const before = buffers.map((_, n) => buffers.slice(0, n).reduce((sum, b) => sum + b.length, 0));
    const total = buffers.reduce((sum, { length }) => sum + length, 0);
    if (16 * count > views.length || total > mostBytes) throw tooShort();
    const bytes = new Uint8Array(total);
    buffers.forEach((buffer, n) => bytes.set(buffer, before[n]));
    const view = new DataView(bytes.buffer);
    const [start, end] = [new Int32Array(count), new Int32Array(count)];
    for (let n = 0; n < count; n++) {
      const length = view.getUint32(16 * n, true);
      const isShort = length <= 12;
      const buffer = isShort ? 0 : 1 + view.getUint32(16 * n + 8, true);
      const from = isShort ? 16 * n + 4 : view.getUint32(16 * n + 12, true);
      if (!(from + length <= (buffers[buffer]?.length ?? -1))) throw tooShort();
      start[n] = before[buffer] + from;
      end[n] = start[n] + length;
    }
    return { bytes, start, end };
  }

  #takeNode(): [count: number, missing: number] {
    const [count, missing] = this.#nodes.slice(2 * this.#node, 2 * ++this.#node);
    // Of more the buffers could hold nothing: a value takes a bit.
    if (!(count >= 0 && count <= Math.max(mostValues, 8 * mostBytes))) {
      throw new Damage(`a column claims ${count} values`);
    }
    return [count, missing];
  }

  #validity(missing: number): Uint8Array | undefined {
    const bits = this.#take();
    return missing === 0 || bits.length === 0 ? undefined : bits;
  }

  #take(): Uint8Array {
    const [offset, length] = this.#buffers.slice(2 * this.#buffer, 2 * ++this.#buffer);
    if (!(offset >= 0 && length >= 0 && offset + length <= this.#body.length)) throw tooShort();
    const stored = this.#body.subarray(offset, offset + length);
    if (this.#codec === undefined || length === 0) return stored;
    if (length < 8) throw tooShort();
    const view = new DataView(stored.buffer, stored.byteOffset, 8);
    const unpacked = Number(view.getBigInt64(0, true));
    return unpacked === -1 ? stored.subarray(8) : unpack(stored.subarray(8), unpacked, this.#codec);
  }

  #numbers(bytes: Uint8Array, count: number, isSigned: boolean, width: number): NumberArray {
    const Numbers = {
      1: isSigned ? Int8Array : Uint8Array,
      2: isSigned ? Int16Array : Uint16Array,
      4: isSigned ? Int32Array : Uint32Array,
      8: isSigned ? BigInt64Array : BigUint64Array,
    }[width];
    if (Numbers === undefined) throw new Damage(`its integers have ${width} bytes`);
    return new Numbers(exactly(bytes, count * width).buffer);
  }
}

const tooShort = () => new Damage("a buffer ends before its values do");

/** The first bytes, in memory of their own that numbers of any width may lie in. */
function exactly(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  if (length > bytes.length) throw tooShort();
  return bytes.slice(0, length);
}
