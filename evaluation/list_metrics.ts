/**
 * Metrics of recommended lists beyond accuracy (methods.md, §6): how much of the catalogue is recommended and how
 * evenly, how novel and how popular it is, and how diverse each list.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { degreesOf } from "../data/dataset_summary.ts";
import { FeatureDiversity } from "./feature_diversity.ts";
import { type Metrics, protocolCutoffs } from "./metrics.ts";

/** What each list has by itself. */
export const listMetrics = ["novelty", "popularity", "diversity"] as const;

/** One of {@linkcode listMetrics}. */
export type ListMetric = typeof listMetrics[number];

/** What lists add up to, one after the other: memory for each user and each item, not for each pair. */
export class ListMetrics {
  /** The metrics of a list that the dataset allows: diversity only where items have features. */
  readonly names: readonly ListMetric[];
  /** The mean popularity of what each user of the dataset has in train; NaN of one who has nothing. */
  readonly profilePopularity: Float64Array;
  /** Users who have each item in train. */
  readonly #popularity: Uint32Array;
  /** Self-information of each item, in bits. */
  readonly #information: Float64Array;
  readonly #diversity?: FeatureDiversity;
  /** How often each item is recommended, a table a cutoff. */
  readonly #recommended: readonly Uint32Array[];
  readonly #users: Uint32Array;
  /** `users×cutoffs` values of each metric; NaN where a list has none. */
  readonly #values: Readonly<Record<ListMetric, Float64Array>>;
  #lists = 0;

  /**
   * Counts what is popular.
   *
   * @param dataset The dataset.
   * @param users The most lists.
   * @param cutoffs How many items of a list count, ascending (default: those of the protocol).
   */
  constructor(
    dataset: Dataset,
    users: number,
    readonly cutoffs: readonly number[] = protocolCutoffs,
  ) {
    const { train, items, modalities } = dataset;
    const popularity = this.#popularity = degreesOf([train], "items", items);
    // An item that nobody has would be infinitely surprising: it counts as one that somebody has.
    this.#information = Float64Array.from(
      popularity,
      (count) => Math.log2(dataset.users / Math.max(1, count)),
    );
    const sums = new Float64Array(dataset.users);
    const counts = new Uint32Array(dataset.users);
    train.users.forEach((user, row) => {
      sums[user] += popularity[train.items[row]];
      counts[user]++;
    });
    this.profilePopularity = sums.map((sum, user) => sum / counts[user]);
    if (modalities.length > 0) this.#diversity = new FeatureDiversity(modalities);
    this.names = listMetrics.filter((name) => name !== "diversity" || modalities.length > 0);
    this.#recommended = cutoffs.map(() => new Uint32Array(items));
    this.#users = new Uint32Array(users);
    const table = () => new Float64Array(users * cutoffs.length).fill(NaN);
    this.#values = { novelty: table(), popularity: table(), diversity: table() };
  }

  /**
   * Adds a list.
   *
   * @param user The index of its user.
   * @param items Its items, best first; those beyond the last cutoff do not count.
   */
  add(user: number, items: Uint32Array): void {
    const { cutoffs } = this;
    const first = this.#lists * cutoffs.length;
    this.#users[this.#lists++] = user;
    let [place, information, popularity] = [0, 0, 0];
    cutoffs.forEach((cutoff, c) => {
      const length = Math.min(cutoff, items.length);
      for (; place < length; place++) {
        information += this.#information[items[place]];
        popularity += this.#popularity[items[place]];
      }
      for (let n = 0; n < length; n++) this.#recommended[c][items[n]]++;
      this.#values.novelty[first + c] = information / length;
      this.#values.popularity[first + c] = popularity / length;
    });
    if (this.#diversity !== undefined) {
      this.#values.diversity.set(this.#diversity.of(items, cutoffs), first);
    }
  }

  /**
   * A metric of one list.
   *
   * @param name Which metric.
   * @param list The list, by the order in which lists were added.
   * @param cutoff Which of the cutoffs, counted from 0.
   * @returns NaN where the list has no value.
   */
  of(name: ListMetric, list: number, cutoff: number): number {
    return this.#values[name][list * this.cutoffs.length + cutoff];
  }

  /**
   * The metrics of all lists together, by name and cutoff: `coverage`, `gini`, `novelty`, `popularity`,
   * `popularity_ratio` and `diversity`; without those that no list has.
   *
   * @returns All cutoffs of one metric before those of the next.
   */
  total(): Metrics {
    const metrics: [name: string, of: (cutoff: number) => number][] = [
      ["coverage", (c) => coverage(this.#recommended[c])],
      ["gini", (c) => giniIndex(this.#recommended[c])],
      ["novelty", (c) => this.#mean("novelty", c)],
      ["popularity", (c) => this.#mean("popularity", c)],
      ["popularity_ratio", (c) => this.#popularityRatio(c)],
      ["diversity", (c) => this.#mean("diversity", c)],
    ];
    const found = metrics.flatMap(([name, of]) =>
      this.cutoffs.map((cutoff, c) => [`${name}@${cutoff}`, of(c)] as const)
    );
    return Object.fromEntries(found.filter(([, value]) => !Number.isNaN(value)));
  }

  /** The mean over the lists that have a value. */
  #mean(name: ListMetric, cutoff: number): number {
    let [sum, count] = [0, 0];
    for (let list = 0; list < this.#lists; list++) {
      const value = this.of(name, list, cutoff);
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return sum / count;
  }

  /** Mean popularity of lists over mean popularity of profiles, of users who have both. */
  #popularityRatio(cutoff: number): number {
    let [lists, profiles] = [0, 0];
    for (let list = 0; list < this.#lists; list++) {
      const recommended = this.of("popularity", list, cutoff);
      const profile = this.profilePopularity[this.#users[list]];
      if (Number.isNaN(recommended) || Number.isNaN(profile)) continue;
      lists += recommended;
      profiles += profile;
    }
    return lists / profiles;
  }
}

/** The share of the items that is in any list. */
function coverage(recommended: Uint32Array): number {
  return recommended.filter((count) => count > 0).length / recommended.length;
}

/** `Σ_j (2j − I − 1)·c_j / (I Σ c)` of I ascending counts c: 0 where all are equal. */
function giniIndex(recommended: Uint32Array): number {
  const counts = recommended.toSorted();
  let [weighted, all] = [0, 0];
  counts.forEach((count, n) => {
    weighted += (2 * (n + 1) - counts.length - 1) * count;
    all += count;
  });
  return weighted / (counts.length * all);
}
