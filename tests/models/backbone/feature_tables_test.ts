import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Memory } from "../../../gpu/memory.ts";
import { madeDataset } from "../../datasets.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { DataError, UsageError } from "../../../errors.ts";
import { neighboursOf, preparedModalities } from "../../../models/backbone/feature_tables.ts";

Deno.test("neighboursOf() takes one number, or one per modality", () => {
  const names = ["audio", "image"];
  assertEquals([...neighboursOf("7", names)], [["audio", 7], ["image", 7]]);
  assertEquals([...neighboursOf("image=40", names)], [["audio", 10], ["image", 40]]);
  assertEquals([...neighboursOf("image=40,audio=3", names)], [["audio", 3], ["image", 40]]);
  for (const wrong of ["", "x", "0", "1001", "2.5", "image=", "image=x", "image=3,"]) {
    assertThrows(() => neighboursOf(wrong, names), UsageError, "neighbours");
  }
  const error = assertThrows(() => neighboursOf("imgae=3", names), UsageError);
  assertEquals(error.nextStep, 'There is no modality "imgae"; did you mean "image"?');
});

const noRows = { users: new Uint32Array(), items: new Uint32Array() };
const splits = { train: noRows, valid: noRows, test: noRows };
const ids = madeDataset({ name: "ids", users: 1, items: 4, ...splits, modalities: [] });
const settings = {
  features: "frozen",
  standardise: false,
  feature_dim: 2,
  neighbours: "10",
} as const;

Deno.test("preparedModalities() refuses a dataset without features", async () => {
  const memory = new Memory(await testGpu());
  await assertRejects(
    () => preparedModalities({ memory, dataset: ids, settings }, "smore"),
    DataError,
    '"ids"',
  );
});

Deno.test("preparedModalities() reduces wide modalities, and says what that keeps", async () => {
  const memory = new Memory(await testGpu());
  const wide = new Float32Array([1, 0, 0, 0, 2, 0, 3, 1, 0, 0, 0, 0]);
  const modalities = [
    { name: "image", rows: 4, columns: 3, values: wide },
    { name: "text", rows: 4, columns: 2, values: new Float32Array(8) },
  ];
  const notes: string[] = [];
  const note = (text: string) => notes.push(text);
  const [image, text] = await preparedModalities(
    { memory, dataset: { ...ids, modalities }, settings, note },
    "smore",
  );
  assertEquals(image.columns, 2);
  assertEquals(text, modalities[1]);
  assertEquals(notes, [
    "image: 2 principal components of 3 columns keep 100.00 % of the variance",
  ]);
});
