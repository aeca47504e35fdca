/**
 * What is kept of the texts of a dataset.
 *
 * @module
 */
import { readTextFit, textFitFile, writeTextFit } from "../../data/ingest/text_fit.ts";
import { type Format, ofText } from "./format.ts";

/** The file of a modality of texts. */
export const textFitFormat: Format = ofText({
  name: "text fit",
  file: textFitFile("words"),
  tokens: ['"text_columns":', '"terms":', '"directions":', "F32", "F64", "U32", "[]", "null"],
  async make(folder) {
    const path = `${folder}/${textFitFile("words")}`;
    await writeTextFit(path, {
      ...{ textColumns: ["title"], terms: ["red", "größe"] },
      ...{ inverse: Float64Array.of(1, 2), directions: new Float32Array(6) },
    });
    return [[await Deno.readFile(path)]];
  },
  read: async (folder) => void await readTextFit(`${folder}/${textFitFile("words")}`, 3),
});
