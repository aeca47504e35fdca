/**
 * Answers the questions of a recommender service, many at a time.
 *
 * @module
 */
import type { Wording } from "../errors.ts";
import { GpuError, UsageError } from "../errors.ts";
import type { ItemMeta } from "../data/item_meta.ts";
import type { ScoredItems } from "../evaluation/best_items.ts";
import type { ScoredModel } from "../evaluation/scored_model.ts";
import type { Recommender } from "../recommender/recommender.ts";
import { explainPlan } from "./explain_plan.ts";
import { ItemNames } from "./item_names.ts";
import { ServiceError } from "./service_error.ts";
import type { Plan } from "./plan.ts";
import { recommendPlan } from "./recommend_plan.ts";
import { similarPlan } from "./similar_plan.ts";
import { makeLists } from "./wanted_list.ts";
import { failureOf, type Outcome, type Question } from "./worker_messages.ts";

/** Numbers of users whose passes are planned apart: the first question of each size would wait for that. */
const plannedSizes = [1, 17, 65, 257];

/** What is known of a recommender beside its model. */
export interface AnswererOptions {
  /** The words for settings and commands in what is refused. */
  readonly words: Wording;
  /** What is known of items (default: nothing). */
  readonly meta?: Pick<ItemMeta, "nameOf">;
  /** The files of a page that shows it, by their places in its folder (default: there is none). */
  readonly files?: ReadonlyMap<string, () => Promise<Uint8Array<ArrayBuffer>>>;
}

/** A recommender that answers questions. */
export class Answerer {
  readonly #names: ItemNames;

  /**
   * Takes a recommender, which stays its owner's.
   *
   * @param recommender The recommender.
   * @param options What is known of it.
   */
  constructor(readonly recommender: Recommender, readonly options: AnswererOptions) {
    this.#names = new ItemNames(recommender.dataset.itemIds, options.meta);
  }

  /** Loads the model, and plans and compiles what the first questions would wait for. */
  async warmUp(): Promise<void> {
    const { userIds, users: count, itemIds } = this.recommender.dataset;
    for (const size of plannedSizes.filter((size) => size <= count)) {
      const users = Array.from({ length: size }, (_, user) => userIds.idOf(user));
      await this.answer([{ kind: "recommend", question: { users } }]);
    }
    const item = itemIds.idOf(0);
    await this.answer([
      { kind: "recommend", question: { histories: [[item]] } },
      { kind: "similar", question: { item } },
    ]);
  }

  /**
   * Answers questions. The lists that they need are made together.
   *
   * @param questions The questions.
   * @returns What becomes of each, in their order.
   * @throws {GpuError} The device has failed: nothing can be answered any more.
   */
  async answer(questions: readonly Question[]): Promise<Outcome[]> {
    const scored = await this.recommender.scored();
    const plans = questions.map((question) => this.#attempt(() => this.#plan(scored, question)));
    const settled = await Promise.all(plans);
    const wanted = settled.flatMap((plan) => "failure" in plan ? [] : plan.lists);
    const made = wanted.length === 0 ? [] : await makeLists(scored, wanted);
    let next = 0;
    const outcomes: Outcome[] = [];
    for (const plan of settled) {
      if ("failure" in plan) {
        outcomes.push(plan);
        continue;
      }
      const found: ScoredItems[] = made.slice(next, next += plan.lists.length);
      outcomes.push(await this.#attempt(async () => ({ answer: await plan.finish(found) })));
    }
    return outcomes;
  }

  #plan(scored: ScoredModel, { kind, question }: Question): Plan {
    if (kind === "recommend") return recommendPlan(scored, this.#names, question);
    if (kind === "similar") return similarPlan(scored, this.#names, question);
    if (kind === "explain") return explainPlan(this.recommender, scored, this.#names, question);
    const make = this.options.files?.get(question.path);
    if (make === undefined) throw new ServiceError("unknown", "No such path");
    return { lists: [], finish: async () => ({ bytes: await make() }) };
  }

  /** One question that fails is refused, and the others are answered; without a device none can be. */
  async #attempt<T>(
    action: () => T | Promise<T>,
  ): Promise<T | Extract<Outcome, { failure: unknown }>> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof GpuError) throw error;
      const failure = failureOf(error, this.options.words);
      const kind = failure.kind ?? (error instanceof UsageError ? "invalid" : "failed");
      return { failure: { ...failure, kind } };
    }
  }
}
