/**
 * Compares ways to make features of words: for each it writes a dataset with these features alone, to be trained on,
 * and prints how well their cosine tells items that the same users took from as popular ones that nobody took
 * together (area under the ROC curve, over train rows).
 *
 * Usage: deno run --no-prompt --allow-read --allow-write=datasets bench/word_features.ts
 *   DATASET_FOLDER TABLE.csv ID_COLUMN TEXT_COLUMN
 *
 * @module
 */
import { parse } from "@std/csv";
import { basename } from "node:path";
import type { Csr } from "../algebra/csr.ts";
import { latentSemantics } from "../algebra/latent_semantics.ts";
import { uniforms } from "../algebra/random_sequence.ts";
import { readDataset } from "../data/folder.ts";
import { fillMissing } from "../data/ingest/fill_missing.ts";
import { tokenise } from "../data/ingest/tokenise.ts";
import { writeNpy } from "../data/npy.ts";
import { cosineOf } from "../lab/quality/cosine.ts";
import { rocArea } from "../lab/statistics/roc_area.ts";

const [folder, table, idColumn, textColumn] = Deno.args;
if (textColumn === undefined) {
  throw new Error("expected DATASET_FOLDER TABLE ID_COLUMN TEXT_COLUMN");
}
const dimensions = 128;
const buckets = 1 << 15;
const mostPairs = 200_000;

type Terms = (text: string) => string[];
type Weight = (count: number, length: number) => number;

/** fastText's sub-words: runs of 3 to 5 characters of a word in angle brackets, as one of so many buckets. */
function subwords(text: string): string[] {
  return tokenise(text).flatMap((word) => {
    const letters = Array.from(`<${word}>`);
    return [3, 4, 5].flatMap((n) =>
      letters.slice(0, Math.max(0, letters.length - n + 1)).map((_, at) =>
        `#${hash(letters.slice(at, at + n).join("")) % buckets}`
      )
    );
  });
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 2166136261;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 16777619);
  return value >>> 0;
}

/** Runs of so many characters of a word in angle brackets; the whole of a shorter one (McNamee and Mayfield, 2004). */
const grams = (n: number): Terms => (text) =>
  tokenise(text).flatMap((word) => {
    const letters = Array.from(`<${word}>`);
    return Array.from(
      { length: Math.max(1, letters.length - n + 1) },
      (_, at) => letters.slice(at, at + n).join(""),
    );
  });

/** Words cut after some characters, which takes "mount" and "mounting" for the same. */
const cut = (letters: number): Terms => (text) =>
  tokenise(text).map((word) =>
    /\p{N}/u.test(word) ? word : Array.from(word).slice(0, letters).join("")
  );

const both: Terms = (text) => [...tokenise(text), ...subwords(text)];
const variants: readonly [name: string, terms: Terms, bm25: boolean, mostShare?: number][] = [
  ["words-tfidf", tokenise, false],
  ["words-bm25", tokenise, true],
  ["subwords-tfidf", subwords, false],
  ["subwords-bm25", subwords, true],
  ["both-tfidf", both, false],
  ["both-bm25", both, true],
  ["grams4-tfidf", grams(4), false],
  ["grams5-tfidf", grams(5), false],
  ["cut4-tfidf", cut(4), false],
  ["cut5-tfidf", cut(5), false],
  ["cut6-tfidf", cut(6), false],
  ["cut7-tfidf", cut(7), false],
  // Without words that more than such a share of the texts has.
  ["most50-tfidf", tokenise, false, 0.5],
  ["most20-tfidf", tokenise, false, 0.2],
  ["most10-tfidf", tokenise, false, 0.1],
  ["most5-tfidf", tokenise, false, 0.05],
  ["most2-tfidf", tokenise, false, 0.02],
];
const chosen = Deno.args[4]?.split(",") ?? variants.map(([name]) => name);

