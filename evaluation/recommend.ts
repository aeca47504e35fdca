/**
 * Lists of the best items for users, a tile of users at a time.
 *
 * @module
 */
import type { Dataset, Interactions, Split } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import { maskScores } from "../shaders/rank/rank.ts";
import { topK } from "../shaders/top_k/top_k.ts";
import { candidateScores, placesOf } from "./candidates.ts";
import { type ModelChoice, scoreSource, type SetParameters } from "./rank_split.ts";
import { pairsOfUsers } from "./ranking.ts";
import { launchesOf, ScoreTiles } from "./score_tiles.ts";

/** The best items of one user. */
export interface UserItems {
  /** The user's index. */
  readonly user: number;
  /** Item indices, best first. */
  readonly items: Uint32Array;
  /** The score of each of them. */
  readonly scores: Float32Array;
}

/** Who gets items, and which. */
export interface RecommendOptions {
  /** The users, each once. */
  readonly users: Uint32Array;
  /** Items a user; a user with fewer candidates gets those. */
  readonly k: number;
  /** The splits whose items a user does not get again. */
  readonly seen: readonly Split[];
  /** The items that may be given, ascending; all where nothing is said. */
  readonly candidates?: Uint32Array;
  /** Sets the model's parameters. */
  readonly setParameters?: SetParameters;
  /** Where item graphs are kept. */
  readonly cache?: GraphCache;
}

/**
 * Gives the k best items of each user: by score descending, then by item index ascending.
 *
 * @param gpu The device.
 * @param dataset The dataset.
 * @param choice Which model.
 * @param options Who gets items, and which.
 */
export async function* recommendItems(
  gpu: Gpu,
  dataset: Dataset,
  choice: ModelChoice,
  options: RecommendOptions,
): AsyncGenerator<UserItems> {
  const { users, k, seen, candidates, setParameters, cache } = options;
  const memory = new Memory(gpu, { reuse: true });
  try {
    const { source: all, prepare } = await scoreSource(
      memory,
      dataset,
      choice,
      setParameters,
      cache,
    );
    const program = new Program(memory, "recommendations");
    let source = all;
    const gathered = launchesOf(program, () => {
      if (candidates !== undefined) source = candidateScores(program, all, candidates);
    });
    const columns = candidates?.length ?? dataset.items;
    const tiles = new ScoreTiles(program, source, users, columns);
    const taken = pairsOfUsers(
      seen.map((split) => amongCandidates(dataset[split], dataset.items, candidates)),
      users,
    );
    const pairs = program.buffer("masked pairs", taken.pairs.byteLength, taken.pairs);
    const { scores } = tiles;
    const list = (label: string) => program.buffer(label, scores.rows * k * 4);
    const best = { items: list("best items"), scores: list("best scores") };
    memory.keep(best.items);
    memory.keep(best.scores);
    const launches = tiles.tiles.map((tile) => ({
      tile,
      range: launchesOf(program, () => {
        tiles.append(tile);
        const first = taken.start[tile.first];
        const count = taken.start[tile.first + tile.count] - first;
        maskScores(program, scores, { pairs, first, count }, tile.first);
        topK(program, scores, { users: tile.count, items: columns, k }, best);
      }),
    }));
    await program.compile();
    await prepare();
    program.submit(gathered.first, gathered.end);
    for (const { tile, range } of launches) {
      tiles.upload(memory, tile);
      program.submit(range.first, range.end);
      const bytes = tile.count * k * 4;
      const [itemBytes, scoreBytes] = await readBuffers(memory, [
        { allocation: best.items, bytes },
        { allocation: best.scores, bytes },
      ]);
      for (let n = 0; n < tile.count; n++) {
        const places = new Uint32Array(itemBytes, n * k * 4, k);
        const missing = places.indexOf(0xffffffff);
        const length = missing === -1 ? k : missing;
        const found = places.subarray(0, length);
        yield {
          user: users[tile.first + n],
          items: candidates === undefined ? found : found.map((place) => candidates[place]),
          scores: new Float32Array(scoreBytes, n * k * 4, length),
        };
      }
    }
  } finally {
    memory.destroy();
  }
}

/** Interactions with candidates alone, their items replaced by their places among them. */
function amongCandidates(
  interactions: Interactions,
  items: number,
  candidates: Uint32Array | undefined,
): Interactions {
  if (candidates === undefined) return interactions;
  const places = placesOf(candidates, items);
  const kept = interactions.users.filter((_, row) => places[interactions.items[row]] !== -1);
  const keptItems = interactions.items.filter((item) => places[item] !== -1);
  return { users: kept, items: keptItems.map((item) => places[item]) };
}
