import { assertEquals } from "@std/assert";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { sha256 } from "../../data/sha256.ts";
import { writeParquetGroups } from "../../data/parquet.ts";

async function written(metadata?: Record<string, string>): Promise<Uint8Array<ArrayBuffer>> {
  const path = await Deno.makeTempFile();
  const columns = {
    userID: "int32",
    id: "string",
    "recall@5": "double",
    "diversity@5": "optional double",
    ranks: "int32 list",
  } as const;
  const groups = [
    { userID: [0, 1], id: ["a", "ö,🎧"], ranks: [[3], []] },
    { userID: [7], id: ["c"], ranks: [[70000, 1]] },
  ].map((group) => ({
    ...group,
    "recall@5": group.userID.map((user) => user / 3),
    "diversity@5": group.userID.map((user) => user === 1 ? undefined : user / 7),
  }));
  try {
    await writeParquetGroups(path, columns, groups, metadata);
    return await Deno.readFile(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("writeParquetGroups() writes numbers, missing ones, texts and lists of groups", async () => {
  const found = await parquetReadObjects({ file: (await written()).buffer });
  assertEquals(found, [
    { userID: 0, id: "a", "recall@5": 0, "diversity@5": 0, ranks: [3] },
    { userID: 1, id: "ö,🎧", "recall@5": 1 / 3, "diversity@5": null, ranks: [] },
    { userID: 7, id: "c", "recall@5": 7 / 3, "diversity@5": 1, ranks: [70000, 1] },
  ]);
});

Deno.test("writeParquetGroups() says what it was told, and the SHA-256 of it and of all rows", async () => {
  const bytes = await written({ split: "test" });
  const { key_value_metadata: metadata } = parquetMetadata(bytes.buffer);
  const footer = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  const rows = bytes.subarray(0, bytes.length - 8 - footer);
  const checksum = sha256([rows, JSON.stringify({ split: "test" })]);
  assertEquals(metadata, [{ key: "split", value: "test" }, { key: "checksum", value: checksum }]);
  assertEquals(parquetMetadata((await written()).buffer).key_value_metadata ?? [], []);
});
