import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { readChecked, writeChecked } from "../../../data/checked_safetensors.ts";
import { latentSemantics } from "../../../algebra/latent_semantics.ts";
import {
  featuresOfTexts,
  readTextFit,
  type TextFit,
  writeTextFit,
} from "../../../data/ingest/text_fit.ts";
import { fitTexts } from "../../../data/ingest/fit_texts.ts";
import { weighTerms } from "../../../data/ingest/tf_idf.ts";
import { DataError } from "../../../errors.ts";

const texts = ["red shoe", "Red hat", "größe hat hat", "shoe größe 猫", "猫 hat", "lone"];
const textColumns = ["title", "brand, kind"];
const { terms, termsAre, inverse, directions, values, columns } = fitTexts(texts, 3);
const fit: TextFit = { textColumns, terms, termsAre, inverse, directions };

Deno.test("featuresOfTexts() gives the dataset's texts the features that they have", () => {
  const found = featuresOfTexts(texts, fit);
  assertEquals(found.length, texts.length * columns);
  found.forEach((value, n) => assertAlmostEquals(value, values[n], 1e-6));
});

Deno.test("featuresOfTexts() goes by whole words where these were learnt", () => {
  const { matrix, terms, inverse } = weighTerms(texts);
  const { values, directions } = latentSemantics(matrix, 3);
  const former = { terms, termsAre: "words", inverse, directions } as const;
  featuresOfTexts(texts, former).forEach((value, n) => assertAlmostEquals(value, values[n], 1e-6));
  assertEquals(featuresOfTexts(["hats"], former), new Float32Array(3));
  assertEquals(featuresOfTexts(["hats"], fit).some((value) => value !== 0), true);
});

Deno.test("featuresOfTexts() gives zeros for a text without a known term", () => {
  assertEquals(featuresOfTexts(["wolf", ""], fit), new Float32Array(2 * columns));
});

Deno.test("readTextFit() gives what was written, and refuses what is not", async () => {
  const path = `${await Deno.makeTempDir()}/words_text.safetensors`;
  assertEquals(await readTextFit(path, columns), undefined);
  await writeTextFit(path, fit);
  assertEquals(await readTextFit(path, columns), fit);
  // Former versions did not write what terms are, which were words.
  const { metadata, tensors } = await readChecked(path);
  await writeChecked(path, { metadata: { text_columns: metadata.text_columns }, tensors });
  assertEquals((await readTextFit(path, columns))?.termsAre, "words");
  await assertRejects(() => readTextFit(path, columns + 1), DataError, `of ${columns + 1} columns`);
  const bytes = await Deno.readFile(path);
  bytes[bytes.length - 1] ^= 1;
  await Deno.writeFile(path, bytes);
  await assertRejects(() => readTextFit(path, columns), DataError, "it has changed");
});
