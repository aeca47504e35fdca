/**
 * Services of the small shop.
 *
 * @module
 */
import { RecommenderService, type ServiceOptions } from "../../serving/recommender_service.ts";
import type { ShopRequest } from "./shop_worker.ts";

/**
 * Opens one.
 *
 * @param request What it serves (default: BPR).
 * @param options Who hears of it.
 */
export async function openShop(
  request: Partial<ShopRequest> = {},
  options: ServiceOptions = {},
): Promise<RecommenderService> {
  const worker = new Worker(new URL("./shop_worker.ts", import.meta.url), { type: "module" });
  return await RecommenderService.open(worker, { model: "bpr", run: "first", ...request }, options);
}
