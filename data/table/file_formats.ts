/**
 * Formats that are told by their first bytes and are not text, and how to make a table of each.
 *
 * @module
 */
import { DataError, type Message } from "../../errors.ts";

interface Format {
  /** The bytes that tell it; a string stands for its characters. */
  readonly magic: string | readonly number[];
  /** Where they are. */
  readonly at?: number;
  readonly what: string;
  readonly nextStep: Message;
}

const utf16 = "Convert it: iconv -f UTF-16 -t UTF-8 FILE > CONVERTED";
const pandas = (reader: string) =>
  `Convert it in Python: pandas.${reader}("FILE").to_csv("FILE.csv", index=False)`;

const formats: readonly Format[] = [
  {
    magic: [0x50, 0x4b, 0x03, 0x04],
    what: "a zip archive (Excel and PyTorch files and NumPy's .npz are zip archives too)",
    nextStep:
      "Unpack it with unzip FILE and name the table inside; save a sheet of Excel as CSV, " +
      "and vectors with numpy.save as .npy",
  },
  ...["PAR1", "PARE"].map((magic) => ({
    magic,
    what: "a Parquet file",
    nextStep:
      "A table in Parquet is read from a file, and neither from a pipe nor in gzip, as what it " +
      `holds is told at its end. Where a list is expected: ${pandas("read_parquet")}`,
  })),
  {
    magic: "ARROW1\0\0",
    what: "an Arrow (Feather) file",
    nextStep: pandas("read_feather"),
  },
  {
    magic: "SQLite format 3\0",
    what: "a SQLite database",
    nextStep: 'Write a table of it: sqlite3 -header -csv FILE "SELECT * FROM TABLE" > FILE.csv',
  },
  {
    magic: [0x89, 0x48, 0x44, 0x46],
    what: "an HDF5 file",
    nextStep: "Write its table as CSV, or its matrix with numpy.save as .npy",
  },
  {
    magic: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
    what: "a NumPy array",
    nextStep: ({ setting }) =>
      `It holds features: give it a name that ends in .npy, and use it with ${setting("features")}`,
  },
  ...[2, 3, 4, 5].map((version) => ({
    magic: [0x80, version],
    what: "a Python pickle",
    nextStep: `${pandas("read_pickle")}, if it holds a data frame; a pickle can run code, ` +
      "so open only those that you trust",
  })),
  { magic: "1AY&SY", at: 4, what: "a bzip2 file", nextStep: "Unpack it: bzip2 -dk FILE" },
  {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    what: "an xz file",
    nextStep: "Unpack it: xz -dk FILE",
  },
  {
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    what: "a Zstandard file",
    nextStep: "Unpack it: zstd -d FILE",
  },
  {
    magic: [0x1f, 0x9d],
    what: "a compress (.Z) file",
    nextStep: "Unpack it: gzip -dc FILE > FILE.csv",
  },
  { magic: [0x04, 0x22, 0x4d, 0x18], what: "an LZ4 file", nextStep: "Unpack it: lz4 -d FILE" },
  {
    magic: [0x1f, 0x8b],
    what: "gzip data",
    nextStep: "Unpack it twice: gzip -dc FILE | gzip -dc > FILE.csv",
  },
  { magic: "Rar!", what: "a RAR archive", nextStep: "Unpack it: unrar x FILE" },
  {
    magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
    what: "a 7-Zip archive",
    nextStep: "Unpack it: 7z x FILE",
  },
  {
    magic: "ustar",
    at: 257,
    what: "a tar archive",
    nextStep: "Unpack it with tar -xf FILE, and name the table inside",
  },
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0],
    what: "an Excel or other Office file",
    nextStep: "Save its sheet as CSV in UTF-8",
  },
  { magic: "FEA1", what: "a Feather file", nextStep: pandas("read_feather") },
  { magic: "Obj\x01", what: "an Avro file", nextStep: "Write its records as NDJSON or CSV" },
  ...["RDX2\n", "RDX3\n", "RDA2\n", "RDA3\n"].map((magic) => ({
    magic,
    what: "an R data file",
    nextStep: 'Write a table of it in R: write.csv(TABLE, "FILE.csv", row.names = FALSE)',
  })),
  { magic: "%PDF-", what: "a PDF file", nextStep: "Write its table as CSV" },
  {
    magic: "version https://git-lfs",
    what: "a Git LFS pointer, not the file itself",
    nextStep: "Fetch the file: git lfs pull",
  },
  ...["<!doctype", "<!DOCTYPE", "<html", "<HTML", "<?xml"].map((magic) => ({
    magic,
    what: "a web page or XML",
    nextStep:
      "Download the file itself; the address may need a login, or the raw file may have another link",
  })),
  { magic: [0xff, 0xfe], what: "UTF-16 text", nextStep: utf16 },
  { magic: [0xfe, 0xff], what: "UTF-16 text", nextStep: utf16 },
];

const lineFeed = 10;

/** So many bytes tell each format. */
export const formatBytes = 512;

/**
 * Refuses bytes that are of a known format other than text.
 *
 * @param name Where they come from.
 * @param bytes The first {@linkcode formatBytes}, or all where there are fewer.
 * @param packed Whether they were in a gzip file.
 * @throws {DataError} They are; the message says how to make a table of it.
 * @example
 * ```ts
 * import { refuseFormat } from "./file_formats.ts";
 * refuseFormat("clicks.csv", new TextEncoder().encode("user,item\n"));
 * ```
 */
export function refuseFormat(name: string, bytes: Uint8Array, packed = false): void {
  const found = formats.find(({ magic, at = 0 }) => {
    const wanted = typeof magic === "string"
      ? Array.from(magic, (letter) => letter.charCodeAt(0))
      : magic;
    return wanted.every((byte, n) => bytes[at + n] === byte);
  }) ?? unknownFormat(bytes);
  if (found === undefined) return;
  throw new DataError(
    `Cannot read "${name}": found ${found.what}${
      packed ? " in the gzip file" : ""
    }, expected CSV, ` +
      "TSV or NDJSON in UTF-8",
    found.nextStep,
  );
}

/** No names of columns hold zeros: with one beside each letter they are UTF-16. Ids may. */
function unknownFormat(bytes: Uint8Array): Omit<Format, "magic"> | undefined {
  const start = bytes.subarray(0, formatBytes);
  const lineEnd = start.indexOf(lineFeed);
  if (!start.subarray(0, lineEnd < 0 ? start.length : lineEnd).includes(0)) return undefined;
  const [even, odd] = [0, 1].map((parity) => start.filter((_, n) => n % 2 === parity));
  for (const [order, letters, zeros] of [["BE", odd, even], ["LE", even, odd]] as const) {
    const isText = 2 * zeros.filter((byte) => byte === 0).length > zeros.length &&
      !letters.includes(0);
    if (!isText) continue;
    const nextStep = `Convert it: iconv -f UTF-16${order} -t UTF-8 FILE > CONVERTED`;
    return { what: "UTF-16 text", nextStep };
  }
  return {
    what: "zero bytes",
    nextStep: "Write its table as CSV, TSV or NDJSON in UTF-8",
  };
}
