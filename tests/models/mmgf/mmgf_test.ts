import { assertEquals, assertRejects } from "@std/assert";
import { standardiseColumns } from "../../../data/modalities.ts";
import { DataError } from "../../../errors.ts";
import { mmgf } from "../../../models/mmgf/mmgf.ts";
import { gram, nearGraph, sumOf } from "../../reference/filters.ts";
import { blockScores } from "../block_scores.ts";
import { assertFilter, assertLinear, dataset, taken } from "../filters/filter_case.ts";

/** The dense filter: neighbours and a weight for each modality. */
function filterOf(k: number[], w: number[], standardise: boolean) {
  const p = gram(taken, 0.9, 0.6);
  const mean = p.values.reduce((a, b) => a + b, 0) / p.rows;
  const near = dataset.modalities.map((modality, n) => {
    const { columns, values } = modality;
    const features = standardise ? standardiseColumns(modality).values.slice() : values.slice();
    // An item whose features are all 0 has none, whatever its standardised columns say.
    for (let item = 0; item < modality.rows; item++) {
      const [first, end] = [item * columns, (item + 1) * columns];
      if (!values.subarray(first, end).some((value) => value !== 0)) features.fill(0, first, end);
    }
    return [w[n] * mean, nearGraph({ ...modality, values: features }, k[n])] as const;
  });
  return sumOf([[1, p], ...near]);
}

Deno.test("mmgf is its dense filter of three modalities", async () => {
  const settings = { neighbours: "audio=4,image=5,text=50", weights: "audio=0.3,image=0.1,text=2" };
  await assertFilter(mmgf, settings, filterOf([4, 5, 50], [0.3, 0.1, 2], true));
});

Deno.test("mmgf takes features as they are, and leaves out modalities without a weight", async () => {
  const settings = { standardise: false, neighbours: "3", weights: "image=0.5" };
  await assertFilter(mmgf, settings, filterOf([3, 3, 3], [0, 0.5, 0], false));
  await assertFilter(mmgf, { weights: "0" }, gram(taken, 0.9, 0.6));
});

Deno.test("mmgf scores a history by the sum of its items", async () => {
  await assertLinear(mmgf, {});
});

Deno.test("mmgf refuses a dataset without features, and names the model that needs none", async () => {
  const bare = { ...dataset, modalities: [] };
  const error = await assertRejects(
    () => blockScores(mmgf, bare, {}, { users: [1] }),
    DataError,
    'Cannot train "mmgf" on "train": the dataset has no features',
  ) as DataError;
  assertEquals(error.nextStep?.toString().includes('"turbocf"'), true);
});
