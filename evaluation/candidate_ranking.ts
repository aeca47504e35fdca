/**
 * The validation ranks of several models that are weighted sums of the same parts: each part is scored once a user.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Allocation, Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import { paddedColumns, rangeStep, type Tensor } from "../gpu/tensor.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import type { ScorePart } from "../models/model.ts";
import { maskScores } from "../shaders/rank/rank.ts";
import { candidatesTogether, countWeightedRanks } from "../shaders/rank/weighted_ranks.ts";
import { launchWeightedSum } from "../shaders/weighted_sum/weighted_sum.ts";
import type { HeldOutRanks } from "./metrics.ts";
import { type ItemsOfUsers, itemsOfUsers, usersOfSplit } from "./ranking.ts";
import { ScoreBlocks } from "./score_blocks.ts";
import { placesOfBlock } from "../shaders/rank/block_places.ts";
import { UserBlocks } from "./user_blocks.ts";

/** Ranks the held-out items of the validation split by weighted sums of parts, as often as weights change. */
export class CandidateRanking {
  readonly #memory: Memory;
  readonly #program: Program;
  readonly #parts: number;
  readonly #blocks: UserBlocks;
  readonly #heldOut: ItemsOfUsers;
  readonly #weights: Tensor;
  readonly #candidates: Allocation;
  readonly #ranks: Allocation;

  /**
   * Plans the ranking, with the items of train masked.
   *
   * @param memory Where buffers are planned; the parts are planned there already.
   * @param dataset The dataset.
   * @param parts The parts, at least one.
   * @param most The most candidates at a time.
   */
  constructor(memory: Memory, dataset: Dataset, parts: readonly ScorePart[], most: number) {
    const { train, valid, items } = dataset;
    this.#memory = memory;
    this.#parts = parts.length;
    const program = this.#program = new Program(memory, "ranking of candidates");
    const users = usersOfSplit(dataset, "valid");
    const heldOut = this.#heldOut = itemsOfUsers(valid, users);
    const count = heldOut.items.length;
    // More candidates than there is room for ranks of are ranked one after the other.
    const numbers = memory.gpu.limits.maxStorageBufferBindingSize / 4;
    const room = Math.max(1, Math.floor(numbers / count / candidatesTogether));
    const fours = Math.min(room, Math.ceil(most / candidatesTogether));
    const width = candidatesTogether * parts.length;
    const weights = this.#weights = program.tensor("weights", fours, width, {
      differentiable: false,
    });
    const candidates = this.#candidates = program.buffer("number of candidates", 4);
    const ranks = this.#ranks = program.buffer(
      "ranks of candidates",
      fours * candidatesTogether * count * 4,
    );
    for (const buffer of [weights.allocation, candidates, ranks]) memory.keep(buffer);
    const stride = paddedColumns(items);
    const fitting = Math.floor((numbers / parts.length - rangeStep) / stride);
    const places = Math.max(1, Math.min(placesOfBlock(memory.gpu, users.length, items), fitting));
    // The scores of a part begin where a range may.
    const partStride = Math.ceil(places * stride / rangeStep) * rangeStep;
    const stacked = program.tensor("scores of parts", parts.length, partStride, {
      differentiable: false,
    });
    const taken = interactionMatrix(train, dataset.users, items);
    const scoring = new ScoreBlocks(
      program,
      {
        scoreBlock: (program, block, scores) =>
          parts.forEach((part, n) => {
            part.addScores(program, block, scores, { weight: 1, accumulate: false });
            const bytes = places * stride * 4;
            const y = { allocation: stacked.allocation, offset: n * partStride * 4, bytes };
            launchWeightedSum(program, [{ x: scores, weight: 1 }], y, places * stride);
          }),
      },
      places,
      taken,
    );
    const first = { ...stacked, rows: places, columns: stride };
    const sums = {
      ...{ scores: stacked.allocation, partStride, parts: parts.length },
      ...{ stride, items, weights, candidates },
    };
    const ranked = { users, ...heldOut, masked: taken };
    const blocks = this.#blocks = new UserBlocks(program, scoring, ranked);
    scoring.append();
    maskScores(program, first, blocks.masked);
    countWeightedRanks(program, sums, blocks.heldOut, ranks, count);
  }

  /** Makes its pipelines, and allocates what is planned. */
  async compile(): Promise<void> {
    await this.#program.compile();
  }

  /**
   * Ranks by each candidate.
   *
   * @param weights For each candidate the weight of each part.
   * @param signal Ends it early.
   * @returns The ranks by each candidate.
   * @throws {GpuError} The device has reported an error.
   * @throws {InterruptedError} The signal is aborted.
   */
  async rank(
    weights: readonly (readonly number[])[],
    signal?: AbortSignal,
  ): Promise<HeldOutRanks[]> {
    const most = this.#weights.rows * candidatesTogether;
    const ranks: HeldOutRanks[] = [];
    for (let first = 0; first < weights.length; first += most) {
      ranks.push(...await this.#rankTogether(weights.slice(first, first + most), signal));
    }
    return ranks;
  }

  async #rankTogether(
    weights: readonly (readonly number[])[],
    signal?: AbortSignal,
  ): Promise<HeldOutRanks[]> {
    const memory = this.#memory;
    const { start, items: { length: count } } = this.#heldOut;
    memory.write(this.#weights.allocation, this.#packed(weights));
    memory.write(this.#candidates, Uint32Array.of(weights.length));
    memory.write(this.#ranks, new Uint32Array(weights.length * count));
    await this.#blocks.run({ signal });
    const bytes = weights.length * count * 4;
    const [read] = await readBuffers(memory, [{ allocation: this.#ranks, bytes }]);
    return weights.map((_, candidate) => ({
      start,
      ranks: new Uint32Array(read, candidate * count * 4, count),
    }));
  }

  /** The weights of four candidates beside each other, part after part. */
  #packed(weights: readonly (readonly number[])[]): Float32Array {
    const packed = new Float32Array(this.#weights.rows * this.#weights.columns);
    weights.forEach((own, candidate) => {
      const four = Math.floor(candidate / candidatesTogether) * this.#parts;
      own.forEach((weight, part) => {
        packed[(four + part) * candidatesTogether + candidate % candidatesTogether] = weight;
      });
    });
    return packed;
  }
}
