/**
 * Comparison with a golden file: what a reference implementation computes on a tiny dataset.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { readSafetensors } from "../data/safetensors.ts";
import { UsageError } from "../errors.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import type { Tensor } from "../gpu/tensor.ts";
import { readFloats } from "../gpu/readback.ts";
import type { Model, Representation } from "../models/model.ts";
import { trainedSettings } from "../models/define_model.ts";
import type { Settings } from "../models/settings.ts";
import type { trainingSettings } from "../models/training_settings.ts";
import { adam, adamSchedule } from "../shaders/adam/adam.ts";
import { rowList } from "../shaders/gather/row_lists.ts";
import { LossTerms } from "../shaders/common/loss_terms/loss_terms.ts";
import { launchProduct } from "../shaders/matmul/matmul.ts";
import { stateWords, stepState } from "../shaders/common/step/step_state.ts";
import {
  goldenDataset,
  GoldenFile,
  goldenHyperParameters,
  type GoldenStep,
  goldenStep,
} from "./golden_file.ts";
import { compareComputed, type ComputedErrors, computedModels } from "./computed.ts";
import type { Reference } from "./reference.ts";
import { references } from "./references.ts";
import { relativeError } from "./relative_error.ts";

/** How far a trained model is from a golden file, relative to the largest magnitude of each tensor. */
export interface GoldenErrors {
  /** The golden file. */
  readonly file: string;
  /** The model. */
  readonly model: string;
  /** Settings that the file does not tell, chosen for the best fit. */
  readonly variant?: Readonly<Record<string, string>>;
  /** Error of the loss of one step. */
  readonly loss_error: number;
  /** The greatest error of a gradient. */
  readonly gradient_error: number;
  /** The reference's name of the parameter whose gradient that is. */
  readonly worst_gradient: string;
  /** Error of the scores, before and after the Adam steps. */
  readonly score_error: number;
  /** The greatest error of the losses of the Adam steps. */
  readonly adam_loss_error: number;
}

/** Gradients whose largest magnitude is below it are zero but for rounding (tests/golden/README.md). */
const zeroGradient = 1e-11;

/**
 * Builds the model of a golden file, sets its parameters, and compares loss, gradients, scores and
 * ten steps of Adam; of a model without parameters the scores alone.
 *
 * @param gpu The device.
 * @param path The golden file.
 * @throws {DataError} The file is damaged, or lacks a tensor that the model needs.
 * @throws {UsageError} There is no such model.
 */
export async function compareWithGolden(
  gpu: Gpu,
  path: string,
): Promise<GoldenErrors | ComputedErrors> {
  const golden = new GoldenFile(await readSafetensors(path), path);
  const name = golden.text("model");
  const computed = computedModels.find((model) => model.name === name);
  if (computed !== undefined) return await compareComputed(gpu, golden, computed);
  const reference = references.find(({ model }) => model === name);
  if (reference === undefined) {
    throw new UsageError(
      `Cannot verify "${path}": there is no model "${name}"`,
      "Give golden files of built-in models",
    );
  }
  return await compareStep(gpu, golden, reference);
}

async function compareStep(
  gpu: Gpu,
  golden: GoldenFile,
  reference: Reference,
): Promise<GoldenErrors> {
  const { file, path } = golden;
  const { definition, model: name } = reference;
  const dataset = goldenDataset(golden);
  const step = goldenStep(golden, dataset);
  const hyperParameters = goldenHyperParameters(golden);
  const draws = new Map(
    [...file.tensors.keys()].filter((key) => key.startsWith("mask/")).map((
      key,
    ) => [key, golden.floats(key)]),
  );
  const fits: GoldenErrors[] = [];
  for (const variant of reference.variants ?? [{}]) {
    const settings = trainedSettings(
      definition,
      Object.fromEntries(
        Object.entries({ ...reference.settings(hyperParameters), ...variant }).filter((
          [, value],
        ) => value !== undefined),
      ),
      `in "${path}"`,
    );
    const memory = new Memory(gpu);
    try {
      const context = { memory, dataset, settings, seed: 0 };
      const model = await (reference.buildWithDraws?.(context, draws) ?? definition.build(context));
      const errors = await compare({
        golden,
        step,
        memory,
        model,
        reference,
        dataset,
        settings,
        name,
        path,
      });
      fits.push(reference.variants === undefined ? errors : { ...errors, variant });
    } finally {
      memory.destroy();
    }
  }
  // By gradients: losses of different variants lie close to each other (tests/golden/README.md).
  return fits.reduce((best, fit) => fit.gradient_error < best.gradient_error ? fit : best);
}

