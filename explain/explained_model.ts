/**
 * What explains a model, planned on its device once and kept with it.
 *
 * @module
 */
import type { Csr } from "../algebra/csr.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import { itemsWithoutTrainRow } from "../evaluation/untrained_users.ts";
import type { Allocation } from "../gpu/memory.ts";
import { Program } from "../gpu/program.ts";
import { interactionMatrix } from "../graph/interaction_graph.ts";
import { compositionOf } from "../models/composition.ts";
import type { Composition, TableRows } from "../models/model.ts";
import { nearestByItem } from "../shaders/from_nearest/from_nearest.ts";
import { ExplainedBlend } from "./explained_blend.ts";
import { ExplainedBlocks } from "./explained_blocks.ts";
import { type PartedScore, type Subject, sumOfScores } from "./parted_score.ts";
import { ExplainedRows } from "./explained_rows.ts";

/** Items that stand for one without train rows, and their scores. */
export interface StandIns {
  /** The items. */
  readonly items: Uint32Array;
  /** Their scores. */
  readonly scores: readonly number[];
}

/** A score in parts, and where it comes from if the model knows nothing of the item. */
export interface ExplainedScore extends PartedScore {
  /** What stands for an item without train rows. */
  readonly nearest?: StandIns;
}

/** Models that have been explained. */
const known = new WeakMap<ScoredModel, Promise<ExplainedModel>>();

/**
 * A model that explains its scores.
 *
 * @internal
 */
export class ExplainedModel {
  /** The trained items that stand for those without train rows. */
  readonly #nearest: ReadonlyMap<number, Uint32Array>;

  private constructor(
    /** The model. */
    readonly scored: ScoredModel,
    /** What explains its scores. */
    readonly scores: ExplainedRows | ExplainedBlocks | ExplainedBlend,
    /** The items that each user took in train, ascending, `U×I` for the items that the model knows. */
    readonly taken: Csr,
  ) {
    const { untrained } = scored;
    this.#nearest = untrained === undefined ? new Map() : nearestByItem(untrained);
  }

  /**
   * What explains a model; calls at once share it, and later ones plan nothing.
   *
   * @param scored The model.
   * @throws {GpuError} The device lacks memory for the parts.
   */
  static of(scored: ScoredModel): Promise<ExplainedModel> {
    const before = known.get(scored);
    if (before !== undefined) return before;
    const planned = ExplainedModel.#plan(scored);
    known.set(scored, planned);
    // What failed is tried again by the next call.
    planned.catch(() => known.delete(scored));
    return planned;
  }

  static async #plan(scored: ScoredModel): Promise<ExplainedModel> {
    const { memory, dataset: { train, users, items }, untrained } = scored;
    const program = new Program(memory, "explanation");
    const composition = compositionOf(program, scored.model);
    for (const allocation of readOf(composition, program)) memory.keep(allocation);
    await program.compile();
    program.submit();
    const taken = interactionMatrix(train, users, untrained?.known ?? items);
    return new ExplainedModel(scored, await planned(scored, composition, taken), taken);
  }

  /**
   * Explains scores; those of items without train rows follow from the items that stand for them.
   *
   * @param subject Whose.
   * @param items Of which items.
   * @throws {BandpassError} Parts do not sum to a score.
   */
  async explain(subject: Subject, items: Uint32Array): Promise<ExplainedScore[]> {
    const lists = Array.from(items, (item) => this.#nearest.get(item));
    const wanted = Uint32Array.from(
      new Set(lists.flatMap((list, n) => [...list ?? [], ...this.#asks(items[n], list)])),
    );
    const found = await this.scores.explain(subject, wanted);
    const scoreOf = (item: number) => found[wanted.indexOf(item)];
    return lists.map((list, n) => {
      if (list === undefined) return scoreOf(items[n]);
      const scores = Array.from(list, scoreOf);
      const own = this.scores instanceof ExplainedRows
        ? scoreOf(items[n])
        : sumOfScores(scores, 1 / list.length);
      return { ...own, nearest: { items: list, scores: scores.map(({ score }) => score) } };
    });
  }

  /** Items without train rows have rows of their own, and no scores in blocks. */
  #asks(item: number, nearest: Uint32Array | undefined): number[] {
    return nearest === undefined || this.scores instanceof ExplainedRows ? [item] : [];
  }

  /**
   * The items of a history that the model knows something of: without any, it recommends what is popular.
   *
   * @param history The items.
   */
  knownOf(history: Uint32Array): Uint32Array {
    if (this.scores instanceof ExplainedRows) return history.toSorted();
    const items = history.filter((item) => item < this.taken.columns).sort();
    const isUnknown = itemsWithoutTrainRow(this.scored.dataset, items).length === items.length;
    return isUnknown ? new Uint32Array() : items;
  }
}

async function planned(scored: ScoredModel, composition: Composition, taken: Csr) {
  if ("users" in composition) {
    const { representation } = scored;
    const rows = "users" in representation ? representation : composition.representation;
    return new ExplainedRows(scored, composition, rows);
  }
  const { members } = composition;
  return members === undefined
    ? await ExplainedBlocks.plan(scored, composition, taken)
    : await ExplainedBlend.plan(scored, composition, members, taken);
}

/** What is read of a program after it has run. */
function readOf(composition: Composition, program: Program): Allocation[] {
  if ("users" in composition) {
    const { representation, users, items, hop } = composition;
    const all: TableRows[] = [
      ...[representation.users, representation.items],
      ...[...users, ...items].map(({ rows }) => rows),
      ...hop === undefined ? [] : [hop.own, hop.messages],
    ];
    return all.map(({ table }) => table.allocation);
  }
  const { members, representation } = composition;
  if (members !== undefined) return members.flatMap((one) => readOf(one.composition, program));
  // Which of what is represented a block of scores reads is the model's own affair.
  return [...representation.reads ?? program.uses.flat().map(({ buffer }) => buffer)];
}
