/**
 * Files that the lab compares: TREC's, and the metrics of users that runs keep.
 *
 * @module
 */
import type { Interactions } from "../../data/dataset.ts";
import { ListMetrics } from "../../evaluation/list_metrics.ts";
import { parseUserMetrics } from "../../lab/measures/read_user_metrics.ts";
import { writeUserMetrics } from "../../lab/measures/write_user_metrics.ts";
import { readJudgements } from "../../lab/trec/judgements.ts";
import { readTrecLists } from "../../lab/trec/trec_lists.ts";
import { trecMeasures } from "../../lab/trec/trec_measures.ts";
import { anyWords, wordsOfDataset } from "../../lab/trec/vocabulary.ts";
import { madeDataset } from "../datasets.ts";
import { type Format, ofText, texts } from "./format.ts";

const rows = (...pairs: [number, number][]): Interactions => ({
  users: Uint32Array.from(pairs, ([user]) => user),
  items: Uint32Array.from(pairs, ([, item]) => item),
});
const dataset = madeDataset({
  ...{ name: "shop", users: 3, items: 5, modalities: [] },
  ...{ train: rows([0, 4], [1, 4]), valid: rows([0, 3]), test: rows([0, 0], [0, 1], [2, 2]) },
});
const words = wordsOfDataset(dataset);

const lists = ofText({
  name: "trec-lists",
  file: "a.run",
  tokens: ["0 Q0 1 1 0.5 me\n", " ", "\n", "Q0", "1e999", "NaN", "-1", "2", "4", "9"],
  make: () =>
    Promise.resolve(texts("0 Q0 1 1 9 me\n0 Q0 3 2 8 me\n2\tQ0\t2  1 7.5 me\r\n7 Q0 0 1 1 me")),
  async read(folder) {
    const path = `${folder}/a.run`;
    const found = await readTrecLists(path, words, ["train"]);
    const subject = { path, found, heldOut: dataset.test, vocabulary: words, cutoff: 2 };
    const { ranked } = trecMeasures(subject, () => {});
    if (ranked.ranks.length !== dataset.test.users.length) throw new Error("ranks of other items");
  },
});

const judgements = ofText({
  name: "trec-qrels",
  file: "a.qrels",
  tokens: ["0 0 1 1\n", " ", "\n", "-1", "1", "2", "0"],
  make: () => Promise.resolve(texts("0 0 0 1\n0 0 1 1\n2\t0\t2  1\r\n1 0 3 0")),
  async read(folder) {
    const path = `${folder}/a.qrels`;
    await readJudgements(path, anyWords(), "test");
    const { users } = await readJudgements(path, words, "test");
    if (users.length !== dataset.test.users.length) throw new Error("other held-out items");
  },
});

const identity = {
  ...{ bandpass: "0", protocol: "test", split: "test", mask: "train" },
  ...{ run: "a", parameters: null, data: { interactions: "b" } },
};
const ranks = {
  users: Uint32Array.of(0, 2),
  start: Uint32Array.of(0, 2, 3),
  items: Uint32Array.of(0, 1, 2),
  ranks: Uint32Array.of(3, 0, 1),
};

const userMetrics = ofText({
  name: "user-metrics",
  file: "users.parquet",
  tokens: ["PAR1", "ranks", "held_out", "userID", "novelty@5", '"split":"test"', "\u0000"],
  async make(folder) {
    const path = `${folder}/users.parquet`;
    const made = new ListMetrics(dataset, 2);
    made.add(0, Uint32Array.of(1, 3));
    made.add(2, Uint32Array.of(4, 2));
    await writeUserMetrics(path, { dataset, ranks, lists: made }, { adapter: "x", ...identity });
    return [[await Deno.readFile(path)]];
  },
  async read(folder) {
    const path = `${folder}/users.parquet`;
    const bytes = await Deno.readFile(path);
    const ranked = { dataset, split: "test", mask: "train" } as const;
    const found = await parseUserMetrics(bytes, path, identity, ranked);
    if (!("measures" in found)) return;
    const { measures: { ranked: read } } = found;
    if (read.ranks.join() !== ranks.ranks.join() || read.items.join() !== ranks.items.join()) {
      throw new Error("other ranks than were written");
    }
  },
});

/** The formats of the lab. */
export const labFormats: readonly Format[] = [lists, judgements, userMetrics];
