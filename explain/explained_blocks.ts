/**
 * Scores of models without rows, in parts and by items: filters, ItemKNN and the like (explain.md).
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import type { BlockComposition, NamedPart } from "../models/model.ts";
import type { Breakdown } from "./explanation.ts";
import { assertSum, type OwnSums, type PartedScore, type Subject } from "./parted_score.ts";
import { partScorer, PlannedScores } from "./planned_scores.ts";

/** A part whose scores are planned. */
export interface PlannedPart extends NamedPart {
  /** Its weighted scores. */
  readonly scores: PlannedScores;
}

/**
 * Explains scores of blocks of users.
 *
 * @internal
 */
export class ExplainedBlocks {
  private constructor(
    /** What scores are sums of. */
    readonly composition: BlockComposition,
    /** The scores themselves. */
    readonly whole: PlannedScores,
    /** Their parts; none where there is one alone. */
    readonly parts: readonly PlannedPart[],
  ) {}

  /**
   * Plans what explains a model, or a member of a blend.
   *
   * @param scored The model.
   * @param composition What its scores are sums of.
   * @param taken The items that each user took in train, `U×I` for the items that the model knows.
   * @throws {GpuError} The device lacks memory.
   */
  static async plan(
    scored: ScoredModel,
    composition: BlockComposition,
    taken: Csr,
  ): Promise<ExplainedBlocks> {
    const { representation, parts } = composition;
    const whole = await PlannedScores.plan(scored, representation, taken);
    const planned: PlannedPart[] = [];
    for (const part of parts.length > 1 ? parts : []) {
      const scorer = partScorer(part, representation.rows);
      planned.push({ ...part, scores: await PlannedScores.plan(scored, scorer, taken) });
    }
    return new ExplainedBlocks(composition, whole, planned);
  }

  /**
   * Explains scores.
   *
   * @param subject Whose.
   * @param items Of which items; the model knows all of them.
   * @throws {BandpassError} Parts do not sum to a score.
   */
  async explain(subject: Subject, items: Uint32Array): Promise<PartedScore[]> {
    const whole = await this.whole.of(subject);
    const breakdownOf = await this.breakdowns(subject);
    const values = await this.#gains(subject.history, items);
    return Array.from(items, (item, n) => {
      const score = whole[item];
      const { base, gains } = values[n];
      const { isAdditive } = this.composition;
      if (isAdditive) assertSum("items", score, [base, ...gains]);
      const own: OwnSums = { rule: "history", isExact: isAdditive, base, values: gains };
      return { score, own, breakdowns: breakdownOf(item, score) };
    });
  }

  /**
   * What parts the scores of a subject.
   *
   * @param subject Whose scores.
   * @returns Gives the breakdowns of a score.
   */
  async breakdowns(subject: Subject): Promise<(item: number, score: number) => Breakdown[]> {
    const rows: Float32Array[] = [];
    for (const { scores } of this.parts) rows.push(await scores.of(subject));
    return (item, score) => {
      if (rows.length === 0) return [];
      const parts = this.parts.map(({ name }, n) => ({ name, value: rows[n][item] }));
      assertSum("parts", score, parts.map(({ value }) => value));
      return [{ by: this.composition.by, parts }];
    };
  }

  /** What each item of a history gives those who took it alone, beyond what everybody gets. */
  async #gains(history: Uint32Array, items: Uint32Array) {
    const alone = Array.from(history, (item) => Uint32Array.of(item));
    const [nobody, ...single] = await this.whole.ofHistories([new Uint32Array(), ...alone]);
    return Array.from(items, (item) => ({
      base: nobody[item],
      gains: Float64Array.from(single, (scores) => scores[item] - nobody[item]),
    }));
  }
}
