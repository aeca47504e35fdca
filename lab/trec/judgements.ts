/**
 * What was to be found, as a qrels file of TREC has it.
 *
 * @module
 */
import { excerpt } from "../../data/excerpt.ts";
import type { Interactions } from "../../data/dataset.ts";
import { DataError } from "../../errors.ts";
import { readTrecRows } from "./trec_rows.ts";
import type { Vocabulary } from "./vocabulary.ts";

const form = { what: "the qrels", line: "USER 0 ITEM RELEVANCE", words: 4 };

/**
 * Reads a qrels file: items with a relevance above 0 are to be found, one as much as another.
 *
 * @param path The file.
 * @param vocabulary What its words stand for.
 * @param split The split of the dataset that it has to be, where the words are of a dataset.
 * @param note Told where it has degrees of relevance, which trec_eval's NDCG weighs.
 * @throws {DataError} It cannot be read, a line is malformed or repeated, it names nothing, or it is not that split.
 */
export async function readJudgements(
  path: string,
  vocabulary: Vocabulary,
  split: "valid" | "test",
  note: (text: string) => void = () => {},
): Promise<Interactions> {
  const { dataset } = vocabulary;
  const own = dataset && new Set(keysOf(dataset[split]));
  const judged = new Set<string>();
  const degrees = new Set<number>();
  const found = new Map<string, readonly [user: number, item: number]>();
  await readTrecRows(path, form, ([userWord, , itemWord, relevance], { line }) => {
    const fail = (what: string, nextStep: string) =>
      new DataError(`Cannot use the qrels "${path}": line ${line} ${what}`, nextStep);
    if (!/^[+-]?\d+$/.test(relevance)) {
      throw fail(
        `has the relevance "${excerpt(relevance)}", expected an integer`,
        `Write each line as: ${form.line}`,
      );
    }
    const pair = `${userWord} ${itemWord}`;
    // Also where one line finds what the other does not: which of them holds is not known.
    if (judged.has(pair)) throw fail("repeats an earlier one", "Leave one of both out");
    judged.add(pair);
    if (Number(relevance) <= 0) return;
    degrees.add(Number(relevance));
    const [user, item] = [vocabulary.userOf(userWord), vocabulary.itemOf(itemWord)];
    const key = `${user} ${item}`;
    if (own !== undefined && !own.has(key)) {
      throw fail(
        `has the item "${excerpt(itemWord)}" of the user "${excerpt(userWord)}", which is not in ` +
          `the ${split} split of "${dataset!.name}"`,
        "Give the qrels of the same dataset and split",
      );
    }
    found.set(key, [user!, item!]);
  });
  const missing = own && own.size - found.size;
  if (missing) {
    throw new DataError(
      `Cannot use the qrels "${path}": they lack ${missing} of the ${own.size} held-out items of ` +
        `the ${split} split of "${dataset!.name}"`,
      "Give the qrels of the same dataset and split",
    );
  }
  if (found.size === 0) {
    throw new DataError(
      `Cannot use the qrels "${path}": they name no item to be found`,
      "Give a file with a relevance of 1 for each held-out item",
    );
  }
  if (degrees.size > 1) {
    const sorted = [...degrees].sort((a, b) => a - b);
    note(
      `"${path}" has degrees of relevance from ${sorted[0]} to ${sorted.at(-1)}: each of these ` +
        "items counts the same, in NDCG too",
    );
  }
  const pairs = [...found.values()];
  return {
    users: Uint32Array.from(pairs, ([user]) => user),
    items: Uint32Array.from(pairs, ([, item]) => item),
  };
}

function keysOf({ users, items }: Interactions): string[] {
  return Array.from(users, (user, row) => `${user} ${items[row]}`);
}
