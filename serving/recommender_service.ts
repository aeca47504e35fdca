/**
 * A run that answers questions from a thread of its own, so that waiting for the device holds up nothing else.
 *
 * @module
 */
import { QuestionQueue, type QueueLimits } from "./question_queue.ts";
import type {
  ExplainAnswer,
  ExplainQuestion,
  FileAnswer,
  RecommendAnswer,
  RecommendQuestion,
  ServedRun,
  SimilarAnswer,
  SimilarQuestion,
} from "./questions.ts";
import { ServiceError } from "./service_error.ts";
import { errorOf, type FromWorker, type Outcome, type ToWorker } from "./worker_messages.ts";

/** Questions that were answered together. */
export interface Pass {
  /** How many. */
  readonly questions: number;
  /** Seconds that it took. */
  readonly seconds: number;
}

/** Who hears of a service, and how much waits for it. */
export interface ServiceOptions extends QueueLimits {
  /** Told what a user would want to know of the preparation. */
  readonly onNote?: (text: string) => void;
  /** Told that the service has failed, and answers nothing any more. */
  readonly onFailure?: (error: Error) => void;
  /** Gives up opening it. */
  readonly signal?: AbortSignal;
  /** Told of questions that were answered together. */
  readonly onPass?: (pass: Pass) => void;
  /** Told that the worker has given the device back, and does nothing any more. */
  readonly onIdle?: () => void;
}

/** How a question is given up. */
export interface AskOptions {
  /** Gives it up. */
  readonly signal?: AbortSignal;
}

/** Milliseconds that a worker gets to give its device back. */
const closingTime = 5000;

/** A run in a worker. */
export class RecommenderService implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #options: ServiceOptions;
  readonly #queue: QuestionQueue;
  readonly #opened = Promise.withResolvers<ServedRun>();
  readonly #closed = Promise.withResolvers<void>();
  #run?: ServedRun;
  #asked = Promise.withResolvers<readonly Outcome[]>();

  private constructor(worker: Worker, options: ServiceOptions) {
    this.#worker = worker;
    this.#options = options;
    this.#queue = new QuestionQueue((questions) => {
      this.#asked = Promise.withResolvers();
      this.#tell({ ask: questions });
      return this.#asked.promise;
    }, options);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new Error(event.message));
    };
  }

  /**
   * Opens a run in a worker, and waits until it can answer.
   *
   * @param worker A worker whose module calls {@linkcode answerInWorker}; who made it ends it.
   * @param request What its {@linkcode RunOpener} opens.
   * @param options Who hears of it, and how much waits for it.
   * @throws {BandpassError} It cannot be opened.
   */
  static async open(
    worker: Worker,
    request: unknown,
    options: ServiceOptions = {},
  ): Promise<RecommenderService> {
    const service = new RecommenderService(worker, options);
    const giveUp = () => {
      service.#tell({ close: true });
      service.#fail(new ServiceError("closed", "The service was ended before it was open"));
    };
    service.#tell({ open: request });
    if (options.signal?.aborted) giveUp();
    options.signal?.addEventListener("abort", giveUp);
    try {
      service.#run = await service.#opened.promise;
    } finally {
      options.signal?.removeEventListener("abort", giveUp);
    }
    return service;
  }

  /** The run. */
  get run(): ServedRun {
    return this.#run!;
  }

  /** How many lists wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * The best items of users, and of people who are in no dataset.
   *
   * @param question Whose, and which.
   * @param options How it is given up.
   * @throws {ServiceError} The dataset lacks a user or an item, too much is waiting, or it took too long.
   */
  async recommend(
    question: RecommendQuestion,
    { signal }: AskOptions = {},
  ): Promise<RecommendAnswer> {
    return await this.#queue.ask({ kind: "recommend", question }, signal) as RecommendAnswer;
  }

  /**
   * The items most similar to an item.
   *
   * @param question Which.
   * @param options How it is given up.
   * @throws {ServiceError} The dataset lacks the item, too much is waiting, or it took too long.
   */
  async similar(question: SimilarQuestion, { signal }: AskOptions = {}): Promise<SimilarAnswer> {
    return await this.#queue.ask({ kind: "similar", question }, signal) as SimilarAnswer;
  }

  /**
   * Why somebody's scores are what they are.
   *
   * @param question Whose, and of which items.
   * @param options How it is given up.
   * @throws {ServiceError} The dataset lacks the user or an item, too much is waiting, or it took too long.
   */
  async explain(question: ExplainQuestion, { signal }: AskOptions = {}): Promise<ExplainAnswer> {
    return await this.#queue.ask({ kind: "explain", question }, signal) as ExplainAnswer;
  }

  /**
   * A file of the page that shows the run.
   *
   * @param path Its place in the folder of the page.
   * @param options How it is given up.
   * @throws {ServiceError} There is no such file, too much is waiting, or it took too long.
   */
  async file(path: string, { signal }: AskOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const question = { path };
    const answer = await this.#queue.ask({ kind: "file", question }, signal) as FileAnswer;
    return answer.bytes;
  }

  /** Answers what is waiting, takes nothing more, and gives the device back. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue.close();
    this.#tell({ close: true });
    const timer = setTimeout(() => this.#closed.resolve(), closingTime);
    await this.#closed.promise;
    clearTimeout(timer);
  }

  #hear(message: FromWorker): void {
    if ("note" in message) return this.#options.onNote?.(message.note);
    if ("opened" in message) return this.#opened.resolve(message.opened);
    if ("closed" in message || "failed" in message) {
      this.#options.onIdle?.();
      return "failed" in message ? this.#fail(errorOf(message.failed)) : this.#closed.resolve();
    }
    const { outcomes, seconds } = message;
    this.#options.onPass?.({ questions: outcomes.length, seconds });
    this.#asked.resolve(outcomes);
  }

  #fail(error: Error): void {
    this.#queue.fail(new ServiceError("failed", "The service has failed", "See its log"));
    this.#closed.resolve();
    if (this.#run === undefined) return this.#opened.reject(error);
    this.#options.onFailure?.(error);
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
