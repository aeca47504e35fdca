/**
 * Comparison of a computed model with a golden file: its scores are all there is to compare.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { ScoreBlocks } from "../evaluation/score_blocks.ts";
import { placesOfBlock } from "../shaders/rank/block_places.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { readFloats } from "../gpu/readback.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import { chebycf } from "../models/chebycf/chebycf.ts";
import type { ComputedDefinition } from "../models/define_model.ts";
import { ease } from "../models/ease/ease.ts";
import { gfcf } from "../models/gfcf/gfcf.ts";
import { mmgf } from "../models/mmgf/mmgf.ts";
import { resolveSettings, type Settings } from "../models/settings.ts";
import { turbocf } from "../models/turbocf/turbocf.ts";
import { goldenDataset, type GoldenFile, goldenSettings } from "./golden_file.ts";
import { relativeError } from "./relative_error.ts";

/** How far the scores of a computed model are from a golden file. */
export interface ComputedErrors {
  /** The golden file. */
  readonly file: string;
  /** The model. */
  readonly model: string;
  /** The greatest error of a score, relative to the largest. */
  readonly score_error: number;
}

/** The computed models that golden files are of; these name settings as the models do. */
export const computedModels: readonly ComputedDefinition[] = [gfcf, turbocf, chebycf, mmgf, ease];

/**
 * Computes the model of a golden file, and compares the scores of all items for all users.
 *
 * @param gpu The device.
 * @param golden The golden file.
 * @param definition The model.
 * @throws {DataError} The file lacks a tensor, or what the model needs.
 * @throws {UsageError} The model has no such settings.
 */
export async function compareComputed(
  gpu: Gpu,
  golden: GoldenFile,
  definition: ComputedDefinition,
): Promise<ComputedErrors> {
  const { dataset, settings, scores: expected } = computedCase(golden, definition);
  const found = await allScores(gpu, dataset, definition, settings);
  const { path: file } = golden;
  return { file, model: definition.name, score_error: relativeError(found, expected) };
}

/** What a golden file of a computed model holds. */
export interface ComputedCase {
  /** Its dataset. */
  readonly dataset: Dataset;
  /** The settings of the model. */
  readonly settings: Settings;
  /** The scores of all items for all users. */
  readonly scores: Float64Array<ArrayBuffer>;
}

/**
 * What a golden file of a computed model holds.
 *
 * @param golden The file.
 * @param definition The model.
 * @throws {DataError} It is not what a golden file holds.
 * @throws {UsageError} The model has no such settings.
 */
export function computedCase(golden: GoldenFile, definition: ComputedDefinition): ComputedCase {
  const dataset = goldenDataset(golden);
  const given = { search: "none", ...goldenSettings(golden, definition.settings) };
  const settings = resolveSettings(definition.settings, given, `in "${golden.path}"`);
  golden.requireShape("scores", [dataset.users, dataset.items]);
  return { dataset, settings, scores: golden.doubles("scores") };
}

async function allScores(
  gpu: Gpu,
  dataset: Dataset,
  definition: ComputedDefinition,
  settings: Settings,
): Promise<Float32Array> {
  const { users, items, train } = dataset;
  const memory = new Memory(gpu);
  try {
    const model = await definition.compute({ memory, dataset, settings, seed: 0 });
    const program = new Program(memory, "scores");
    const representation = model.represent(program);
    const places = placesOfBlock(gpu, users, items);
    const taken = interactionMatrix(train, users, items);
    const blocks = new ScoreBlocks(program, representation, places, taken);
    blocks.append();
    await program.compile();
    const { allocation, columns: stride } = blocks.scores;
    const scores = new Float32Array(users * items);
    for (let first = 0; first < users; first += places) {
      const count = Math.min(places, users - first);
      blocks.load(Uint32Array.from({ length: count }, (_, n) => first + n));
      program.submit();
      const values = await readFloats(memory, allocation, count * stride);
      for (let n = 0; n < count; n++) {
        scores.set(values.subarray(n * stride, n * stride + items), (first + n) * items);
      }
    }
    return scores;
  } finally {
    memory.destroy();
  }
}
