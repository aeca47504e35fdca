/**
 * The module of the worker in which a command opens a run to answer questions.
 *
 * @module
 */
import { basename } from "@std/path";
import { readItemMeta } from "../../data/item_meta.ts";
import { answerInWorker } from "../../serving/answer_in_worker.ts";
import { flags } from "./flags.ts";
import { requestedRun, type RunRequest } from "./open_recommender.ts";

// What a model of the user's own prints is no result, which stdout is for.
for (const method of ["log", "info", "debug"] as const) console[method] = console.error;

answerInWorker<RunRequest>({
  words: flags,
  async withRun(request, use, note) {
    const requested = await requestedRun(request, note);
    await requested.use(async (recommender) => {
      const { folder, itemIds } = recommender.dataset;
      const meta = await readItemMeta(folder!, itemIds);
      await use({ recommender, run: basename(requested.folder.path), meta });
    });
  },
});
