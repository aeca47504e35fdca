/**
 * Blends of runs: weights are chosen on validation, then members and blend are tested, once.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { counted } from "../data/counts.ts";
import type { Dataset } from "../data/dataset.ts";
import { DataError, refuseAborted } from "../errors.ts";
import { rankBothSplits, type RankedSplits } from "../evaluation/both_splits.ts";
import { CandidateRanking } from "../evaluation/candidate_ranking.ts";
import { type Metrics, metricsFromRanks } from "../evaluation/metrics.ts";
import {
  partsWithUntrainedItems,
  untrainedItems,
  withUntrainedItems,
} from "../evaluation/untrained_items.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { Memory } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { blend, joinKept } from "../models/blend/blend.ts";
import { blendTexts, type WeightedMember } from "../models/blend/member_list.ts";
import { memberScorer } from "../models/blend/members.ts";
import { type RepresentedMembers, representMembers } from "../models/blend/standardised_parts.ts";
import type { Representation, Scorer } from "../models/model.ts";
import { type Configuration, resolveConfiguration } from "../training/configuration.ts";
import { restoreTables } from "../training/kept_state.ts";
import { withFewerUsers } from "../training/validation_users.ts";
import { searchWeights, type TriedWeights, weightsTogether } from "../training/search_weights.ts";
import { stopReasons } from "../training/position.ts";
import { stoppingMetric, type TrainingResult } from "../training/training_result.ts";
import { type LoadedModel, loadModel } from "./loaded_model.ts";
import { type Made, noting } from "./made.ts";
import { blendMember, type MemberRun, openJoined } from "./member_runs.ts";
import type { DeviceOptions } from "./options.ts";
import { Recommender } from "./recommender.ts";
import { assertSameData } from "./same_run.ts";

/** A member of a blend, and how good it is alone. */
export interface BlendedMember extends WeightedMember {
  /** Its metrics on the validation split. */
  readonly validation: Metrics;
  /** Its metrics on the test split. */
  readonly test: Metrics;
}

/** A blend, and its members. */
export interface Blend {
  /** What recommends by the blend; it has to be disposed of. */
  readonly recommender: Recommender;
  /** The members, in the order in which they were given. */
  readonly members: readonly BlendedMember[];
}

/** What is blended. */
export interface BlendJob {
  /** The device. */
  readonly gpu: Gpu;
  /** The dataset that all members were trained on. */
  readonly dataset: Dataset;
  /** The members. */
  readonly members: readonly MemberRun[];
}

/** Who hears of it. */
export interface BlendOptions extends Pick<DeviceOptions, "adapter" | "cache" | "onNote"> {
  /** Ends it early; nothing is saved then. */
  readonly signal?: AbortSignal;
}

/**
 * Blends runs.
 *
 * @param job What is blended.
 * @param options Who hears of it.
 * @throws {DataError} A run was trained on other data, a checkpoint is damaged, or the dataset lacks validation or test
 * rows.
 * @throws {InterruptedError} The signal is aborted.
 */
export async function blendRuns(job: BlendJob, options: BlendOptions): Promise<Blend> {
  const { gpu, dataset, members } = job;
  const { signal } = options;
  const { notes, note, cache } = noting(options);
  for (const { folder } of members) assertSameData(folder.path, folder.record, dataset, note);
  for (const split of ["valid", "test"] as const) requireRows(dataset, split);
  noteOtherAdapters(job, note);
  const started = performance.now();
  const context = { dataset, seed: 0, cache, note, signal };
  const { weights, tried, alone } = await withMembers(job, context, async (loaded, memory) => {
    const found = await chosenWeights(loaded, memory, { ...job, note, signal });
    refuseAborted(signal);
    // Test is looked at here for the first time, when nothing is left to choose.
    const alone = [];
    for (const representation of loaded.evaluated) {
      alone.push(metricsOf(await rankBothSplits({ memory, dataset, representation }, { signal })));
    }
    return { weights: found.best.weights, tried: found.tried, alone };
  });
  const weighted = members.map((run, n) => ({ ...blendMember(run), weight: weights[n] }));
  const configuration = configurationOf(dataset, weighted, options);
  const { settings, seed } = configuration;
  const plan = { gpu, dataset, definition: blend, settings, seed, cache, signal };
  const loaded = await loadModel(plan, () => openJoined(members));
  const { validation, test } = await testedBlend(loaded, signal);
  const seconds = (performance.now() - started) / 1000;
  const result: TrainingResult = {
    ...{ epochs: 1, stopReason: stopReasons.computed, secondsPerEpoch: seconds, bestEpoch: 1 },
    ...{ validation, test, diagnostics: [] },
    lines: [{ epoch: 1, loss: 0, terms: {}, validation, seconds }],
    search: tried.map(({ weights, score }) => ({
      settings: { weights: weights.join() },
      recall: score,
    })),
  };
  const made: Made = { loaded, configuration, result, notes };
  const parts = { dataset, definition: blend, gpu, ownsGpu: false, onNote: options.onNote };
  return {
    recommender: new Recommender({ ...parts, model: loaded, ...made }),
    members: weighted.map((member, n) => ({ ...member, ...alone[n] })),
  };
}

