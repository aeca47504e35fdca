/**
 * The service that answers now, and the one that takes its place when its run is replaced: the new one is opened beside
 * the old one, and takes over when it can answer; if it cannot be opened, the old one stays.
 *
 * @module
 */
import type { RecommenderService } from "./recommender_service.ts";
import { ServiceError } from "./service_error.ts";

/** What becomes of a reload. */
export type Reloaded = { readonly served: RecommenderService } | { readonly refused: unknown };

/** One service after another. */
export class ServiceSwitch implements AsyncDisposable {
  #current?: RecommenderService;
  #reloading?: Promise<Reloaded>;
  #next?: Promise<Reloaded>;
  #former?: Promise<void>;
  readonly #ending = new AbortController();

  /**
   * None yet.
   *
   * @param open Opens a service, unless the signal gives it up.
   */
  constructor(readonly open: (signal: AbortSignal) => Promise<RecommenderService>) {}

  /** The service that answers now; nothing before the first one can. */
  get current(): RecommenderService | undefined {
    return this.#current;
  }

  /**
   * The service that answers now, for a question that is asked at once.
   *
   * @throws {ServiceError} There is none yet, or no more.
   */
  require(): RecommenderService {
    if (this.#current !== undefined) return this.#current;
    throw new ServiceError("closed", "The run is not loaded yet", "Ask again in a moment");
  }

  /**
   * Opens a service that takes the place of the one before. One that is being opened may have read what was there
   * before this call: all calls meanwhile are one more reload, after it.
   *
   * @returns What becomes of it; calls that share a reload get the same promise.
   */
  reload(): Promise<Reloaded> {
    if (this.#reloading === undefined) {
      this.#reloading = this.#replace().finally(() => this.#reloading = undefined);
      return this.#reloading;
    }
    this.#next ??= this.#reloading.then(() => {
      this.#next = undefined;
      return this.reload();
    });
    return this.#next;
  }

  /** Ends the service when it has answered what it was asked; one that is being opened is given up. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await (this.#next ?? this.#reloading);
    await this.#former;
    await this.#current?.[Symbol.asyncDispose]();
  }

  async #replace(): Promise<Reloaded> {
    let next: RecommenderService;
    try {
      next = await this.open(this.#ending.signal);
    } catch (refused) {
      return { refused };
    }
    const former = this.#current;
    this.#current = next;
    // Whoever has asked the former one gets an answer; nobody waits here for that.
    this.#former = former?.[Symbol.asyncDispose]();
    return { served: next };
  }
}
