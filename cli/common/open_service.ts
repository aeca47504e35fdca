/**
 * The service that a command answers questions with.
 *
 * @module
 */
import { RecommenderService, type ServiceOptions } from "../../serving/recommender_service.ts";
import type { RunRequest } from "./open_recommender.ts";

/**
 * Opens a run in a worker.
 *
 * @param request Which one.
 * @param options Who hears of it, and how much waits for it.
 * @throws {BandpassError} It cannot be opened.
 */
export async function openService(
  request: RunRequest,
  options?: ServiceOptions,
): Promise<RecommenderService> {
  const module = new URL("./recommender_worker.ts", import.meta.url);
  return await RecommenderService.open(new Worker(module, { type: "module" }), request, options);
}
