/**
 * The service that a command answers questions with.
 *
 * @module
 */
import { RecommenderService, type ServiceOptions } from "../../serving/recommender_service.ts";
import type { RunRequest } from "./open_recommender.ts";

/** Milliseconds after which a worker that has nothing to do is ended: a process that is about to exit leaves it. */
const idling = 1000;

/** Milliseconds in which the thread of a worker that was ended has unloaded the driver, on a busy machine too. */
const unloading = 2000;

/** When the last worker was ended. */
let lastEnded = -Infinity;

/** Whether the process is about to exit, and workers are left as they are. */
let isExiting = false;

/**
 * Opens a run in a worker.
 *
 * @param request Which one.
 * @param options Who hears of it, and how much waits for it.
 * @throws {BandpassError} It cannot be opened.
 */
export async function openService(
  request: RunRequest,
  options?: Omit<ServiceOptions, "onIdle">,
): Promise<RecommenderService> {
  const module = new URL("./recommender_worker.ts", import.meta.url);
  const worker = new Worker(module, { type: "module" });
  const end = () => {
    if (isExiting) return;
    worker.terminate();
    lastEnded = performance.now();
  };
  return await RecommenderService.open(worker, request, {
    ...options,
    onIdle: () => setTimeout(end, idling),
  });
}

/**
 * Waits, before the process exits, until no thread of a worker can be unloading the driver, which makes a process that
 * exits crash; Deno tells nobody when a thread has gone. From then on no worker is ended.
 */
export async function leaveWorkers(): Promise<void> {
  isExiting = true;
  const left = lastEnded + unloading - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}
