/**
 * The files of a page, each made when it is asked for: a server asks for those that a visitor looks at,
 * and a static page is all of them.
 *
 * @module
 */
import { withTrainRow } from "../evaluation/untrained_users.ts";
import type { Dataset } from "../data/dataset.ts";
import { degreesOf } from "../data/dataset_summary.ts";
import type { Identifiers } from "../data/identifiers.ts";
import { type ItemMeta, readItemMeta } from "../data/item_meta.ts";
import type { Metrics } from "../evaluation/metrics.ts";
import type { Recommender } from "../recommender/recommender.ts";
import { readDiagnostics } from "../training/diagnostics.ts";
import { listFiles } from "./list_files.ts";
import { pageAssets } from "./page_assets.ts";
import { jsonFile, type PageFile, startsOfFiles } from "./page_file.ts";
import {
  pageFormat,
  type PageIndex,
  type PageItems,
  pagePaths,
  type PageRun,
  type PageSpectrum,
  type PageUsers,
  rowsOfFile,
} from "./page_index.ts";
import { describedRows, filesOfRows, parted } from "./row_files.ts";
import { type PagePictures, pagePictures } from "./page_pictures.ts";

/** A run that a page is to show. */
export interface ShownRun {
  /** Its name, which no other run of the page has. */
  readonly name: string;
  /** Its model. */
  readonly recommender: Recommender;
  /** What it reached on the test split; nothing where that was not looked at. */
  readonly metrics?: Metrics;
}

/** What a page is to show. */
export interface PageContent {
  /** The runs, at least one; all of the same dataset. */
  readonly runs: readonly ShownRun[];
  /** Whether users are in it, with what they took: without them a page knows items alone. */
  readonly withUsers: boolean;
  /** The most items of a list. */
  readonly listLength: number;
  /** The spectrum of the dataset's graph (default: the page has none). */
  readonly spectrum?: PageSpectrum;
  /** Whether a server makes files when they are asked for: reasons too, which take long for all users. */
  readonly isServed: boolean;
  /** What is known of items (default: what the dataset's folder says). */
  readonly meta?: ItemMeta;
  /** A name of this content, where a server may have another one later (default: none). */
  readonly made?: string;
}

/**
 * The files of a page; `page.json` is the last one.
 *
 * @param content What it shows.
 * @returns The files, none of which is made yet.
 * @throws {DataError} The table of names or the folder of pictures cannot be read.
 */
export async function pageFiles(content: PageContent): Promise<PageFile[]> {
  const { dataset } = content.runs[0].recommender;
  const { folder, itemIds } = dataset;
  const meta = content.meta ??
    (folder === undefined ? undefined : await readItemMeta(folder, itemIds));
  const pictures = await pagePictures(dataset);
  const runs = [];
  for (const [n, run] of content.runs.entries()) runs.push(await filesOfRun(run, n, content));
  const files = [
    ...pageAssets,
    ...pictures.files,
    jsonFile(pagePaths.items, () => itemsOf(dataset, meta, pictures)),
    ...content.withUsers ? filesOfUsers(dataset) : [],
    ...runs.flat(),
    jsonFile(pagePaths.index, () => indexOf(content)),
  ];
  return files.filter(({ isServedOnly = false }) => content.isServed || !isServedOnly);
}

async function filesOfRun(
  { recommender }: ShownRun,
  run: number,
  { withUsers, listLength }: PageContent,
): Promise<PageFile[]> {
  const rows = await parted(recommender);
  return [
    ...await listFiles(recommender, run, { withUsers, listLength }),
    ...rows === undefined ? [] : filesOfRows(recommender, rows, run, withUsers),
  ];
}

async function indexOf(content: PageContent): Promise<PageIndex> {
  const { runs, withUsers, isServed, made } = content;
  const { name, users, items } = runs[0].recommender.dataset;
  return {
    format: pageFormat,
    ...{ dataset: name, items, ...withUsers && { users } },
    ...{ isServed, made },
    listLength: content.listLength,
    runs: await Promise.all(runs.map((run) => describedRun(run, isServed))),
    spectrum: content.spectrum,
  };
}

async function describedRun(
  { name, recommender, metrics = {} }: ShownRun,
  isServed: boolean,
): Promise<PageRun> {
  const { definition, configuration: { seed }, dataset } = recommender;
  const { memory, diagnostics } = await recommender.scored();
  const rows = await parted(recommender);
  return {
    ...{ name, model: definition.name, description: definition.description, seed, metrics },
    ...rows && { rows: describedRows(rows) },
    hasReasons: rows === undefined && isServed,
    tables: diagnostics.length === 0 ? {} : await readDiagnostics(memory, dataset, diagnostics),
  };
}

function itemsOf(
  { items, itemIds, train }: Dataset,
  meta: ItemMeta | undefined,
  { endings }: PagePictures,
): PageItems {
  return {
    ids: idsOf(itemIds),
    ...meta?.nameColumn !== undefined && {
      names: Array.from({ length: items }, (_, item) => meta.nameOf(item) ?? ""),
    },
    ...endings.size > 0 && {
      pictures: Array.from({ length: items }, (_, item) => endings.get(item) ?? ""),
    },
    counts: Array.from(degreesOf([train], "items", items)),
  };
}

function filesOfUsers(dataset: Dataset): PageFile[] {
  const { users, userIds, train, valid, test } = dataset;
  let taken: Set<number>[] | undefined;
  const histories = () => {
    if (taken !== undefined) return taken;
    taken = Array.from({ length: users }, () => new Set<number>());
    for (const split of [train, valid, test]) {
      split.users.forEach((user, row) => taken![user].add(split.items[row]));
    }
    return taken;
  };
  return [
    jsonFile(pagePaths.users, (): PageUsers => {
      const isTrained = withTrainRow(dataset, "users");
      return {
        ids: idsOf(userIds),
        untrained: Array.from(isTrained.keys()).filter((user) => isTrained[user] === 0),
      };
    }),
    ...startsOfFiles(users).map((first) =>
      jsonFile(
        pagePaths.histories(first),
        () => histories().slice(first, first + rowsOfFile).map((items) => [...items]),
      )
    ),
  ];
}

function idsOf(identifiers: Identifiers): (string | number)[] {
  return Array.from({ length: identifiers.count }, (_, index) => identifiers.idOf(index));
}
