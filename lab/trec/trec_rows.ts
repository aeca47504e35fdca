/**
 * Lines of TREC's files: words with white space between them.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { excerpt } from "../../data/excerpt.ts";
import { ByteSource } from "../../data/table/byte_source.ts";
import { DataError } from "../../errors.ts";

/** What a line of a file is made of. */
export interface TrecForm {
  /** What the file is, for messages. */
  readonly what: string;
  /** A line of it, for messages. */
  readonly line: string;
  /** How many words a line has. */
  readonly words: number;
}

/** A file that is read, for messages. */
export interface TrecPlace {
  /** The file. */
  readonly path: string;
  /** The line, counted from 1. */
  readonly line: number;
}

/**
 * The words of each line; blank lines do not count. The file may be gzipped.
 *
 * @param path The file.
 * @param form What its lines are made of.
 * @param read Told of each line.
 * @throws {DataError} It cannot be read, is not UTF-8, or a line has another number of words.
 */
export async function readTrecRows(
  path: string,
  form: TrecForm,
  read: (words: readonly string[], place: TrecPlace) => void,
): Promise<void> {
  let line = 0;
  const readLine = (text: string) => {
    line++;
    const words = text.split(/\s+/).filter((word) => word !== "");
    if (words.length === form.words) return read(words, { path, line });
    if (words.length === 0) return;
    throw new DataError(
      `Cannot read ${form.what} "${path}": line ${line} has ${counted(words.length, "word")}, ` +
        `expected ${form.words} ("${form.line}"): "${excerpt(text)}"`,
      "Write white space in ids as %20, and each line in this form",
    );
  };
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  const decode = (bytes?: Uint8Array) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new DataError(
        `Cannot read ${form.what} "${path}": it is not UTF-8, about line ${line + 1}`,
        "Convert the file, for example: iconv -f LATIN1 -t UTF-8 FILE > CONVERTED",
      );
    }
  };
  for await (const block of new ByteSource(path).blocks()) {
    const lines = (rest + decode(block)).split("\n");
    rest = lines.pop()!;
    lines.forEach(readLine);
  }
  readLine(rest + decode());
}
