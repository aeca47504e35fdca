/**
 * The scores of all items, or of a part of what they are sums of, for few users at a time.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import { ScoreBlocks } from "../evaluation/score_blocks.ts";
import { placesOfBlock } from "../shaders/rank/block_places.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { Program } from "../gpu/program.ts";
import { readFloats } from "../gpu/readback.ts";
import type { BlockScorer, NamedPart, Representation } from "../models/model.ts";
import { appendScores } from "../models/row_scores.ts";
import type { Subject } from "./parted_score.ts";

/** People who are scored at once at most. */
const mostPlaces = 32;

/**
 * Planned scores.
 *
 * @internal
 */
export class PlannedScores {
  readonly #scored: ScoredModel;
  readonly #scorer: BlockScorer;
  readonly #program: Program;
  readonly #blocks: ScoreBlocks;

  private constructor(scored: ScoredModel, scorer: BlockScorer, taken: Csr) {
    const { memory, dataset } = scored;
    this.#scored = scored;
    this.#scorer = scorer;
    this.#program = new Program(memory, "explained scores");
    const places = Math.min(mostPlaces, placesOfBlock(memory.gpu, dataset.users, taken.columns));
    this.#blocks = new ScoreBlocks(this.#program, scorer, places, taken);
    memory.keep(this.#blocks.scores.allocation);
    this.#blocks.append();
  }

  /**
   * Plans the scores of a scorer.
   *
   * @param scored The model that it belongs to.
   * @param scorer The scorer.
   * @param taken The items that each user took in train, ascending, `U×I` for the items that the scorer knows.
   * @throws {GpuError} The device lacks memory.
   */
  static async plan(scored: ScoredModel, scorer: BlockScorer, taken: Csr): Promise<PlannedScores> {
    const planned = new PlannedScores(scored, scorer, taken);
    await planned.#program.compile();
    return planned;
  }

  /**
   * The scores of all items for a subject.
   *
   * @param subject Whose.
   */
  async of({ user, history }: Subject): Promise<Float32Array> {
    if (user === undefined) return (await this.ofHistories([history]))[0];
    this.#blocks.load(Uint32Array.of(user));
    return (await this.#run(1))[0];
  }

  /**
   * The scores of all items for people who are in no dataset.
   *
   * @param histories The items of each, ascending, each once.
   */
  async ofHistories(histories: readonly Uint32Array[]): Promise<Float32Array[]> {
    const foldIns = await this.#scored.foldIns.within(this.#scorer);
    const rows: Float32Array[] = [];
    const { places } = this.#blocks;
    for (let first = 0; first < histories.length; first += places) {
      const some = histories.slice(first, first + places);
      this.#blocks.loadHistories(some, foldIns);
      rows.push(...await this.#run(some.length));
    }
    return rows;
  }

  /** Nothing waits between what loads a block and what reads its scores: calls at once don't disturb each other. */
  async #run(count: number): Promise<Float32Array[]> {
    this.#program.submit();
    const { scores, taken } = this.#blocks;
    const { memory } = this.#scored;
    const values = await readFloats(memory, scores.allocation, count * scores.columns);
    return Array.from(
      { length: count },
      (_, n) => values.subarray(n * scores.columns, n * scores.columns + taken.columns),
    );
  }
}

/**
 * A part of the scores, with its weight, as a scorer of its own.
 *
 * @param named The part.
 * @param rows Rows that it may be products of.
 */
export function partScorer({ part, weight }: NamedPart, rows: BlockScorer["rows"]): BlockScorer {
  return {
    rows,
    scoreBlock: (program, block, scores) =>
      part.addScores(program, block, scores, { weight, accumulate: false }),
  };
}

/**
 * Scores wherever they come from, as those of blocks of users.
 *
 * @param representation Where they come from.
 */
export function blockScorer(representation: Representation): BlockScorer {
  if (!("users" in representation)) return representation;
  return {
    rows: [representation],
    scoreBlock: (program, block, scores) => appendScores(program, representation, block, scores),
  };
}
