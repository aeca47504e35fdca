/**
 * The validation ranks of several models that are weighted sums of the same parts: each part is scored once a user.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import type { WeightedParts } from "../models/model.ts";
import { countRanks, maskScores } from "../shaders/rank/rank.ts";
import { launchWeightedSum } from "../shaders/weighted_sum/weighted_sum.ts";
import { launchesOf } from "./launch_range.ts";
import type { HeldOutRanks } from "./metrics.ts";
import { pairsOfUsers } from "./ranking.ts";
import { placesOfBlock, ScoreBlocks } from "./score_blocks.ts";

/**
 * Ranks the held-out items of the validation split by each model, with the items of train masked.
 *
 * @param memory Where buffers are planned; the parts are planned there already.
 * @param dataset The dataset.
 * @param models The parts, and the weights of each model.
 * @returns The ranks by each model.
 * @throws {GpuError} The device has reported an error.
 */
export async function rankCandidates(
  memory: Memory,
  dataset: Dataset,
  { parts, weights }: WeightedParts,
): Promise<HeldOutRanks[]> {
  const { train, valid, items } = dataset;
  const program = new Program(memory, "ranking of candidates");
  const users = Uint32Array.from(new Set(valid.users)).sort();
  const [heldOut, masked] = [valid, train].map((split) => pairsOfUsers([split], users));
  const [pairs, entries] = [heldOut, masked].map((found, n) =>
    program.buffer(["held-out pairs", "masked pairs"][n], found.pairs.byteLength, found.pairs)
  );
  const ranks = weights.map((_, n) =>
    program.buffer(`ranks of candidate ${n}`, heldOut.pairs.length * 2)
  );
  for (const buffer of ranks) memory.keep(buffer);
  const places = placesOfBlock(memory.gpu, users.length, items);
  const taken = interactionMatrix(train, dataset.users, items);
  const scored = parts.map((_, n) =>
    program.tensor(`scores of part ${n}`, places, Math.ceil(items / 4) * 4, {
      differentiable: false,
    })
  );
  const scoring = new ScoreBlocks(
    program,
    {
      scoreBlock: (program, block) =>
        parts.forEach((part, n) =>
          part.addScores(program, block, scored[n], { weight: 1, accumulate: false })
        ),
    },
    places,
    taken,
  );
  const { scores } = scoring;
  const blocks = Array.from({ length: Math.ceil(users.length / places) }, (_, n) => {
    const first = n * places;
    const end = Math.min(users.length, first + places);
    const within = (start: Uint32Array) => ({
      first: start[first],
      count: start[end] - start[first],
    });
    const range = launchesOf(program, () => {
      scoring.append();
      weights.forEach((own, candidate) => {
        const terms = scored.map((x, part) => ({ x, weight: own[part] }));
        launchWeightedSum(program, terms, scores, places * scores.columns);
        maskScores(program, scores, { pairs: entries, ...within(masked.start) }, first);
        const found = { pairs, ...within(heldOut.start) };
        countRanks(program, scores, items, found, first, ranks[candidate]);
      });
    });
    return { users: users.subarray(first, end), range };
  });
  await program.compile();
  for (const buffer of ranks) memory.write(buffer, new Uint32Array(heldOut.pairs.length / 2));
  for (const { users, range } of blocks) {
    scoring.load(users);
    program.submit(range.first, range.end);
  }
  const bytes = heldOut.pairs.length * 2;
  const read = await readBuffers(memory, ranks.map((allocation) => ({ allocation, bytes })));
  return read.map((buffer) => ({ start: heldOut.start, ranks: new Uint32Array(buffer) }));
}
