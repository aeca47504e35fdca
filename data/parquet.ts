/**
 * Parquet files, written a group of rows at a time.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ParquetWriter as Writer } from "hyparquet-writer";
import { writePartsAtomically } from "./atomic_file.ts";

/** What a column holds: a value a row, which may be missing in an optional one, or a list of values. */
export type ParquetType =
  | "int32"
  | "double"
  | "optional double"
  | "string"
  | "int32 list"
  | "float list";

/** A group of rows: the values of each column, one a row. Lists must be arrays, not views of one. */
export type ParquetGroup = Readonly<Record<string, ArrayLike<unknown>>>;

/**
 * Rows of a group. The writer's time for a column of lists grows with the square of the group; much
 * smaller groups make larger files.
 */
export const groupRows = 5000;

type SchemaElement = ConstructorParameters<typeof Writer>[0]["schema"][number];

/**
 * Writes a Parquet file, uncompressed. It holds a group of rows at a time.
 *
 * @param path The file; its folder must exist.
 * @param columns What each column holds, by its name, in their order.
 * @param groups The rows, all groups of {@linkcode groupRows} but the last.
 * @param metadata Texts that the file says of itself, by their names (default: none). Where there are any, `checksum`
 * is the SHA-256 of all bytes before the file's footer and of these texts as JSON.
 * @throws {BandpassError} It cannot be written.
 * @example
 * ```ts
 * import { writeParquetGroups } from "./parquet.ts";
 * const path = `${await Deno.makeTempDir()}/users.parquet`;
 * const groups = [{ userID: [0, 1], "recall@5": [0.5, 1] }];
 * await writeParquetGroups(path, { userID: "int32", "recall@5": "double" }, groups);
 * ```
 */
export async function writeParquetGroups(
  path: string,
  columns: Readonly<Record<string, ParquetType>>,
  groups: Iterable<ParquetGroup> | AsyncIterable<ParquetGroup>,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  await writePartsAtomically(path, partsOf(columns, groups, metadata));
}

async function* partsOf(
  columns: Readonly<Record<string, ParquetType>>,
  groups: Iterable<ParquetGroup> | AsyncIterable<ParquetGroup>,
  metadata?: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const names = Object.keys(columns);
  const hash = createHash("sha256");
  const texts: { key: string; value: string }[] = [];
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: "root", num_children: names.length },
      ...names.flatMap((name) => schemaOf(name, columns[name])),
    ],
    codec: "UNCOMPRESSED",
    statistics: false,
    kvMetadata: texts,
  });
  for await (const group of groups) {
    parquet.write({
      columnData: names.map((name) => ({ name, data: group[name] as unknown[] })),
      rowGroupSize: groupRows,
    });
    const bytes = writer.getBytes();
    hash.update(bytes);
    yield bytes;
    // What is written is used again; its offset in the file goes on.
    writer.index = 0;
  }
  if (metadata !== undefined) {
    const checksum = hash.update(JSON.stringify(metadata)).digest("hex");
    const all = Object.entries({ ...metadata, checksum });
    texts.push(...all.map(([key, value]) => ({ key, value })));
  }
  parquet.finish();
  yield writer.getBytes();
}

function schemaOf(name: string, type: ParquetType): SchemaElement[] {
  const required = { name, repetition_type: "REQUIRED" } as const;
  switch (type) {
    case "int32":
      return [{ ...required, type: "INT32" }];
    case "double":
      return [{ ...required, type: "DOUBLE" }];
    case "optional double":
      return [{ name, repetition_type: "OPTIONAL", type: "DOUBLE" }];
    case "string":
      return [{
        ...{ ...required, type: "BYTE_ARRAY", converted_type: "UTF8" },
        logical_type: { type: "STRING" },
      }];
    case "int32 list":
    case "float list":
      return [
        { ...required, num_children: 1, converted_type: "LIST", logical_type: { type: "LIST" } },
        { name: "list", num_children: 1, repetition_type: "REPEATED" },
        { ...required, name: "element", type: type === "int32 list" ? "INT32" : "FLOAT" },
      ];
  }
}
