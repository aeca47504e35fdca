/**
 * Services of the small shop.
 *
 * @module
 */
import { RecommenderService, type ServiceOptions } from "../../serving/recommender_service.ts";
import type { ShopRequest } from "./shop_worker.ts";

const workers: Worker[] = [];

// A thread that still unloads the driver while the process of the tests exits makes it crash.
addEventListener("unload", () => {
  for (const worker of workers) worker.terminate();
  const end = performance.now() + 5000;
  while (hasWorkers() && performance.now() < end) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
});

/** Whether the process has threads of workers, where the system tells. */
function hasWorkers(): boolean {
  if (Deno.build.os !== "linux") return false;
  const threads = "/proc/self/task";
  return Array.from(Deno.readDirSync(threads)).some(({ name }) => {
    try {
      return Deno.readTextFileSync(`${threads}/${name}/comm`).startsWith("worker-");
    } catch {
      return false;
    }
  });
}

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
  workers.push(worker);
  return await RecommenderService.open(worker, { model: "bpr", run: "first", ...request }, {
    ...options,
    onIdle: () => worker.terminate(),
  });
}
