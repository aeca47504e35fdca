/**
 * Lists of the best items for users, a tile of users at a time.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/device.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readBuffers } from "../gpu/readback.ts";
import type { ItemGraphCache } from "../graph/item_graph.ts";
import { maskScores } from "../shaders/rank/rank.ts";
import { topK } from "../shaders/top_k/top_k.ts";
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

/**
 * Gives the k best items of each user, without the items of the user's train rows.
 *
 * @param gpu The device.
 * @param dataset The dataset.
 * @param choice Which model.
 * @param users The users, each once.
 * @param k Items a user; a user with fewer candidates gets those.
 * @param setParameters Sets the model's parameters.
 * @param cache Where item graphs are kept.
 */
export async function* recommendItems(
  gpu: Gpu,
  dataset: Dataset,
  choice: ModelChoice,
  users: Uint32Array,
  k: number,
  setParameters?: SetParameters,
  cache?: ItemGraphCache,
): AsyncGenerator<UserItems> {
  const memory = new Memory(gpu);
  try {
    const { source, prepare } = await scoreSource(
      memory,
      dataset,
      choice,
      setParameters,
      cache,
    );
    const program = new Program(memory, "recommendations");
    const tiles = new ScoreTiles(program, source, users, dataset.items);
    const taken = pairsOfUsers([dataset.train], users);
    const pairs = program.buffer("masked pairs", taken.pairs.byteLength, taken.pairs);
    const { scores } = tiles;
    const list = (label: string) => program.buffer(label, scores.rows * k * 4);
    const best = { items: list("best items"), scores: list("best scores") };
    const launches = tiles.tiles.map((tile) => ({
      tile,
      range: launchesOf(program, () => {
        tiles.append(tile);
        const first = taken.start[tile.first];
        const count = taken.start[tile.first + tile.count] - first;
        maskScores(program, scores, { pairs, first, count }, tile.first);
        topK(program, scores, { users: tile.count, items: dataset.items, k }, best);
      }),
    }));
    await program.compile();
    await prepare();
    for (const { tile, range } of launches) {
      tiles.upload(memory, tile);
      program.submit(range.first, range.end);
      const bytes = tile.count * k * 4;
      const [itemBytes, scoreBytes] = await readBuffers(memory, [
        { allocation: best.items, bytes },
        { allocation: best.scores, bytes },
      ]);
      for (let n = 0; n < tile.count; n++) {
        const items = new Uint32Array(itemBytes, n * k * 4, k);
        const missing = items.indexOf(0xffffffff);
        const length = missing === -1 ? k : missing;
        yield {
          user: users[tile.first + n],
          items: items.subarray(0, length),
          scores: new Float32Array(scoreBytes, n * k * 4, length),
        };
      }
    }
  } finally {
    memory.destroy();
  }
}