interface Comparison {
  readonly golden: GoldenFile;
  readonly step: GoldenStep;
  readonly memory: Memory;
  readonly model: Model;
  readonly reference: Reference;
  readonly dataset: Dataset;
  readonly settings: Settings<typeof trainingSettings>;
  readonly name: string;
  readonly path: string;
}

async function compare(comparison: Comparison): Promise<GoldenErrors> {
  const { golden, memory, model, reference, dataset, settings, name, path } = comparison;
  const given = comparison.step;
  const rows = given.users.length;
  const program = new Program(memory, "training");
  const position = { seed: 0, epochStep: 0, epochRows: rows, batchSize: rows };
  const state = stepState(program, { ...position, step: 0 });
  const losses = new LossTerms(program, state);
  const batch = {
    users: rowList(program, "batch users", rows, given.users),
    positives: rowList(program, "batch positives", rows, given.positives),
    negatives: rowList(program, "batch negatives", rows, given.negatives),
  };
  model.loss(program, batch, losses);
  program.backward();
  const optimiser = adam(program, model.parameters, state, { stepsPerEpoch: 1 });
  await program.compile();
  const scoring = new Program(memory, "evaluation");
  const scores = appendScores(scoring, model.represent(scoring));
  await scoring.compile();

  const byLabel = new Map(model.parameters.map((parameter) => [parameter.label, parameter]));
  const placed = reference.tensors(dataset).map((place) => {
    const parameter = byLabel.get(place.parameter);
    if (parameter === undefined) throw new Error(`There is no parameter "${place.parameter}"`);
    return { ...place, parameter };
  });
  for (const { reference: tensor, parameter, firstRow = 0, arrangement } of placed) {
    const values = golden.floats(`param/${tensor}`);
    const first = firstRow * parameter.columns;
    const size = parameter.rows * parameter.columns;
    const fits = arrangement === undefined
      ? first + values.length <= size
      : values.length === arrangement.toReference(new Float32Array(size)).length;
    if (!fits) throw golden.failure(`"param/${tensor}" differs in size from the model's`);
    memory.write(parameter.allocation, arrangement?.fromReference(values) ?? values, first * 4);
  }

  scoring.submit();
  const count = dataset.users * dataset.items;
  const scoreError = relativeError(
    await readFloats(memory, scores.allocation, count),
    given.scores,
  );
  const { adamLosses } = given;
  let lossError = NaN;
  let adamError = 0;
  let gradientError = 0;
  let worstGradient = "none";
  for (let step = 0; step < adamLosses.length; step++) {
    memory.write(optimiser.schedule, adamSchedule(settings.learning_rate, step, 1));
    memory.write(state, stateWords({ ...position, step }));
    program.submit();
    const terms = await readFloats(memory, losses.allocation, losses.names.length);
    const loss = terms.reduce((sum, term) => sum + term, 0);
    adamError = Math.max(adamError, relativeError([loss], [adamLosses[step]]));
    if (step > 0) continue;
    lossError = relativeError([loss], given.loss);
    for (const { reference: tensor, gradient: gradientName, ...place } of placed) {
      const { parameter, firstRow = 0, arrangement } = place;
      const source = `grad/${gradientName ?? tensor}`;
      if (!golden.has(source)) continue;
      const expected = golden.floats(source);
      const gradient = program.gradient(parameter);
      if (gradient === undefined) {
        throw new Error(`The loss of "${name}" does not reach "${parameter.label}"`);
      }
      const all = await readFloats(memory, gradient.allocation);
      const start = firstRow * parameter.columns;
      const found = arrangement?.toReference(all) ?? all.subarray(start, start + expected.length);
      const error = relativeError(found, expected, zeroGradient);
      if (!(error <= gradientError)) {
        gradientError = error;
        worstGradient = tensor;
      }
    }
  }
  scoring.submit();
  const afterwards = relativeError(
    await readFloats(memory, scores.allocation, count),
    given.adamScores,
  );
  return {
    file: path,
    model: name,
    loss_error: lossError,
    gradient_error: gradientError,
    worst_gradient: worstGradient,
    score_error: Math.max(scoreError, afterwards),
    adam_loss_error: adamError,
  };
}

function appendScores(program: Program, representation: Representation): Tensor {
  if (!("users" in representation)) throw new Error("The scores are not products of rows");
  const { users, items } = representation;
  const scores = program.tensor("scores", users.rows, items.rows);
  launchProduct(program, {
    a: users.table,
    aRow: users.firstRow,
    b: items.table,
    bRow: items.firstRow,
    c: scores,
    m: users.rows,
    n: items.rows,
    k: users.table.columns,
    transposeB: true,
  });
  return scores;
}
