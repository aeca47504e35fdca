/**
 * Compares what models say themselves of items without train rows with what is said of the nearest items: Recall@20 of
 * the test rows of all items, and of those without train rows.
 *
 * Usage: deno run --no-prompt --allow-read --allow-env --allow-ffi --allow-write=.cache bench/own_scores.ts RUN…
 *
 * @module
 */
import { metricsFromRanks } from "../evaluation/metrics.ts";
import { itemStrata } from "../evaluation/strata.ts";
import { Recommender } from "../recommender/recommender.ts";

for (const run of Deno.args) {
  await using recommender = await Recommender.open(run, { cache: ".cache" });
  const scored = await recommender.scored();
  for (const source of ["own", "representation"] as const) {
    const ranking = scored.planRanking("test", "train", { representation: scored[source] });
    await ranking.compile();
    const ranks = await ranking.run();
    const { metrics } = itemStrata(ranks, recommender.dataset)["items without train interactions"];
    const [all, untrained] = [metricsFromRanks(ranks), metrics]
      .map((found) => found?.["recall@20"].toFixed(4) ?? "–");
    const what = source === "own" ? "their own scores" : "the nearest items";
    console.log(`${run}, ${what}: all items ${all}, without train rows ${untrained}`);
  }
}
