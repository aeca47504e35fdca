import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { readSafetensors, type StoredTensor } from "../../data/safetensors.ts";
import { DataError } from "../../errors.ts";
import {
  goldenDataset,
  GoldenFile,
  goldenHyperParameters,
  goldenSettings,
  goldenStep,
} from "../../verification/golden_file.ts";

const { metadata, tensors } = await readSafetensors(
  new URL("../golden/bpr.safetensors", import.meta.url).pathname,
);

/** The golden file of BPR with other texts and tensors. */
function golden(
  texts: Record<string, string>,
  others: Record<string, StoredTensor> = {},
): GoldenFile {
  const all = new Map([...tensors, ...Object.entries(others)]);
  return new GoldenFile({ metadata: { ...metadata, ...texts }, tensors: all }, "bpr.safetensors");
}

function readAll(file: GoldenFile): void {
  goldenHyperParameters(file);
  goldenStep(file, goldenDataset(file));
}

Deno.test("a golden file is read as it is", () => {
  readAll(golden({}));
  const dataset = goldenDataset(golden({}));
  assertEquals([dataset.users, dataset.items, dataset.modalities.length], [90, 70, 2]);
});

const integers = (shape: number[], values: number[]) => ({ shape, values: new Int32Array(values) });
const floats = (...shape: number[]) => ({
  shape,
  values: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});

const refused: [string, Record<string, string>, Record<string, StoredTensor>, string][] = [
  ["users that are no number", { users: "null" }, {}, 'its "users" is "null"'],
  ["more users than scores", { users: "91" }, {}, '"scores" has the shape (90, 70), expected (91'],
  ["no items", { items: "0" }, {}, 'its "items" is "0", expected a whole number'],
  ["a count beyond all bounds", { items: "99999999999" }, {}, 'its "items" is "99999999999"'],
  [
    "a list of pairs",
    {},
    { "data/train": integers([2], [0, 1]) },
    '"data/train" has the shape (2), expected (any, 2)',
  ],
  [
    "a negative user",
    {},
    { "data/train": integers([1, 2], [-1, 0]) },
    '"data/train" has -1',
  ],
  ["an item beyond", {}, { "data/valid": integers([1, 2], [0, 70]) }, '"data/valid" has 70'],
  ["pairs in F32", {}, { "data/test": floats(1, 2) }, 'lacks "data/test" in I32'],
  ["features of other items", {}, { "data/x_feat": floats(69, 2) }, '"data/x_feat" has the shape'],
  ["features without columns", {}, { "data/x_feat": floats(70, 0) }, "has no columns"],
  ["a batch of two lengths", {}, { "batch/pos": integers([1], [0]) }, '"batch/pos" has the shape'],
  ["a batch beyond the users", {}, { "batch/user": integers([1], [90]) }, '"batch/pos" has the'],
  ["a loss in F32", {}, { loss: floats(1) }, 'lacks "loss" in F64'],
  ["other steps", { adam_steps: "11" }, {}, '"adam/losses" has the shape (10), expected (11)'],
  ["no JSON", { hyper_parameters: "{" }, {}, 'its "hyper_parameters" are no JSON'],
  ["null", { hyper_parameters: "null" }, {}, "no object of plain values"],
  ["an object", { hyper_parameters: '{"knn_k":{"toString":1}}' }, {}, "no object of plain values"],
];

for (const [what, texts, others, message] of refused) {
  Deno.test(`a golden file with ${what} is refused`, () => {
    const error = assertThrows(() => readAll(golden(texts, others)), DataError) as DataError;
    assertStringIncludes(error.message, message);
    assertStringIncludes(error.message, "bpr.safetensors");
  });
}

Deno.test("a golden file without a text or a tensor names it", () => {
  const lacking = new GoldenFile({ metadata: {}, tensors: new Map() }, "a");
  assertThrows(() => goldenDataset(lacking), DataError, 'it lacks the metadata "users"');
  assertThrows(() => lacking.text("constructor"), DataError, 'the metadata "constructor"');
  assertThrows(() => lacking.tensor("loss"), DataError, 'it lacks the tensor "loss"');
});

Deno.test("the settings of a computed model may be numbers by modality", () => {
  const specs = {
    weights: { type: "string", default: "0", description: "Weights" },
    neighbours: { type: "string", default: "10", description: "Neighbours" },
    alpha: { type: "number", default: 1, description: "Weight" },
  } as const;
  const read = (hyper: unknown) =>
    goldenSettings(golden({ hyper_parameters: JSON.stringify(hyper) }), specs);
  assertEquals(
    read({ weights: { image: 0.3, text: 1e-7 }, neighbours: 4, alpha: 2, other: true }),
    { weights: "image=0.3,text=1e-7", neighbours: "4", alpha: 2, other: true },
  );
  assertEquals(read({ weights: {} }), { weights: "0" });
  for (const wrong of [{ weights: { image: "x" } }, { weights: [[1]] }, [1]]) {
    assertThrows(() => read(wrong), DataError, 'its "hyper_parameters"');
  }
});
