/**
 * Scores of blends, by members, and by what members say of the items that a user took (explain.md).
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import type { BlockComposition, MemberComposition } from "../models/model.ts";
import { ExplainedBlocks } from "./explained_blocks.ts";
import type { MemberExplanation } from "./explanation.ts";
import { assertSum, type OwnSums, type PartedScore, type Subject } from "./parted_score.ts";
import { blockScorer, PlannedScores } from "./planned_scores.ts";
import { ExplainedRows } from "./explained_rows.ts";

/** A member of a blend, ready to be explained. */
export interface PlannedMember extends MemberComposition {
  /** Its own scores of all items. */
  readonly all: PlannedScores;
  /** What explains them. */
  readonly scores: ExplainedRows | ExplainedBlocks;
}

/**
 * Explains blends.
 *
 * @internal
 */
export class ExplainedBlend {
  private constructor(
    /** The blend's scores, and their parts. */
    readonly blend: ExplainedBlocks,
    /** Its members. */
    readonly members: readonly PlannedMember[],
  ) {}

  /**
   * Plans what explains a blend.
   *
   * @param scored The blend.
   * @param composition What its scores are sums of.
   * @param members Its members.
   * @param taken The items that each user took in train, `U×I` for the items that the blend knows.
   * @throws {GpuError} The device lacks memory.
   */
  static async plan(
    scored: ScoredModel,
    composition: BlockComposition,
    members: readonly MemberComposition[],
    taken: Csr,
  ): Promise<ExplainedBlend> {
    const blend = await ExplainedBlocks.plan(scored, composition, taken);
    const planned: PlannedMember[] = [];
    for (const member of members) {
      const { composition: own } = member;
      const { representation } = own;
      const all = await PlannedScores.plan(scored, blockScorer(representation), taken);
      const scores = "users" in own
        ? new ExplainedRows(scored, own, own.representation)
        : await ExplainedBlocks.plan(scored, own, taken);
      planned.push({ ...member, all, scores });
    }
    return new ExplainedBlend(blend, planned);
  }

  /**
   * Explains scores.
   *
   * @param subject Whose.
   * @param items Of which items; the blend knows all of them.
   * @throws {BandpassError} Parts do not sum to a score.
   */
  async explain(subject: Subject, items: Uint32Array): Promise<PartedScore[]> {
    const whole = await this.blend.whole.of(subject);
    const breakdownOf = await this.blend.breakdowns(subject);
    const found = await Promise.all(
      this.members.map(async ({ all, scores, name: member, model, weight }) => {
        const spread = spreadOf(await all.of(subject), subject.history);
        return { member, model, weight, spread, scores: await scores.explain(subject, items) };
      }),
    );
    return Array.from(items, (item, n) => {
      const score = whole[item];
      const members = found.map(({ scores, ...member }) => ({ ...member, parted: scores[n] }));
      return {
        score,
        breakdowns: breakdownOf(item, score),
        own: sumsOfMembers(members, score),
        members: members.map(({ spread, parted, ...member }): MemberExplanation => ({
          ...member,
          score: parted.score,
          ...spread,
          breakdowns: parted.breakdowns,
        })),
      };
    });
  }
}

/** Mean and deviation of scores. */
interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Those of the items that a user does not have, by which a blend standardises. */
function spreadOf(scores: Float32Array, history: Uint32Array): Spread {
  const taken = new Set(history);
  const others = scores.filter((_, item) => !taken.has(item));
  const mean = others.reduce((sum, score) => sum + score, 0) / others.length;
  const squares = others.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / others.length) };
}

/** `Σ_m w_m/σ_m·(sums of m − mean_m)`: the standardised scores are linear in those of the members. */
function sumsOfMembers(
  members: readonly {
    readonly weight: number;
    readonly spread: Spread;
    readonly parted: PartedScore;
  }[],
  score: number,
): OwnSums {
  const factors = members.map(({ weight, spread: { deviation } }) =>
    deviation > 0 ? weight / deviation : 0
  );
  const values = members[0].parted.own.values.map((_, n) =>
    members.reduce((sum, { parted: { own } }, m) => sum + factors[m] * own.values[n], 0)
  );
  const bases = members.flatMap(({ spread: { mean }, parted: { own } }, m) => [
    factors[m] * own.base,
    -factors[m] * mean,
  ]);
  const isExact = members.every(({ parted }) => parted.own.isExact);
  if (isExact) assertSum("items", score, [...bases, ...values]);
  const base = bases.reduce((sum, value) => sum + value, 0);
  return { rule: "members", isExact, base, values };
}
