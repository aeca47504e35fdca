/**
 * The best items for a user who is in no dataset, from the items that they took.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import { FoldIn } from "../models/fold_in.ts";
import { bestOf, type ScoredItems } from "./popular_items.ts";
import { type ModelChoice, scoreSource, type SetParameters } from "./rank_split.ts";
import { readRows } from "./read_representation.ts";

/** What is known of a new user, and which items they may get. */
export interface HistoryOptions {
  /** The items that they took, each once. */
  readonly history: Uint32Array;
  /** Number of items, fewer where there are no more candidates. */
  readonly k: number;
  /** Whether they do not get the items of the history again. */
  readonly excludeSeen: boolean;
  /** The items that may be given; all where nothing is said. */
  readonly candidates?: Uint32Array;
  /** Sets the model's parameters. */
  readonly setParameters?: SetParameters;
  /** Where item graphs are kept. */
  readonly cache?: GraphCache;
}

/**
 * Gives the k best items of a new user: by the {@linkcode FoldIn} of a model whose scores are
 * products of rows, and by the model's own rule where it has one.
 *
 * @param gpu The device.
 * @param dataset The dataset.
 * @param choice Which model.
 * @param options What is known of the user.
 */
export async function recommendForHistory(
  gpu: Gpu,
  dataset: Dataset,
  choice: ModelChoice,
  options: HistoryOptions,
): Promise<ScoredItems> {
  const { history, k, excludeSeen, candidates, setParameters, cache } = options;
  const memory = new Memory(gpu);
  try {
    const { source, prepare } = await scoreSource(memory, dataset, choice, setParameters, cache);
    await prepare();
    let scores: Float32Array | Float64Array;
    if (source.kind === "scorer") scores = source.scorer.scoreHistory(history);
    else {
      const { items } = source.representation;
      const rows = await readRows(memory, items);
      scores = new FoldIn(rows, items.table.columns).scores(history);
    }
    if (excludeSeen) { for (const item of history) scores[item] = -Infinity; }
    return bestOf(scores, k, candidates);
  } finally {
    memory.destroy();
  }
}
