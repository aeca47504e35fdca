/**
 * The module of the worker in which a command opens a run to answer questions.
 *
 * @module
 */
import { basename } from "node:path";
import { readItemMeta } from "../../data/item_meta.ts";
import { pageFiles } from "../../page/page_contents.ts";
import { contentAddress } from "../../page/page_index.ts";
import { answerInWorker } from "../../serving/answer_in_worker.ts";
import { readResult } from "../../training/result_file.ts";
import { flags } from "./flags.ts";
import { requestedRun, type RunRequest } from "./open_recommender.ts";

// What a model of the user's own prints is no result, which stdout is for.
for (const method of ["log", "info", "debug"] as const) console[method] = console.error;

/** Items of a list on the page. */
const listLength = 20;

answerInWorker<RunRequest>({
  words: flags,
  async withRun(request, use, note) {
    const requested = await requestedRun(request, note);
    await requested.use(async (recommender) => {
      const { folder, itemIds } = recommender.dataset;
      const meta = await readItemMeta(folder!, itemIds);
      const { path } = requested.folder;
      const run = basename(path);
      const metrics = (await readResult(path))?.test ?? undefined;
      const runs = [{ name: run, recommender, metrics }];
      // Whoever may ask for a user's list may see the user; a page of files leaves them out.
      const made = crypto.randomUUID();
      const content = { runs, withUsers: true, listLength, isServed: true, meta, made };
      const page = await pageFiles(content);
      // A browser that has a page of the run before must not mix the two.
      const files = new Map(
        page.flatMap(({ path, bytes }) => [[path, bytes], [contentAddress(path, made), bytes]]),
      );
      await use({ recommender, run, meta, files });
    });
  },
});
