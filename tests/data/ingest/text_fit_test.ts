import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { latentSemantics } from "../../../algebra/latent_semantics.ts";
import {
  featuresOfTexts,
  readTextFit,
  type TextFit,
  writeTextFit,
} from "../../../data/ingest/text_fit.ts";
import { weighTerms } from "../../../data/ingest/tf_idf.ts";
import { DataError } from "../../../errors.ts";

const texts = ["red shoe", "Red hat", "größe hat hat", "shoe größe 猫", "猫 hat", "lone"];
const { matrix, terms, inverse } = weighTerms(texts);
const { values, columns, directions } = latentSemantics(matrix, 3);
const fit: TextFit = { textColumns: ["title", "brand, kind"], terms, inverse, directions };

Deno.test("featuresOfTexts() gives the dataset's texts the features that they have", () => {
  const found = featuresOfTexts(texts, fit);
  assertEquals(found.length, texts.length * columns);
  found.forEach((value, n) => assertAlmostEquals(value, values[n], 1e-6));
});

Deno.test("featuresOfTexts() gives zeros for a text without a known term", () => {
  assertEquals(featuresOfTexts(["lone wolf", ""], fit), new Float32Array(2 * columns));
});

Deno.test("readTextFit() gives what was written, and refuses what is not", async () => {
  const path = `${await Deno.makeTempDir()}/words_text.safetensors`;
  assertEquals(await readTextFit(path, columns), undefined);
  await writeTextFit(path, fit);
  assertEquals(await readTextFit(path, columns), fit);
  await assertRejects(() => readTextFit(path, columns + 1), DataError, `of ${columns + 1} columns`);
  const bytes = await Deno.readFile(path);
  bytes[bytes.length - 1] ^= 1;
  await Deno.writeFile(path, bytes);
  await assertRejects(() => readTextFit(path, columns), DataError, "it has changed");
});
