/**
 * The scores of models that score blocks of users.
 *
 * @module
 */
import type { Dataset, Interactions } from "../../data/dataset.ts";
import { ScoreBlocks } from "../../evaluation/score_blocks.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { interactionMatrix } from "../../graph/interaction_graph.ts";
import type { ComputedDefinition } from "../../models/define_model.ts";
import { resolveSettings } from "../../models/settings.ts";
import { madeDataset } from "../datasets.ts";
import { testGpu } from "../gpu/test_gpu.ts";

/** A dataset of train rows alone. */
export function trainOnly(train: Interactions, users: number, items: number): Dataset {
  const none = { users: new Uint32Array(0), items: new Uint32Array(0) };
  return madeDataset({
    name: "train",
    users,
    items,
    train,
    valid: none,
    test: none,
    modalities: [],
  });
}

/** The scores of all items, a row a user; `of` are users, or the history of somebody else. */
export async function blockScores(
  definition: ComputedDefinition,
  dataset: Dataset,
  overrides: Record<string, unknown>,
  of: { users: number[] } | { history: number[] },
): Promise<number[][]> {
  const memory = new Memory(await testGpu());
  try {
    const settings = resolveSettings(definition.settings, overrides);
    const scorer = await definition.compute({ memory, dataset, settings, seed: 0 });
    const program = new Program(memory, "scores");
    const representation = scorer.represent(program);
    const places = "users" in of ? of.users.length + 1 : 2;
    const taken = interactionMatrix(dataset.train, dataset.users, dataset.items);
    const blocks = new ScoreBlocks(program, representation, places, taken);
    const { scores } = blocks;
    blocks.append();
    await program.compile();
    if ("users" in of) blocks.load(Uint32Array.from(of.users));
    else blocks.loadHistories([Uint32Array.from(of.history)]);
    program.submit();
    const values = await readFloats(memory, scores.allocation, places * scores.columns);
    return Array.from(
      { length: places - 1 },
      (_, row) => [...values.subarray(row * scores.columns, row * scores.columns + dataset.items)],
    );
  } finally {
    memory.destroy();
  }
}
