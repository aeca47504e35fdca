/**
 * The pages of one column in one group of rows, as the texts of its rows.
 *
 * @module
 */
import { parquetHeader } from "hyparquet/column";
import type { DataPageHeader, PageHeader } from "hyparquet";
import type { FileWindow } from "./file_window.ts";
import { ListRows } from "./lists.ts";
import type { ParquetColumn } from "./parquet_schema.ts";
import { readRuns, readValues } from "./parquet_values.ts";
import type { StoredValues } from "./column_kind.ts";
import { Damage, mostValues, noTexts, pickTexts, spreadTexts, type Texts } from "./texts.ts";
import { type Codec, unpack } from "./unpack.ts";
import { type TextOptions, textsOf } from "./value_texts.ts";

/** A header has statistics in it, but no megabytes of them. */
const mostHeader = 1 << 24;

/** A page of values, whichever of both versions it is of. */
interface DataPage {
  readonly bytes: Uint8Array;
  /** Where its values begin. */
  readonly from: number;
  readonly encoding: DataPageHeader["encoding"];
  readonly definitions?: Uint32Array;
  readonly repetitions?: Uint32Array;
  /** Values and missing ones. */
  readonly count: number;
}

/** Reads the pages of a column, one after the other. */
export class ParquetPages {
  readonly #window: FileWindow;
  readonly #column: ParquetColumn;
  readonly #codec: Codec;
  readonly #options: TextOptions;
  readonly #lists: ListRows | undefined;
  #dictionary: Texts | undefined;
  /** Values that no page has had yet. */
  #left: number;
  #isDone = false;

  /**
   * Makes it.
   *
   * @param window The bytes of the pages.
   * @param column The column.
   * @param codec How they are packed.
   * @param values How many values they claim to have.
   * @param options How these are written.
   */
  constructor(
    window: FileWindow,
    column: ParquetColumn,
    codec: Codec,
    values: number,
    options: TextOptions,
  ) {
    this.#window = window;
    this.#column = column;
    this.#codec = codec;
    this.#left = values;
    this.#options = { ...options, inList: column.isList };
    this.#lists = column.isList ? new ListRows(column.kind!) : undefined;
  }

  /**
   * The texts of the next rows; nothing behind the last.
   *
   * @throws {Damage} The pages are damaged.
   */
  async next(): Promise<Texts | undefined> {
    while (this.#left > 0) {
      const header = await this.#header();
      const packed = await this.#window.take(header.compressed_page_size);
      if (header.type === "DICTIONARY_PAGE") this.#dictionary = this.#dictionaryOf(header, packed);
      else if (header.type === "DATA_PAGE" || header.type === "DATA_PAGE_V2") {
        const page = header.type === "DATA_PAGE"
          ? this.#page(header, packed)
          : this.#pageV2(header, packed);
        this.#left -= page.count;
        return this.#rowsOf(page);
      }
    }
    if (this.#isDone || this.#lists === undefined) return undefined;
    this.#isDone = true;
    return this.#lists.take(true);
  }

  /** How long a header is only its end tells. */
  async #header(): Promise<PageHeader> {
    for (let size = 1 << 12;; size *= 4) {
      const bytes = await this.#window.peek(size);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const reader = { view, offset: 0 };
      try {
        const header = parquetHeader(reader);
        await this.#window.take(reader.offset);
        return header;
      } catch (error) {
        if (error instanceof Damage) throw error;
        if (bytes.length < size || size > mostHeader) throw new Damage("a page has no header");
      }
    }
  }

  #dictionaryOf(header: PageHeader, packed: Uint8Array): Texts {
    const { num_values, encoding } = header.dictionary_page_header ?? {};
    if (num_values === undefined) throw new Damage("a dictionary has no header");
    const bytes = unpack(packed, header.uncompressed_page_size, this.#codec);
    const isPlain = encoding === "PLAIN" || encoding === "PLAIN_DICTIONARY";
    return this.#texts(
      readValues(bytes, 0, num_values, isPlain ? "PLAIN" : encoding!, this.#column.width),
    );
  }