function requireRows(dataset: Dataset, split: "valid" | "test"): void {
  if (dataset[split].users.length > 0) return;
  throw new DataError(
    `Cannot blend runs of "${dataset.name}": it has no ${split} rows`,
    split === "valid"
      ? "Weights are chosen by validation rows: split the dataset again with some"
      : "A blend is tested as a training is: split the dataset again with some",
  );
}

function noteOtherAdapters({ gpu, members }: BlendJob, note: (text: string) => void): void {
  for (const { name, folder: { record } } of members) {
    if (record === undefined || record.adapter === gpu.name) continue;
    note(
      `"${name}" was trained on "${record.adapter}": here its scores may differ in their last digits`,
    );
  }
}

function metricsOf({ valid, test }: RankedSplits) {
  return { validation: metricsFromRanks(valid), test: metricsFromRanks(test) };
}

/** The metrics of the blend; where it is interrupted, its memory is given back. */
async function testedBlend({ scored }: LoadedModel, signal?: AbortSignal) {
  try {
    return metricsOf(await rankBothSplits(scored, { signal }));
  } catch (error) {
    scored.memory.destroy();
    throw error;
  }
}

/** Members on the device. */
interface LoadedMembers extends Pick<RepresentedMembers, "parts"> {
  /** Where the scores of each come from when it is evaluated alone. */
  readonly evaluated: readonly Representation[];
}

/** Loads all members into the same memory, uses them, and gives it back. */
async function withMembers<T>(
  { gpu, dataset, members }: BlendJob,
  context: Omit<Parameters<typeof memberScorer>[0], "memory">,
  use: (loaded: LoadedMembers, memory: Memory) => Promise<T>,
): Promise<T> {
  using kept = await openJoined(members);
  const memory = new Memory(gpu, { reuse: true });
  try {
    const scorers: Scorer[] = [];
    for (const [place, run] of members.entries()) {
      refuseAborted(context.signal);
      scorers.push(await memberScorer({ ...context, memory, kept }, blendMember(run), place));
    }
    const program = new Program(memory, "representation");
    const represented = representMembers(program, scorers, dataset.items);
    for (const allocation of represented.reads) memory.keep(allocation);
    const untrained = await untrainedItems(gpu, dataset, { note: context.note });
    const { representations, parts } = represented;
    const loaded = untrained === undefined ? { evaluated: representations, parts } : {
      evaluated: representations.map((own) =>
        withUntrainedItems(program, own, untrained, dataset.items)
      ),
      parts: partsWithUntrainedItems(memory, parts, untrained),
    };
    for (const one of loaded.evaluated) if ("users" in one) memory.keep(one.items.table.allocation);
    await program.compile();
    await restoreTables(memory, joinKept(scorers), kept);
    program.submit();
    return await use(loaded, memory);
  } finally {
    memory.destroy();
  }
}

/** The weights with the best validation score; test is not looked at. */
async function chosenWeights(
  { parts }: LoadedMembers,
  memory: Memory,
  job: BlendJob & {
    readonly note: (text: string) => void;
    readonly signal?: AbortSignal;
  },
): Promise<Awaited<ReturnType<typeof searchWeights>>> {
  const { members, note, signal } = job;
  const dataset = withFewerUsers(job.dataset);
  const users = counted(new Set(dataset.valid.users).size, "user");
  note(`Searching weights by validation ${stoppingMetric} of ${users}`);
  const ranking = new CandidateRanking(
    memory,
    dataset,
    parts,
    Math.max(members.length, weightsTogether),
  );
  await ranking.compile();
  const found = await searchWeights(
    members.length,
    async (candidates) => {
      const ranks = await ranking.rank(candidates, signal);
      return ranks.map((heldOut) => metricsFromRanks(heldOut)[stoppingMetric]);
    },
    ({ weights, score }) => note(`  ${score.toFixed(4)}  ${weightsText(members, weights)}`),
  );
  note(`Found ${weightsText(members, found.best.weights)} among ${found.tried.length}`);
  return found;
}

function weightsText(members: readonly MemberRun[], weights: TriedWeights["weights"]): string {
  return members.map(({ name }, n) => `${name}=${weights[n]}`).join(" ");
}

function configurationOf(
  dataset: Dataset,
  members: readonly WeightedMember[],
  { adapter }: BlendOptions,
): Configuration {
  const { folder, name } = dataset;
  const place = folder === undefined
    ? { dataset: name }
    : { dataset: basename(folder), data_dir: dirname(folder) };
  return resolveConfiguration(
    {
      options: { ...place, model: blend.name, adapter },
      assignments: { ...blendTexts(members) },
    },
    () => blend.settings,
  );
}
