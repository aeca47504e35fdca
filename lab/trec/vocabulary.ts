/**
 * What the words of TREC's files stand for.
 *
 * @module
 */
import type { Dataset } from "../../data/dataset.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import { trecWord } from "../../evaluation/trec_word.ts";

/** Gives words their indices. */
export interface Vocabulary {
  /** The index of a user; nothing for one that is not known. */
  readonly userOf: (word: string) => number | undefined;
  /** The index of an item; nothing for one that is not known. */
  readonly itemOf: (word: string) => number | undefined;
  /** The dataset that the words are of; without one, each word stands for itself. */
  readonly dataset?: Dataset;
}

/**
 * The ids of a dataset, as they are exported.
 *
 * @param dataset The dataset.
 */
export function wordsOfDataset(dataset: Dataset): Vocabulary {
  const indexOf = ({ count, idOf }: Identifiers) => {
    const known = new Map<string, number>();
    for (let index = 0; index < count; index++) known.set(trecWord(idOf(index)), index);
    return (word: string) => known.get(word);
  };
  return { userOf: indexOf(dataset.userIds), itemOf: indexOf(dataset.itemIds), dataset };
}

/** Words in the order in which they are met. */
export function anyWords(): Vocabulary {
  const numbered = () => {
    const known = new Map<string, number>();
    return (word: string) => {
      const index = known.get(word) ?? known.size;
      known.set(word, index);
      return index;
    };
  };
  return { userOf: numbered(), itemOf: numbered() };
}