  #page(header: PageHeader, packed: Uint8Array): DataPage {
    const page = header.data_page_header;
    if (page === undefined) throw new Damage("a page has no header of its own");
    const count = this.#refuseCount(page);
    const bytes = unpack(packed, header.uncompressed_page_size, this.#codec);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    const levels = (most: number, encoding: string | undefined) => {
      if (most === 0) return undefined;
      if (encoding !== "RLE") throw new Damage(`its levels are encoded as ${encoding}`);
      if (from + 4 > bytes.length) throw new Damage("a page ends before its values do");
      const end = from + 4 + view.getUint32(from, true);
      const read = readRuns(bytes, from + 4, end, widthOf(most), count);
      from = end;
      return read;
    };
    const repetitions = levels(Number(this.#column.isList), page.repetition_level_encoding);
    const definitions = levels(this.#column.mostDefinition, page.definition_level_encoding);
    return { bytes, from, encoding: page.encoding, definitions, repetitions, count };
  }

  /** Of version 2 the levels are not packed. */
  #pageV2(header: PageHeader, packed: Uint8Array): DataPage {
    const page = header.data_page_header_v2;
    if (page === undefined) throw new Damage("a page has no header of its own");
    const count = this.#refuseCount(page);
    const { repetition_levels_byte_length: first, definition_levels_byte_length: second } = page;
    if (!(first >= 0 && second >= 0 && first + second <= packed.length)) {
      throw new Damage("a page ends before its levels do");
    }
    const { isList, mostDefinition } = this.#column;
    const repetitions = isList ? readRuns(packed, 0, first, 1, count) : undefined;
    const definitions = mostDefinition > 0
      ? readRuns(packed, first, first + second, widthOf(mostDefinition), count)
      : undefined;
    const rest = packed.subarray(first + second);
    const bytes = page.is_compressed === false
      ? rest
      : unpack(rest, header.uncompressed_page_size - first - second, this.#codec);
    return { bytes, from: 0, encoding: page.encoding, definitions, repetitions, count };
  }

  #refuseCount({ num_values: count }: Pick<DataPageHeader, "num_values">): number {
    if (count >= 0 && count <= this.#left && count <= mostValues) return count;
    throw new Damage(`a page claims ${count} values, expected at most ${this.#left}`);
  }

  #rowsOf(page: DataPage): Texts {
    const { definitions, repetitions, count } = page;
    const { mostDefinition, listDefinition } = this.#column;
    let filled = count;
    if (definitions !== undefined) {
      filled = 0;
      for (let n = 0; n < count; n++) filled += Number(definitions[n] === mostDefinition);
    }
    const texts = filled === 0 ? noTexts : this.#valuesOf(page, filled);
    const lists = this.#lists;
    if (lists === undefined) {
      if (filled === count) return texts;
      return spreadTexts(texts, (row) => definitions![row] === mostDefinition, count);
    }
    let next = 0;
    for (let n = 0; n < count; n++) {
      if (repetitions![n] === 0) lists.begin();
      const level = definitions![n];
      if (level === mostDefinition) lists.add(texts, next++);
      else if (level >= listDefinition) lists.addMissing();
    }
    return lists.take(false);
  }

  #valuesOf({ bytes, from, encoding }: DataPage, filled: number): Texts {
    if (encoding !== "PLAIN_DICTIONARY" && encoding !== "RLE_DICTIONARY") {
      return this.#texts(readValues(bytes, from, filled, encoding, this.#column.width));
    }
    if (this.#dictionary === undefined) throw new Damage("a page's dictionary is missing");
    if (from >= bytes.length) throw new Damage("a page ends before its values do");
    const indices = readRuns(bytes, from + 1, bytes.length, bytes[from], filled);
    return pickTexts(this.#dictionary, indices);
  }

  #texts(values: StoredValues): Texts {
    const kind = this.#column.kind!;
    return textsOf(asKind(values, kind.is), kind, this.#options);
  }
}

/** Parquet stores unsigned and half-precision numbers as something else. */
function asKind(values: StoredValues, is: string): StoredValues {
  if (is === "unsigned" && "numbers" in values) {
    const { numbers } = values;
    const { buffer, byteOffset, length } = numbers;
    if (numbers instanceof Int32Array) {
      return { numbers: new Uint32Array(buffer, byteOffset, length) };
    }
    if (numbers instanceof BigInt64Array) {
      return { numbers: new BigUint64Array(buffer, byteOffset, length) };
    }
  }
  if (is === "half" && !("numbers" in values)) {
    const { bytes, start } = values;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { numbers: Float32Array.from(start, (place) => view.getFloat16(place, true)) };
  }
  return values;
}

function widthOf(most: number): number {
  return 32 - Math.clz32(most);
}
