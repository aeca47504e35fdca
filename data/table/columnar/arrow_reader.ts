/**
 * Arrow as tables, a batch of rows at a time: the stream, and the file (Feather 2), which is a stream
 * between two marks (https://arrow.apache.org/docs/format/Columnar.html#format-ipc).
 *
 * Flechette, which writes Arrow here, reads it whole, and none that is compressed, as pandas does.
 *
 * @module
 */
import { BandpassError } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { TableSink } from "../table.ts";
import type { TableSize } from "../table_reader.ts";
import { ArrowBatch } from "./arrow_batch.ts";
import { continuation, fileMagic, isArrowFile, mostMetadata } from "./arrow_magic.ts";
import { type ArrowColumn, arrowColumn, type ArrowField, arrowFields } from "./arrow_schema.ts";
import { ByteQueue } from "./byte_queue.ts";
import { chooseColumns, type ChosenColumns, ColumnarRows, noColumns } from "./columnar_rows.ts";
import { FlatTable } from "./flat_buffer.ts";
import { damaged, inexactId } from "./refusals.ts";
import { Damage, type Texts, writeTexts } from "./texts.ts";
import { InexactId } from "./value_texts.ts";

const headers = { schema: 1, dictionary: 2, batch: 3 };

/** What is damaged where no part of it is known to be. */
const wholeFile = "the Arrow file";

/**
 * Reads Arrow.
 *
 * @param name Where it comes from, for messages.
 * @param blocks Its bytes.
 * @param sink What takes its rows.
 * @throws {DataError} It is damaged or cut off; a column that is wanted cannot be read. Whatever the
 * sink throws.
 */
export async function readArrow(
  name: string,
  blocks: AsyncGenerator<Uint8Array>,
  sink: TableSink,
): Promise<TableSize> {
  const reader = new ArrowReader(name, sink, new ByteQueue(blocks));
  return await reader.read();
}

class ArrowReader {
  readonly #name: string;
  readonly #sink: TableSink;
  readonly #queue: ByteQueue;
  readonly #size = { rows: 0, blankLines: 0 };
  readonly #dictionaries = new Map<number, Texts>();
  /** The first row of each batch, counted from 1. */
  readonly #firstRows: number[] = [];
  #fields: readonly ArrowField[] = [];
  #chosen: ChosenColumns<ArrowColumn> | undefined;
  #rows: ColumnarRows | undefined;

  constructor(name: string, sink: TableSink, queue: ByteQueue) {
    this.#name = name;
    this.#sink = sink;
    this.#queue = queue;
  }

  async read(): Promise<TableSize> {
    const isInFile = isArrowFile(await this.#within(() => this.#queue.peek(8)));
    if (isInFile) await this.#queue.take(8);
    while (await this.#within(() => this.#readMessage()));
    if (this.#chosen === undefined) throw damaged(this.#name, wholeFile, "it has no schema");
    if (isInFile && !isArrowFile(await this.#queue.lastBytes(fileMagic.length))) {
      throw damaged(this.#name, wholeFile, `the file does not end in ${fileMagic}`);
    }
    return { ...this.#size, lastLineEnds: true, remarks: this.#chosen.remarks };
  }

  /** Reads a message; whether there was one. */
  async #readMessage(): Promise<boolean> {
    const queue = this.#queue;
    // A stream may end with its last message, or say that it does.
    if (await queue.isAtEnd()) return false;
    let length = await queue.integer();
    if (length === continuation) length = await queue.integer();
    if (length === 0) return false;
    if (length > mostMetadata) throw new Damage(`a message claims ${length} bytes`);
    const message = FlatTable.of(await queue.take(length));
    const [version, type, header, bodyLength] = [
      message.short(0),
      message.byte(1),
      message.table(2),
      message.long(3),
    ];
    const body = await queue.take(bodyLength);
    if (header === undefined) throw new Damage("a message has no header");
    if (type === headers.schema) this.#begin(header);
    else if (type === headers.dictionary) this.#addDictionary(header, body, version);
    else if (type === headers.batch) await this.#readBatch(header, body, version);
    else throw new Damage(`a message is of the type ${type}, expected rows`);
    return true;
  }

  #begin(schema: FlatTable): void {
    if (this.#chosen !== undefined) throw new Damage("it has two schemas");
    this.#fields = arrowFields(schema);
    if (this.#fields.length === 0) throw noColumns(this.#name);
    const columns = this.#fields.map(arrowColumn);
    this.#chosen = chooseColumns(this.#name, columns, this.#sink, "Arrow");
    const place = (row: number) =>
      `row ${row} (batch ${this.#firstRows.filter((first) => first <= row).length})`;
    this.#rows = new ColumnarRows(this.#sink, this.#size, this.#chosen.count, place);
  }

  /** Of dictionaries only those of wanted columns are looked at. */
  #addDictionary(header: FlatTable, body: Uint8Array, version: number): void {
    const id = header.long(0);
    const wanted = this.#chosen?.wanted.find(({ column }) => column.field.dictionary?.id === id);
    const data = header.table(1);
    if (wanted === undefined || data === undefined) return;
    const { column: { field }, options } = wanted;
    const batch = new ArrowBatch(data, body, version, this.#dictionaries);
    const texts = batch.texts({ ...field, dictionary: undefined }, options);
    const before = header.byte(2) !== 0 ? this.#dictionaries.get(id) : undefined;
    this.#dictionaries.set(id, before === undefined ? texts : joinTexts(before, texts));
  }

  async #readBatch(header: FlatTable, body: Uint8Array, version: number): Promise<void> {
    if (this.#chosen === undefined) throw new Damage("it has rows before its schema");
    const batch = new ArrowBatch(header, body, version, this.#dictionaries);
    this.#firstRows.push(this.#size.rows + 1);
    const columns = new Map<number, { next: () => Texts | undefined }>();
    for (const field of this.#fields) {
      const wanted = this.#chosen.wanted.find(({ column }) => column.field === field);
      if (wanted === undefined) {
        batch.skip(field);
        continue;
      }
      const { place, options, column: { name } } = wanted;
      let texts: Texts | undefined = await this.#within(
        () => batch.texts(field, options),
        `column "${excerpt(name)}"`,
      );
      const next = () => {
        const once = texts;
        texts = undefined;
        return once;
      };
      columns.set(place, { next });
    }
    await this.#rows!.take(columns, batch.rows, (_, read) => this.#within(read));
  }

  async #within<T>(read: () => T | Promise<T>, what = wholeFile): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (error instanceof BandpassError) throw error;
      const batch = Math.max(1, this.#firstRows.length);
      const where = what === wholeFile ? what : `batch ${batch}, ${what}`;
      if (error instanceof InexactId) throw inexactId(this.#name, where, error);
      if (!(error instanceof Damage || error instanceof RangeError)) throw error;
      throw damaged(this.#name, where, error.message);
    }
  }
}

/** A dictionary, and what is added to it. */
function joinTexts(first: Texts, second: Texts): Texts {
  const all = [first, second].flatMap((texts) =>
    Array.from(texts.start, (from, n) => texts.bytes.subarray(from, texts.end[n]))
  );
  return writeTexts(all.length, (writer, n) => writer.copy(all[n], 0, all[n].length));
}
