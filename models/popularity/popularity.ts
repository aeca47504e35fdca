/**
 * Popularity: every user gets the items that were taken most often (methods.md, §2, as a floor).
 *
 * @module
 */
import { launchProduct } from "../../shaders/matmul/matmul.ts";
import { additiveScorer } from "../composition.ts";
import { type ComputedDefinition, defineModel } from "../define_model.ts";
import { constantTensor } from "../parameters.ts";

/** Numbers of a vector, which rows are made of. */
const width = 4;

/** Popularity: an item's score is its number of train rows. */
export const popularity: ComputedDefinition = defineModel({
  name: "popularity",
  description: "The most popular items, the same for every user",
  settings: {},
  compute({ memory, dataset: { items, train } }) {
    // Counts are exact in f32 up to 2²⁴ interactions an item.
    const counts = new Float32Array(width * items);
    for (const item of train.items) counts[width * item]++;
    const table = constantTensor(memory, "popularity", items, width, counts, "popularity");
    return additiveScorer({
      scoreBlock(program, { users: { length: places } }, scores) {
        const ones = new Float32Array(width * places).fill(1);
        const a = program.tensor("ones", places, width, { data: ones, differentiable: false });
        const shape = { m: places, n: scores.columns, k: width };
        launchProduct(program, {
          a,
          b: table,
          bLast: items - 1,
          c: scores,
          ...shape,
          transposeB: true,
        });
      },
    });
  },
});
