/**
 * Validation and test ranked at once: the scores of a user are computed once for both, which halves the
 * time of an evaluation where scoring takes most of it.
 *
 * The ranks are those that each split has by itself: a held-out item's rank depends on no other.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { ComputeObservers } from "../gpu/compute_observers.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import { joinedSplits } from "./joined_splits.ts";
import { type RankedSplit, Ranking } from "./ranking.ts";
import type { ScoredModel } from "./scored_model.ts";

/** The ranks of both splits. */
export interface RankedSplits {
  /** Those of validation. */
  readonly valid: RankedSplit;
  /** Those of test. */
  readonly test: RankedSplit;
}

/**
 * Ranks the held-out items of both splits, with the items of train masked.
 *
 * @param scored The model.
 * @param observers Who watches.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function rankBothSplits(
  { memory, dataset, representation }: Pick<ScoredModel, "memory" | "dataset" | "representation">,
  observers?: ComputeObservers,
): Promise<RankedSplits> {
  const taken = interactionMatrix(dataset.train, dataset.users, dataset.items);
  // Those of validation first.
  const test = joinedSplits(dataset, ["valid", "test"]);
  const source = { dataset: { ...dataset, test }, representation, taken };
  const ranking = new Ranking(memory, source, "test", "train");
  await ranking.compile();
  return partedRanks(await ranking.run(observers), dataset);
}

/** The ranks of each split among those of both, of each user first those of validation. */
function partedRanks(ranked: RankedSplit, dataset: Dataset): RankedSplits {
  const validRows = new Uint32Array(dataset.users);
  for (const user of dataset.valid.users) validRows[user]++;
  const part = (isValid: boolean): RankedSplit => {
    const users: number[] = [];
    const start = [0];
    const places: number[] = [];
    ranked.users.forEach((user, place) => {
      const border = ranked.start[place] + validRows[user];
      const first = isValid ? ranked.start[place] : border;
      const end = isValid ? border : ranked.start[place + 1];
      if (first === end) return;
      for (let n = first; n < end; n++) places.push(n);
      users.push(user);
      start.push(places.length);
    });
    return {
      users: Uint32Array.from(users),
      start: Uint32Array.from(start),
      ranks: Uint32Array.from(places, (n) => ranked.ranks[n]),
      items: Uint32Array.from(places, (n) => ranked.items[n]),
    };
  };
  return { valid: part(true), test: part(false) };
}
