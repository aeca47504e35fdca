import { assertEquals, assertRejects } from "@std/assert";
import { readEncoded, writeEncoded } from "../../../data/encode/encoded_file.ts";
import { IdTable } from "../../../data/ingest/id_table.ts";
import { ingestFeatures } from "../../../data/ingest/item_features.ts";
import { indexItems } from "../../../data/ingest/item_index.ts";
import { writeSafetensors } from "../../../data/safetensors.ts";
import { DataError } from "../../../errors.ts";

const rows = [new Float32Array([1, 2]), new Float32Array([3, 5])];
const head = { ids: ["b", "é"], columns: 2, provenance: { encoder: "x" } };

async function withPath(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/a.safetensors`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readEncoded() gives what writeEncoded() was given", () =>
  withPath(async (path) => {
    await writeEncoded(path, head, rows);
    assertEquals(await readEncoded(path), { ...head, values: new Float32Array([1, 2, 3, 5]) });
  }));

Deno.test("readEncoded() refuses damage, an item twice, and files of others", () =>
  withPath(async (path) => {
    await writeEncoded(path, head, rows);
    const bytes = await Deno.readFile(path);
    bytes[bytes.length - 1] ^= 1;
    await Deno.writeFile(path, bytes);
    await assertRejects(() => readEncoded(path), DataError, "it has changed");
    await writeEncoded(path, { ...head, ids: ["b", "b"] }, rows);
    await assertRejects(() => readEncoded(path), DataError, 'two rows of the item "b"');
    const tensors = new Map([["features", { shape: [1, 1], values: new Float32Array(1) }]]);
    await writeSafetensors(path, { metadata: { ids: '["a"]', encoding: "{}" }, tensors });
    await assertRejects(() => readEncoded(path), DataError, "not a file of encoded features");
  }));

Deno.test("ingestFeatures() matches encoded features by their ids, and keeps how they came to be", () =>
  withPath(async (path) => {
    await writeEncoded(path, { ...head, ids: ["b", "x"] }, rows);
    const ids = new IdTable();
    for (const id of "abc") ids.intern(new TextEncoder().encode(id), 0, 1);
    const items = indexItems(ids, new Uint32Array([0, 1]));
    const features = await ingestFeatures({ name: "image", path }, items, "item");
    assertEquals([...features.modality.values], [1, 2, 1, 2]);
    assertEquals([features.missing, features.unknown], [1, 1]);
    assertEquals(features.encoding, { encoder: "x" });
    assertEquals(features.sources[0].name, path);
  }));
