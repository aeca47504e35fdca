/**
 * Recall, NDCG, Precision, MAP, hit rate and MRR from a run file and a qrels file alone, in plain loops:
 * nothing of Bandpass is used, so that what others compute from these files is what it prints.
 *
 * As trec_eval does, it sorts by score and pays no heed to the rank column; ties go to the greater
 * item id. MAP is divided by min(n, K), as methods.md (§1) has it, where trec_eval's map_cut divides
 * by n.
 *
 * As a script: `deno run --allow-read tests/reference/trec_eval.ts test.run test.qrels`.
 *
 * @module
 */

/** Means over the users of the qrels, by name and cutoff. */
export type Rescored = Record<string, number>;

/**
 * Scores a run.
 *
 * @param run Lines `user Q0 item rank score tag`.
 * @param qrels Lines `user 0 item relevance`.
 * @param cutoffs The values of K.
 * @example
 * ```ts
 * import { rescore } from "./trec_eval.ts";
 * rescore("u Q0 a 1 2 x\nu Q0 b 2 1 x\n", "u 0 b 1\n", [2])["recall@2"]; // 1
 * ```
 */
export function rescore(run: string, qrels: string, cutoffs: readonly number[]): Rescored {
  const relevant = new Map<string, Set<string>>();
  for (const line of qrels.trim().split("\n")) {
    const [user, , item, relevance] = line.split(/\s+/);
    if (Number(relevance) <= 0) continue;
    if (!relevant.has(user)) relevant.set(user, new Set());
    relevant.get(user)!.add(item);
  }
  const retrieved = new Map<string, { item: string; score: number }[]>();
  for (const line of run.trim().split("\n")) {
    const [user, , item, , score] = line.split(/\s+/);
    if (!retrieved.has(user)) retrieved.set(user, []);
    retrieved.get(user)!.push({ item, score: Number(score) });
  }
  const sums: Rescored = {};
  for (const [user, wanted] of relevant) {
    const list = (retrieved.get(user) ?? [])
      .sort((a, b) => b.score - a.score || (a.item < b.item ? 1 : -1));
    for (const cutoff of cutoffs) {
      let [hits, gain, ideal, precisions, reciprocal] = [0, 0, 0, 0, 0];
      for (let place = 1; place <= cutoff; place++) {
        if (place <= wanted.size) ideal += 1 / Math.log2(place + 1);
        if (place > list.length || !wanted.has(list[place - 1].item)) continue;
        if (hits === 0) reciprocal = 1 / place;
        hits++;
        gain += 1 / Math.log2(place + 1);
        precisions += hits / place;
      }
      const values = {
        recall: hits / wanted.size,
        ndcg: gain / ideal,
        precision: hits / cutoff,
        map: precisions / Math.min(wanted.size, cutoff),
        hit: hits > 0 ? 1 : 0,
        mrr: reciprocal,
      };
      for (const [name, value] of Object.entries(values)) {
        const key = `${name}@${cutoff}`;
        sums[key] = (sums[key] ?? 0) + value;
      }
    }
  }
  for (const key of Object.keys(sums)) sums[key] /= relevant.size;
  return sums;
}

if (import.meta.main) {
  const [run, qrels] = await Promise.all(Deno.args.map((path) => Deno.readTextFile(path)));
  console.log(JSON.stringify(rescore(run, qrels, [5, 10, 20, 50]), null, 2));
}
