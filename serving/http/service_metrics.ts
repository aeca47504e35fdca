/**
 * What Prometheus is told. Routes are labels, and ids never are.
 *
 * @module
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Pass } from "../recommender_service.ts";

/** Seconds: from a list out of memory to a question that waited long. */
const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How a request went. */
export interface ServedRequest {
  /** The route that it took. */
  readonly route: string;
  /** Its method. */
  readonly method: string;
  /** The status of its answer. */
  readonly status: number;
  /** Seconds until it was answered. */
  readonly seconds: number;
}

/** Counters of one server. */
export class ServiceMetrics {
  readonly #registry = new Registry();
  readonly #registers = { registers: [this.#registry] };
  readonly #requests = new Counter({
    ...this.#registers,
    name: "bandpass_requests_total",
    help: "Requests by route, method and status",
    labelNames: ["route", "method", "status"],
  });
  readonly #seconds = new Histogram({
    ...this.#registers,
    name: "bandpass_request_seconds",
    help: "Seconds until a request was answered, by route",
    labelNames: ["route"],
    buckets: secondsBuckets,
  });
  readonly #passes = new Histogram({
    ...this.#registers,
    name: "bandpass_pass_seconds",
    help: "Seconds in which questions were answered together",
    buckets: secondsBuckets,
  });
  readonly #questions = new Histogram({
    ...this.#registers,
    name: "bandpass_pass_questions",
    help: "Questions that were answered together",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  });
  readonly #reloads = new Counter({
    ...this.#registers,
    name: "bandpass_reloads_total",
    help: "Reloads of the run, by whether the new one is served",
    labelNames: ["outcome"],
  });

  /**
   * Starts at zero.
   *
   * @param waiting How many lists wait now.
   */
  constructor(waiting: () => number) {
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        ...this.#registers,
        ...{ name, help },
        collect() {
          this.set(value());
        },
      });
    gauge("bandpass_waiting_lists", "Lists that wait to be made", waiting);
    gauge(
      "process_resident_memory_bytes",
      "Memory of the process",
      () => Deno.memoryUsage().rss,
    );
  }

  /**
   * Counts a request.
   *
   * @param request How it went.
   */
  countRequest({ route, method, status, seconds }: ServedRequest): void {
    this.#requests.inc({ route, method, status });
    this.#seconds.observe({ route }, seconds);
  }

  /**
   * Counts questions that were answered together.
   *
   * @param pass How many, and how long it took.
   */
  countPass({ questions, seconds }: Pass): void {
    this.#passes.observe(seconds);
    this.#questions.observe(questions);
  }

  /**
   * Counts a reload.
   *
   * @param outcome Whether the new run is served.
   */
  countReload(outcome: "served" | "refused"): void {
    this.#reloads.inc({ outcome });
  }

  /** All of it, in Prometheus' text format. */
  async text(): Promise<string> {
    return await this.#registry.metrics();
  }

  /** The media type of {@linkcode ServiceMetrics.text}. */
  get contentType(): string {
    return this.#registry.contentType;
  }
}
