/**
 * The columns of a dataset's interactions.
 *
 * @module
 */
import {
  columnsFile,
  readInteractionColumns,
  writeInteractionColumns,
} from "../../data/interaction_columns.ts";
import { readInteractions } from "../../data/interactions.ts";
import { type Format, ofText } from "./format.ts";

const inter = "a.inter";

/** The file beside an `.inter` file. */
export const interactionsFormat: Format = ofText({
  name: "interaction columns",
  file: columnsFile,
  tokens: ['"text_sha256":', '"users":"', '"train.users":', "U32", "F32", "[0]", "[1]", "null"],
  async make(folder) {
    await Deno.writeTextFile(`${folder}/${inter}`, text);
    const interactions = await readInteractions(`${folder}/${inter}`);
    await writeInteractionColumns(`${folder}/${inter}`, interactions);
    return [[await Deno.readFile(`${folder}/${columnsFile}`)]];
  },
  async read(folder) {
    await Deno.writeTextFile(`${folder}/${inter}`, text);
    await readInteractionColumns(`${folder}/${inter}`);
  },
});

const text = "userID\titemID\tx_label\n0\t0\t0\n1\t2\t0\n0\t1\t1\n1\t0\t2\n";
