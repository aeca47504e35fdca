import { assert, assertRejects, assertThrows } from "@std/assert";
import { DataError, UsageError } from "../../../errors.ts";
import { blend } from "../../../models/blend/blend.ts";
import { blendTexts, type WeightedMember } from "../../../models/blend/member_list.ts";
import { assertOwnName, modelNamed } from "../../../models/registry.ts";
import type { ComputedDefinition } from "../../../models/define_model.ts";
import { assertClose } from "../../shaders/op_check.ts";
import { blockScores } from "../block_scores.ts";
import { dataset } from "../filters/filter_case.ts";

/** Members by their models and weights, with default settings. */
function membersBy(weights: Record<string, number>): WeightedMember[] {
  return Object.entries(weights).map(([model, weight]) => {
    const settings = { search: "none" };
    const hasSearch = "search" in modelNamed(model).settings;
    return { run: `run-${model}`, model, seed: 0, settings: hasSearch ? settings : {}, weight };
  });
}

/** The standardised scores of a row over the items that are not in a list, in f64. */
function standardised(row: readonly number[], own: readonly number[]): number[] {
  const candidates = row.filter((_, item) => !own.includes(item));
  const mean = candidates.reduce((sum, score) => sum + score, 0) / candidates.length;
  const squares = candidates.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / candidates.length);
  return row.map((score) => deviation > 0 ? (score - mean) / deviation : 0);
}

const users = [0, 3, 44];
const ownOf = (user: number) =>
  Array.from(dataset.train.items).filter((_, row) => dataset.train.users[row] === user);

Deno.test("a blend scores by the weighted sum of its members' standardised scores", async () => {
  const weights = { popularity: 0.2, itemknn: 0, gfcf: 0.3, ease: 0.5 };
  const texts = { ...blendTexts(membersBy(weights)) };
  const history = [1, 4, 9];
  for (const whom of [{ users }, { history }]) {
    const rows = "users" in whom ? users.map(ownOf) : [history];
    const expected = rows.map(() => new Float64Array(dataset.items));
    for (const { model, settings, weight } of membersBy(weights)) {
      const definition = modelNamed(model) as ComputedDefinition;
      const scores = await blockScores(definition, dataset, settings, whom);
      scores.forEach((row, n) =>
        standardised(row, rows[n]).forEach((z, item) => expected[n][item] += weight * z)
      );
    }
    const found = await blockScores(blend, dataset, texts, whom);
    found.forEach((row, n) => assertClose(row, expected[n], 1e-4, `row ${n}`));
  }
});

Deno.test("a blend without the parameters of a trained member is refused", async () => {
  const texts = (weights: Record<string, number>) => ({ ...blendTexts(membersBy(weights)) });
  await assertRejects(
    () => blockScores(blend, dataset, texts({ bpr: 0.5, gfcf: 0.5 }), { users }),
    DataError,
    'best.safetensors, which holds the parameters of "run-bpr" (bpr), is missing',
  );
  // A member without a weight is not needed.
  const scores = await blockScores(blend, dataset, texts({ bpr: 0, gfcf: 1 }), { users });
  assert(scores.flat().every(Number.isFinite));
});

Deno.test("a blend is no model by itself, and its name is nobody else's", async () => {
  await assertRejects(() => blockScores(blend, dataset, {}, { users }), UsageError, "members []");
  assertThrows(
    () => assertOwnName({ ...blend }),
    UsageError,
    'Cannot use the model "blend": a built-in model has that name',
  );
});
