/**
 * The ranks of a split by any model that is ready to score.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program, type Tensor } from "../gpu/program.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import type { GraphCache } from "../graph/kept_file.ts";
import { isTrained, modelNamed } from "../models/registry.ts";
import { resolveSettings, type SettingValue } from "../models/settings.ts";
import { type Mask, type RankedSplit, Ranking } from "./ranking.ts";
import type { ScoreSource } from "./score_tiles.ts";

/** Which model, with what settings. */
export interface ModelChoice {
  /** Its name. */
  readonly model: string;
  /** Its settings. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  /** What its initial parameters follow from. */
  readonly seed: number;
}

/** Sets the parameters of a model that has been planned and allocated. */
export type SetParameters = (memory: Memory, parameters: readonly Tensor[]) => void;

/** A model that is ready to score, once its memory is allocated. */
export interface ReadySource {
  /** Where scores come from. */
  readonly source: ScoreSource;
  /** Computes what the scores are made of; to be called after all programs are compiled. */
  readonly prepare: () => Promise<void>;
}

/**
 * Plans the scores of a model.
 *
 * @param memory Where its buffers are planned.
 * @param dataset The dataset.
 * @param choice Which model.
 * @param setParameters Sets its parameters; the initial ones are kept where nothing is given.
 * @param cache Where item graphs are kept.
 */
export async function scoreSource(
  memory: Memory,
  dataset: Dataset,
  choice: ModelChoice,
  setParameters?: SetParameters,
  cache?: GraphCache,
): Promise<ReadySource> {
  const definition = modelNamed(choice.model);
  const settings = resolveSettings(definition.settings, choice.settings);
  if (!isTrained(definition)) {
    const interactions = interactionMatrix(dataset.train, dataset.users, dataset.items);
    const scorer = definition.score(interactions, settings);
    return { source: { kind: "scorer", scorer }, prepare: () => Promise.resolve() };
  }
  const { seed } = choice;
  const model = await definition.build({
    memory,
    dataset,
    settings: settings as Parameters<typeof definition.build>[0]["settings"],
    seed,
    cache,
  });
  const program = new Program(memory, "representation");
  const representation = model.represent(program);
  return {
    source: { kind: "products", representation },
    prepare: async () => {
      await program.compile();
      setParameters?.(memory, model.parameters);
      program.submit();
    },
  };
}

/**
 * Ranks the held-out items of a split.
 *
 * @param gpu The device.
 * @param dataset The dataset.
 * @param choice Which model.
 * @param split Whose items are held out.
 * @param mask Whose items are no candidates.
 * @param setParameters Sets its parameters.
 * @param cache Where item graphs are kept.
 */
export async function rankSplit(
  gpu: Gpu,
  dataset: Dataset,
  choice: ModelChoice,
  split: "valid" | "test",
  mask: Mask,
  setParameters?: SetParameters,
  cache?: GraphCache,
): Promise<RankedSplit> {
  const memory = new Memory(gpu, { reuse: true });
  try {
    const { source, prepare } = await scoreSource(
      memory,
      dataset,
      choice,
      setParameters,
      cache,
    );
    const ranking = new Ranking(memory, dataset, split, mask, source);
    await ranking.compile();
    await prepare();
    return await ranking.run();
  } finally {
    memory.destroy();
  }
}
