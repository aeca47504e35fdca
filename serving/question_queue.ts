/**
 * Questions that wait for a worker: those that come while it is busy are answered together, and no more wait than can
 * be answered in time.
 *
 * @module
 */
import type { Answer, Outcome, Question } from "./worker_messages.ts";
import { errorOf } from "./worker_messages.ts";
import { ServiceError } from "./service_error.ts";

/** How much waits, how long, and how much is answered together. */
export interface QueueLimits {
  /** The most lists that wait (default: 2048). */
  readonly mostWaiting?: number;
  /** The most lists that are made together (default: 512); a question that wants more goes alone. */
  readonly mostTogether?: number;
  /** Milliseconds after which a question is given up (default: 10000). */
  readonly patience?: number;
}

/** A question, and whoever waits for its answer. */
interface Waiting {
  readonly question: Question;
  readonly lists: number;
  readonly since: number;
  isSettled: boolean;
  settle(outcome: Outcome | Error): void;
}

/** How often waiting questions are looked through, in milliseconds. */
const sweepInterval = 250;

/** Questions in the order in which they came. */
export class QuestionQueue {
  readonly #limits: Required<QueueLimits>;
  readonly #timer: ReturnType<typeof setInterval>;
  #waiting: Waiting[] = [];
  #sent: readonly Waiting[] = [];
  #lists = 0;
  #end?: Error;
  #whenIdle: (() => void)[] = [];

  /**
   * Opens a queue.
   *
   * @param send Has questions answered; it is called again when that is done.
   * @param limits How much waits, and how long.
   */
  constructor(
    readonly send: (questions: readonly Question[]) => Promise<readonly Outcome[]>,
    limits: QueueLimits = {},
  ) {
    const { mostWaiting = 2048, mostTogether = 512, patience = 10_000 } = limits;
    this.#limits = { mostWaiting, mostTogether, patience };
    this.#timer = setInterval(() => this.#sweep(), sweepInterval);
    Deno.unrefTimer(this.#timer);
  }

  /** How many lists wait, without those that are being made. */
  get length(): number {
    return this.#lists;
  }

  /**
   * Asks a question.
   *
   * @param question The question.
   * @param signal Gives it up.
   * @throws {ServiceError} It is refused, too much is waiting, it took too long, or the queue is closed.
   */
  ask(question: Question, signal?: AbortSignal): Promise<Answer> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    const lists = listsOf(question);
    // A question that is larger than the queue is answered where nothing else waits.
    if (this.#lists > 0 && this.#lists + lists > this.#limits.mostWaiting) {
      return Promise.reject(
        new ServiceError("overloaded", "Too many questions are waiting", "Ask again in a second"),
      );
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => entry.settle(late());
      const entry: Waiting = {
        ...{ question, lists, since: performance.now(), isSettled: false },
        settle(outcome) {
          if (entry.isSettled) return;
          entry.isSettled = true;
          signal?.removeEventListener("abort", giveUp);
          if (outcome instanceof Error) reject(outcome);
          else if ("failure" in outcome) reject(errorOf(outcome.failure));
          else resolve(outcome.answer);
        },
      };
      signal?.addEventListener("abort", giveUp);
      this.#waiting.push(entry);
      this.#lists += lists;
      this.#sendNext();
    });
  }

  /** Takes no more questions, and waits until those that it has are answered. */
  async close(): Promise<void> {
    this.#end ??= new ServiceError("closed", "The service is ending", "Ask again in a moment");
    if (this.#sent.length > 0 || this.#waiting.length > 0) {
      await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    }
    clearInterval(this.#timer);
  }

  /**
   * Ends everything at once.
   *
   * @param error What all questions are refused with, those to come too.
   */
  fail(error: Error): void {
    this.#end = error;
    for (const entry of [...this.#sent, ...this.#waiting]) entry.settle(error);
    [this.#sent, this.#waiting, this.#lists] = [[], [], 0];
    this.#becomeIdle();
    clearInterval(this.#timer);
  }

  #sendNext(): void {
    if (this.#sent.length > 0) return;
    const batch = this.#nextBatch();
    if (batch.length === 0) return this.#becomeIdle();
    this.#sent = batch;
    this.send(batch.map(({ question }) => question)).then(
      (outcomes) => batch.forEach((entry, n) => entry.settle(outcomes[n])),
      (error) => batch.forEach((entry) => entry.settle(error)),
    ).finally(() => {
      if (this.#sent !== batch) return;
      this.#sent = [];
      this.#sendNext();
    });
  }

  /** Takes what is answered next; what was given up meanwhile is dropped. */
  #nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let [taken, lists] = [0, 0];
    for (const entry of this.#waiting) {
      if (!entry.isSettled) {
        if (lists > 0 && lists + entry.lists > this.#limits.mostTogether) break;
        lists += entry.lists;
        batch.push(entry);
      }
      taken++;
      this.#lists -= entry.lists;
    }
    this.#waiting = this.#waiting.slice(taken);
    return batch;
  }

  #sweep(): void {
    const oldest = performance.now() - this.#limits.patience;
    for (const entry of [...this.#sent, ...this.#waiting]) {
      if (entry.since < oldest) entry.settle(late());
    }
  }

  #becomeIdle(): void {
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}

function late(): ServiceError {
  return new ServiceError("late", "The answer took too long", "Ask again, or for less at a time");
}

/** How many lists a question wants; any question is some work. */
function listsOf({ kind, question }: Question): number {
  if (kind !== "recommend") return 1;
  return Math.max(1, (question.users?.length ?? 0) + (question.histories?.length ?? 0));
}
