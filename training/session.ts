/**
 * The program of a training step (batch, loss, optimiser, state), and what it is given for an epoch.
 *
 * @module
 */
import { interactionMatrix } from "../graph/interaction_graph.ts";
import type { Dataset, Interactions } from "../data/dataset.ts";
import { rowCounts } from "../algebra/csr.ts";
import { DataError } from "../errors.ts";
import type { Allocation, Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { paddedColumns } from "../gpu/tensor.ts";
import { permutation, streams } from "../gpu/random.ts";
import { type Adam, adam, adamSchedule } from "../shaders/adam/adam.ts";
import { rowList } from "../shaders/gather/row_lists.ts";
import { LossTerms } from "../shaders/common/loss_terms/loss_terms.ts";
import { type Batch, sampleBatch } from "../shaders/negatives/negatives.ts";
import { advanceStep, stateWords, stepState } from "../shaders/common/step/step_state.ts";
import type { Model } from "../models/model.ts";
import type { Settings } from "../models/settings.ts";
import type { trainingSettings } from "../models/training_settings.ts";

/** The program of a training step, with all that it is driven by. */
export interface TrainingStep {
  /** The program. */
  readonly program: Program;
  /** The terms of the loss. */
  readonly losses: LossTerms;
  /** The optimiser. */
  readonly optimiser: Adam;
  /** The state on the device. */
  readonly state: Allocation;
  /** (user, item) of each row of the epoch, in its order. */
  readonly order: Allocation;
  /** The loss terms of each step of the epoch. */
  readonly record: Allocation;
  /** Steps of an epoch. */
  readonly stepsPerEpoch: number;
  /** The train rows that an epoch goes through. */
  readonly rows: Interactions;
}

/**
 * Appends a training step: batch, forward, backward, optimiser, state.
 *
 * @param memory Where its buffers are planned.
 * @param model The model.
 * @param dataset Its train rows are the epochs.
 * @param settings Batch size and weight decay.
 * @param note Told of users whose rows are left out, for they have all items: there is no negative.
 * @throws {DataError} There is no train row, or every user has all items.
 */
export function buildTrainingStep(
  memory: Memory,
  model: Model,
  dataset: Dataset,
  settings: Settings<typeof trainingSettings>,
  note?: (text: string) => void,
): TrainingStep {
  if (dataset.train.users.length === 0) {
    throw new DataError(
      `Cannot train on "${dataset.name}": it has no train rows`,
      "Give some rows of the .inter file the x_label 0",
    );
  }
  const interactions = interactionMatrix(dataset.train, dataset.users, dataset.items);
  const candidates = seenItems(dataset);
  const rows = rowsWithNegatives(dataset, rowCounts(interactions), candidates.length, note);
  const epochRows = rows.users.length;
  const batchSize = Math.min(settings.batch, epochRows);
  const stepsPerEpoch = Math.ceil(epochRows / batchSize);
  const program = new Program(memory, "training");
  const state = stepState(program, { seed: 0, step: 0, epochStep: 0, epochRows, batchSize });
  const losses = new LossTerms(program, state);
  // By fours, as if the rest were the rows that a short batch lacks: kernels go faster, and their loops are shorter.
  const places = paddedColumns(batchSize);
  const batch: Batch = {
    users: rowList(program, "batch users", places),
    positives: rowList(program, "batch positives", places),
    negatives: rowList(program, "batch negatives", places),
  };
  const order = program.buffer("epoch order", epochRows * 8);
  sampleBatch(program, batch, {
    order,
    candidates: program.buffer("negative candidates", candidates.byteLength, candidates),
    candidateCount: candidates.length,
    rowStart: program.buffer(
      "train row starts",
      interactions.rowStart.byteLength,
      interactions.rowStart,
    ),
    items: program.buffer("train items", interactions.column.byteLength, interactions.column),
    state,
  });
  model.loss(program, batch, losses);
  program.backward();
  const optimiser = adam(program, model.parameters, state, {
    stepsPerEpoch,
    weightDecay: settings.weight_decay,
  });
  const record = program.buffer("epoch record", stepsPerEpoch * losses.names.length * 4);
  advanceStep(program, losses, record);
  return { program, losses, optimiser, state, order, record, stepsPerEpoch, rows };
}

/**
 * Uploads what an epoch needs, from where it stands: its order, its learning rates, its state.
 * Everything follows from (seed, epoch, step), so an epoch can be taken up in its middle.
 *
 * @param memory Where the buffers are.
 * @param training The step.
 * @param position The seed, the epoch counted from 0, and the steps of it that are done.
 * @param settings The learning rate and its decay.
 */
export function beginEpoch(
  memory: Memory,
  training: TrainingStep,
  position: { seed: number; epoch: number; epochStep: number },
  settings: Settings<typeof trainingSettings>,
): void {
  const { seed, epoch, epochStep } = position;
  const { users, items } = training.rows;
  const epochRows = users.length;
  const rows = permutation(epochRows, seed, streams.shuffle, epoch);
  const order = new Uint32Array(2 * epochRows);
  rows.forEach((row, n) => {
    order[2 * n] = users[row];
    order[2 * n + 1] = items[row];
  });
  memory.write(training.order, order);
  const { learning_rate, learning_rate_decay, learning_rate_decay_epochs } = settings;
  const rate = learning_rate * learning_rate_decay ** (epoch / learning_rate_decay_epochs);
  const firstStep = epoch * training.stepsPerEpoch;
  memory.write(
    training.optimiser.schedule,
    adamSchedule(rate, firstStep, training.stepsPerEpoch),
  );
  const batchSize = Math.min(settings.batch, epochRows);
  memory.write(
    training.state,
    stateWords({ seed, step: firstStep + epochStep, epochStep, epochRows, batchSize }),
  );
}

/** Items with a train row, ascending: the only ones that can be negatives (methods.md, §1). */
function seenItems(dataset: Dataset): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(new Set(dataset.train.items)).sort();
}

/** The train rows but those of users who have all items, such as a crawler. */
function rowsWithNegatives(
  { train, userIds, name }: Dataset,
  degrees: Uint32Array,
  candidates: number,
  note: (text: string) => void = () => {},
): Interactions {
  const full = Array.from(degrees.keys()).filter((user) => degrees[user] >= candidates);
  if (full.length === 0) return train;
  const few = full.slice(0, 3).map((user) => JSON.stringify(userIds.idOf(user))).join(", ");
  const who = full.length === 1 ? `user ${few} has` : `${full.length} users have`;
  const kept = Array.from(train.users.keys()).filter((row) =>
    degrees[train.users[row]] < candidates
  );
  if (kept.length === 0) {
    throw new DataError(
      `Cannot train on "${name}": ${who} all ${candidates} train items, and there is no other user: ` +
        "nobody has a negative",
      "Add items that some users haven't interacted with",
    );
  }
  const list = full.length === 1 ? "" : ` (${few}${full.length > 3 ? ", …" : ""})`;
  note(
    `${who} all ${candidates} train items${list}: without a negative, their ` +
      `${train.users.length - kept.length} rows are left out of the loss, but stay in the graph`,
  );
  return {
    users: Uint32Array.from(kept, (row) => train.users[row]),
    items: Uint32Array.from(kept, (row) => train.items[row]),
  };
}
