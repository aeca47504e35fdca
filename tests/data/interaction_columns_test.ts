import fc from "fast-check";
import { assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { writeChecked } from "../../data/checked_safetensors.ts";
import { contentHashes } from "../../data/content_hashes.ts";
import { readDataset } from "../../data/folder.ts";
import { writeDataset } from "../../data/ingest/write_dataset.ts";
import { columnsFile, readInteractionColumns } from "../../data/interaction_columns.ts";
import { sha256OfFile } from "../../data/sha256.ts";
import { DataError } from "../../errors.ts";
import { holds } from "../properties/seeded.ts";

/** Labels of a user's rows: a train row, and others. */
const users = fc.array(fc.array(fc.nat(2), { maxLength: 6 }), { minLength: 1, maxLength: 9 });

async function withShop(
  labels: readonly (readonly number[])[],
  use: (folder: string, text: string, columns: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    const folder = `${directory}/shop`;
    const items = Math.max(...labels.map(({ length }) => length)) + 1;
    const rows = labels.map((of) => [0, ...of]);
    await writeDataset(folder, {
      name: "shop",
      rows: {
        start: Uint32Array.from(
          rows.reduce((start, of) => [...start, start.at(-1)! + of.length], [0]),
        ),
        items: Uint32Array.from(rows.flatMap((of) => [...of.keys()])),
        times: Float64Array.from(rows.flat(), (_, n) => 1.4e9 + n),
      },
      labels: Uint8Array.from(rows.flat()),
      userIds: rows.map((_, user) => `u${user}`),
      itemIds: Array.from({ length: items }, (_, item) => `i${item}`),
      modalities: [],
      description: {},
    }, false);
    await use(folder, `${folder}/shop.inter`, `${folder}/${columnsFile}`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("readDataset() reads the same dataset from the columns as from the text", () =>
  holds(
    20,
    fc.asyncProperty(users, (labels) =>
      withShop(labels, async (folder, text, columns) => {
        const told: string[] = [];
        const [fromColumns, read] = [
          await readDataset(folder, (note) => told.push(note)),
          await readInteractionColumns(text),
        ];
        await Deno.remove(columns);
        const fromText = await readDataset(folder);
        assertNotEquals(read, undefined);
        assertEquals(told, []);
        for (const split of ["train", "valid", "test"] as const) {
          assertEquals(read![split], fromText[split]);
          assertEquals(fromColumns[split], fromText[split]);
        }
        assertEquals([read!.users, read!.items], [fromText.users, fromText.items]);
        assertEquals(contentHashes(fromColumns), contentHashes(fromText));
      })),
  ));

Deno.test("readDataset() reads the text where it was changed, and says so", () =>
  withShop([[1, 2], [0]], async (folder, text, columns) => {
    const before = await Deno.readTextFile(text);
    // Of the same size.
    await Deno.writeTextFile(text, before.replace(/1\n/, "0\n"));
    const told: string[] = [];
    const { train, valid } = await readDataset(folder, (note) => told.push(note));
    assertEquals([train.users.length, valid.users.length], [4, 0]);
    assertEquals(told.length, 1);
    assertStringIncludes(told[0], `"${text}" was changed after "${columnsFile}" was made of it`);
    assertStringIncludes(told[0], `delete "${columns}"`);
    await Deno.writeTextFile(text, before);
    assertEquals((await readDataset(folder)).valid.users.length, 1);
    await Deno.remove(columns);
    assertEquals((await readDataset(folder)).valid.users.length, 1);
  }));

Deno.test("readInteractionColumns() refuses columns that were damaged, and those of somebody else", () =>
  withShop([[1, 2], [0]], async (folder, text, columns) => {
    const bytes = await Deno.readFile(columns);
    const refusal = async (what: string) => {
      const error = await assertRejects(() => readDataset(folder), DataError, what) as DataError;
      assertEquals(error.nextStep, "Delete it: the .inter file beside it holds the same rows");
    };
    await Deno.writeFile(columns, bytes.with(bytes.length - 1, 1));
    await refusal("its bytes do not match its checksum");
    await Deno.writeFile(columns, bytes.subarray(0, 40));
    await refusal(columnsFile);
    const text_sha256 = await sha256OfFile(text);
    const metadata = { format: "bandpass interactions 1", text_sha256, users: "2", items: "3" };
    await writeChecked(columns, { metadata: { ...metadata, format: "x" }, tensors: new Map() });
    await refusal('its format is "x"');
    await writeChecked(columns, { metadata, tensors: new Map() });
    await refusal('it has no "train.users"');
    const values = Uint32Array.of(0, 7);
    const tensors = new Map(
      ["users", "items"].map((side) => [`train.${side}`, { shape: [2], values }]),
    );
    await writeChecked(columns, { metadata, tensors });
    await refusal('"train.users" holds no indices of users');
  }));