/** TF-IDF as `preprocess` has it, or BM25 (k₁ 1.2, b .75; idf as in Lucene); rows of length 1. */
function weigh(texts: readonly string[], terms: Terms, bm25: boolean, mostShare: number): Csr {
  const counts = texts.map((text) => {
    const found = new Map<string, number>();
    for (const term of terms(text)) found.set(term, (found.get(term) ?? 0) + 1);
    return found;
  });
  const documents = new Map<string, number>();
  for (const row of counts) {
    for (const term of row.keys()) documents.set(term, (documents.get(term) ?? 0) + 1);
  }
  const lengths = counts.map((row) => row.values().reduce((sum, count) => sum + count, 0));
  const n = lengths.filter((length) => length > 0).length;
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / n;
  const known = [...documents].filter(([, count]) => count >= 2 && count <= mostShare * n);
  const columnOf = new Map(known.map(([term], column) => [term, column]));
  const inverse = known.map(([, d]) =>
    bm25 ? Math.log(1 + (n - d + .5) / (d + .5)) : 1 + Math.log((1 + n) / (1 + d))
  );
  const frequency: Weight = bm25
    ? (count, length) => count * 2.2 / (count + 1.2 * (.25 + .75 * length / meanLength))
    : (count) => 1 + Math.log(count);
  const rowStart = new Uint32Array(texts.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  counts.forEach((row, n) => {
    const entries = [...row].filter(([term]) => columnOf.has(term)).map(([term, count]) => {
      const at = columnOf.get(term)!;
      return { at, weight: frequency(count, lengths[n]) * inverse[at] };
    }).sort((a, b) => a.at - b.at);
    const length = Math.hypot(...entries.map(({ weight }) => weight));
    for (const { at, weight } of entries) {
      column.push(at);
      value.push(weight / length);
    }
    rowStart[n + 1] = column.length;
  });
  return {
    rows: texts.length,
    columns: known.length,
    rowStart,
    column: Uint32Array.from(column),
    value: Float32Array.from(value),
  };
}

const dataset = await readDataset(folder);
const textOf = new Map<string, string>();
for (const row of parse(await Deno.readTextFile(table), { skipFirstRow: true })) {
  if (!textOf.has(row[idColumn]!)) textOf.set(row[idColumn]!, row[textColumn]!);
}
const texts = Array.from(
  { length: dataset.items },
  (_, item) => textOf.get(String(dataset.itemIds.idOf(item))) ?? "",
);

/** Pairs of two items of one user, and pairs of the first with the second of another such pair. */
function pairs() {
  const { users, items } = dataset.train;
  const own = Array.from({ length: dataset.users }, (): number[] => []);
  users.forEach((user, n) => own[user].push(items[n]));
  const usersOf = Array.from({ length: dataset.items }, () => new Set<number>());
  users.forEach((user, n) => usersOf[items[n]].add(user));
  const together = (a: number, b: number) => a === b || !usersOf[a].isDisjointFrom(usersOf[b]);
  const uniform = uniforms(0);
  const draw = (count: number) => Math.floor(count * uniform());
  const taken: [number, number][] = [];
  while (taken.length < mostPairs) {
    const row = draw(users.length);
    const others = own[users[row]];
    const other = others[draw(others.length)];
    if (other !== items[row]) taken.push([items[row], other]);
  }
  const random = taken.flatMap(([first], n): [number, number][] => {
    const [, second] = taken[(n + 1 + draw(taken.length - 1)) % taken.length];
    return together(first, second) ? [] : [[first, second]];
  });
  return { taken, random };
}

/** How often the items of a pair that was taken together are more alike than those of another one. */
function area(values: Float32Array, columns: number, { taken, random }: ReturnType<typeof pairs>) {
  const modality = { name: "words", rows: dataset.items, columns, values };
  const cosines = (all: [number, number][]) => all.map(([a, b]) => cosineOf(modality, a, b));
  return rocArea(cosines(taken), cosines(random)).area;
}

const found = pairs();
console.log(`${found.taken.length} pairs taken together, ${found.random.length} random pairs`);
console.log("features\tterms\tcolumns\tkept\tseconds\tAUC");
for (
  const [name, terms, bm25, mostShare = 1] of variants.filter(([name]) => chosen.includes(name))
) {
  const from = performance.now();
  const matrix = weigh(texts, terms, bm25, mostShare);
  const { values, columns, kept } = latentSemantics(matrix, dimensions);
  const seconds = (performance.now() - from) / 1000;
  const present = Uint8Array.from(
    texts,
    (_, n) => Number(matrix.rowStart[n + 1] > matrix.rowStart[n]),
  );
  fillMissing(values, columns, present, table);
  const auc = area(values, columns, found);
  console.log(
    [name, matrix.columns, columns, kept.toFixed(4), seconds.toFixed(1), auc.toFixed(4)].join("\t"),
  );
  const made = `${basename(folder)}-${name}`;
  await Deno.mkdir(`datasets/${made}`, { recursive: true });
  await Deno.copyFile(`${folder}/${basename(folder)}.inter`, `datasets/${made}/${made}.inter`);
  await writeNpy(`datasets/${made}/words_feat.npy`, [dataset.items, columns], values);
}
