/**
 * Several files as one table: their columns have to be the same, and their rows go to one sink.
 *
 * @module
 */
import { DataError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { TablePart } from "./table_parts.ts";
import { copyBytes } from "./columnar/texts.ts";
import type { TableRow, TableSink } from "./table.ts";

const encoder = new TextEncoder();

/** Joins files. */
export class JoinedSink {
  readonly #name: string;
  readonly #sink: TableSink;
  /** The file that told the columns, and these. */
  #first:
    | { readonly path: string; readonly names: readonly string[]; readonly format: string }
    | undefined;
  /** The names that the sink knows: those, and those that folders have. */
  #names: readonly string[] = [];
  #wanted: readonly number[] = [];
  /** What the columns that the sink wants hold, and the file that says so. */
  readonly #kinds = new Map<string, { readonly kind: string; readonly path: string }>();

  /**
   * Makes it.
   *
   * @param name What the table is called, for messages.
   * @param sink What takes its rows.
   */
  constructor(name: string, sink: TableSink) {
    this.#name = name;
    this.#sink = sink;
  }

  /**
   * What takes the rows of a file.
   *
   * @param part The file.
   */
  of(part: TablePart): TableSink {
    let mapped: readonly (readonly [wanted: number, from: number])[] = [];
    let keys: readonly (readonly [wanted: number, text: Uint8Array])[] = [];
    let ownNames: readonly string[] = [];
    let own: PartColumns = { glances: [], ids: [] };
    let joined: TableRow | undefined;
    const sink = this.#sink;
    const late = (name: string, place: string) =>
      sink.lateColumn?.(name, `${place} of "${part.path}"`);
    return {
      columns: (names, format, line) => {
        if (this.#first === undefined) this.#begin(part, names, format, line);
        else {
          this.#refuseOthers(part, names, format);
          const others = names.filter((name) => !this.#names.includes(name));
          for (const name of others) late(name, "an object");
        }
        ownNames = names;
        const places = this.#wanted.map((place) => [place, this.#placeIn(names, place)] as const);
        mapped = places.filter(([, from]) => from >= 0);
        keys = places.filter(([, from]) => from < 0).map(([place]) =>
          [place, encoder.encode(part.keys.get(this.#names[place]) ?? "")] as const
        );
        const partPlaces = (all: readonly number[] | undefined) =>
          mapped.filter(([place]) => all?.includes(place)).map(([, from]) => from);
        own = { glances: partPlaces(sink.glances), ids: partPlaces(sink.ids) };
        const [start, end] = [0, 1].map(() => new Int32Array(this.#names.length));
        const codes = new Int32Array(this.#names.length);
        const distinct = new Array<undefined>(this.#names.length).fill(undefined);
        joined = { bytes: new Uint8Array(1 << 10), start, end, line, codes, distinct };
        return mapped.map(([, from]) => from);
      },
      get glances() {
        return own.glances;
      },
      get ids() {
        return own.ids;
      },
      keepsObjects: sink.keepsObjects,
      refusesLists: sink.refusesLists,
      kinds: (kinds) =>
        mapped.forEach(([, from]) => this.#refuseOtherKind(part, ownNames[from], kinds[from])),
      lateColumn: sink.lateColumn && late,
      row(row) {
        const into = joined!;
        into.line = row.line;
        into.place ??= (line) => `${row.place?.(line) ?? `line ${line}`} of "${part.path}"`;
        if (keys.length > 0) copyFields(row, mapped, keys, into);
        else {
          into.bytes = row.bytes;
          for (const [place, from] of mapped) {
            into.start[place] = row.start[from];
            into.end[place] = row.end[from];
          }
        }
        if (row.distinct !== undefined) copyCodes(row, mapped, into);
        sink.row(into);
      },
    };
  }

  #begin(part: TablePart, names: readonly string[], format: string, line: number): void {
    // What a file says of itself goes before the name of its folder.
    const keys = [...part.keys.keys()].filter((key) => !names.includes(key));
    this.#first = { path: part.path, names, format };
    this.#names = [...names, ...keys];
    try {
      this.#wanted = this.#sink.columns(this.#names, format, line);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      // It may be no table at all, but a note that lies beside them.
      throw new DataError(
        (words) => `${error.told(words).message} (the first file is "${part.path}")`,
        (words) => error.told(words).nextStep ?? "Name the files of the table with a pattern",
      );
    }
  }

  /** Names may be there twice; then they are known by their order. */
  #placeIn(names: readonly string[], place: number): number {
    const name = this.#names[place];
    return names[place] === name ? place : names.indexOf(name);
  }

  #refuseOthers(part: TablePart, names: readonly string[], format: string): void {
    const first = this.#first!;
    if (format !== first.format) {
      throw new DataError(
        `Cannot read "${this.#name}" as one table: "${first.path}" is ${first.format}, and ` +
          `"${part.path}" is ${format}`,
        "Name the files of one format with a pattern, such as 'FOLDER/*.parquet'",
      );
    }
    // The keys of NDJSON are those that its first objects happen to have.
    if (format === "NDJSON") return;
    const missing = first.names.find((name) => !names.includes(name));
    const other = names.find((name) => !first.names.includes(name));
    if (missing === undefined && other === undefined) return;
    throw new DataError(
      `Cannot read "${this.#name}" as one table: "${part.path}" has ${
        missing === undefined
          ? `the column "${excerpt(other!)}", which "${first.path}" has not`
          : `no column "${excerpt(missing)}", which "${first.path}" has`
      }`,
      "Give all files the same columns, or name those that have them with a pattern",
    );
  }

  /** Whole floating-point numbers read as integers do, and what is empty as anything does. */
  #refuseOtherKind({ path }: TablePart, name: string, what: string): void {
    const kind = what.replace("floating-point numbers", "integers");
    if (kind === "nothing") return;
    const first = this.#kinds.get(name);
    if (first === undefined) this.#kinds.set(name, { kind, path });
    else if (first.kind !== kind) {
      throw new DataError(
        `Cannot read "${this.#name}" as one table: the column "${
          excerpt(name)
        }" holds ${what} in ` +
          `"${path}", and ${first.kind} in "${first.path}"`,
        "Write the files again with the same types",
      );
    }
  }
}

interface PartColumns {
  readonly glances: readonly number[];
  readonly ids: readonly number[];
}

function copyCodes(
  { codes, distinct }: TableRow,
  mapped: readonly (readonly [number, number])[],
  into: TableRow,
): void {
  for (const [place, from] of mapped) {
    into.codes![place] = codes![from];
    into.distinct![place] = distinct![from];
  }
}

/** A row and the texts of its folders in one piece of bytes. */
function copyFields(
  row: TableRow,
  mapped: readonly (readonly [number, number])[],
  keys: readonly (readonly [number, Uint8Array])[],
  into: TableRow,
): void {
  let size = 0;
  for (const [, from] of mapped) size += row.end[from] - row.start[from];
  for (const [, text] of keys) size += text.length;
  if (size > into.bytes.length) into.bytes = new Uint8Array(2 * size);
  let at = 0;
  const copy = (place: number, bytes: Uint8Array, from: number, to: number) => {
    copyBytes(bytes, from, to, into.bytes, at);
    into.start[place] = at;
    into.end[place] = at += to - from;
  };
  for (const [place, from] of mapped) copy(place, row.bytes, row.start[from], row.end[from]);
  for (const [place, text] of keys) copy(place, text, 0, text.length);
}
