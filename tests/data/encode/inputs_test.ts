import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { imageFormat } from "../../../data/encode/image_format.ts";
import { folderInputs, imagePath, readImage } from "../../../data/encode/image_inputs.ts";
import { tableInputs } from "../../../data/encode/table_inputs.ts";
import { DataError, UsageError } from "../../../errors.ts";

/** A folder with files. */
async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempDir();
  try {
    for (const [name, contents] of Object.entries(files)) {
      const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
      await Deno.writeFile(`${path}/${name}`, bytes);
    }
    await use(path);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

const png = Uint8Array.from("\x89PNG\r\n\x1a\n", (letter) => letter.charCodeAt(0));

Deno.test("folderInputs() finds images by the names of their items, in one order", () =>
  withFiles({ "b.2.PNG": "", "a.jpeg": "", "c.webp": "", "Thumbs.db": "" }, async (path) => {
    const found = await folderInputs(path, (id) => id !== "c");
    assertEquals(found.inputs, [
      { id: "a", content: `${path}/a.jpeg` },
      { id: "b.2", content: `${path}/b.2.PNG` },
    ]);
    assertEquals(found.unknown, 1);
    assertEquals(found.remarks, [
      'Left out: "Thumbs.db", which is no image',
    ]);
  }));

Deno.test("folderInputs() refuses two images of one item, and a folder without any", async () => {
  await withFiles({ "a.jpg": "", "a.png": "" }, async (path) => {
    await assertRejects(() => folderInputs(path), DataError, '"a.jpg" and "a.png" are both');
  });
  await withFiles({ "a.txt": "" }, async (path) => {
    await assertRejects(() => folderInputs(path), DataError, "found no images");
    await assertRejects(() => folderInputs(`${path}/a.txt`), DataError, "a.txt");
  });
});

Deno.test("readImage() says why a file is no image", () =>
  withFiles({ "a.png": png, "b.png": "", "c.svg": "<svg/>" }, async (path) => {
    assertEquals(await readImage(`${path}/a.png`), png);
    for (
      const [name, reason] of [
        ["b.png", "it is empty, expected JPEG, PNG, WebP, GIF"],
        ["c.svg", "it is no image, expected JPEG"],
        ["d.png", "does not exist"],
        [".", "it is a folder"],
      ]
    ) await assertRejects(() => readImage(`${path}/${name}`), DataError, reason);
  }));

Deno.test("imagePath() goes from the table's folder, and never out of it", () => {
  assertEquals(imagePath("a/b.png", "/shop"), "/shop/a/b.png");
  assertEquals(imagePath("a/../..b.png", "/shop"), "/shop/..b.png");
  assertEquals(imagePath("/shop/a/b.png", "/shop"), "/shop/a/b.png");
  assertEquals(imagePath("/b.png", "/"), "/b.png");
  for (const path of ["../b.png", "/b.png", "/shop/../b.png", "a/../../b.png", "/shops/b.png"]) {
    assertThrows(() => imagePath(path, "/shop"), DataError, "it is not in");
  }
  assertThrows(() => imagePath("https://a/b.png", "/shop"), DataError, "it is an address");
});

Deno.test("imageFormat() tells formats by their first bytes", () => {
  const of = (text: string) => imageFormat(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  assertEquals(of("\xff\xd8\xff\xe0"), "JPEG");
  assertEquals(of("RIFF0000WEBPVP8 "), "WebP");
  for (const text of ["", "RIFF0000WAVE", "%PDF", "II*\0"]) assertEquals(of(text), undefined);
});

const reading = { option: "text", form: "FILE#ID_COLUMN:COLUMN", itemColumn: "item" };

Deno.test("tableInputs() takes each item's first row, and counts what is empty", () =>
  withFiles({ "a.csv": "id,t,u\na,x,y\nb,,\na,z,z\nc, ,w\nd,v,\n" }, async (folder) => {
    const path = `${folder}/a.csv`;
    const options = { ...reading, isWanted: (id: string) => id !== "d" };
    const found = await tableInputs({ path, columns: ["t", "u"] }, options);
    assertEquals(found.inputs, [{ id: "a", content: "x y" }, { id: "c", content: "w" }]);
    assertEquals([found.empty, found.unknown, found.repeated], [["b"], 1, 1]);
    const named = await tableInputs({ path, idColumn: "t", columns: ["u"] }, reading);
    assertEquals(named.inputs[0], { id: "x", content: "y" });
    assertEquals(named.rowsAre, 'by the column "t"');
  }));

Deno.test("tableInputs() refuses a column that is not there, and ids that it cannot tell", () =>
  withFiles({ "a.csv": "x,t\na,b\n" }, async (folder) => {
    const path = `${folder}/a.csv`;
    const columns = ["t"];
    await assertRejects(() => tableInputs({ path, columns }, reading), DataError, "holds the item");
    const table = { path, idColumn: "x", columns: ["title"] };
    await assertRejects(() => tableInputs(table, reading), UsageError, '"title"');
  }));
