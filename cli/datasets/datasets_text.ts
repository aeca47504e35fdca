/**
 * Datasets for people to read.
 *
 * @module
 */
import { basename } from "node:path";
import { byteSize, counted, grouped } from "../../data/counts.ts";
import type { Spread } from "../../data/dataset_summary.ts";
import { dayText } from "../../data/ingest/date_text.ts";
import { matchText } from "../../data/published_counts.ts";
import type { TimeRange } from "../../data/time_range.ts";
import { printable } from "../../errors.ts";
import { type TableColumn, tableText } from "../common/text_table.ts";
import { cut, widest } from "../common/text_width.ts";
import { type DescribedDataset, itemsWith } from "./describe_dataset.ts";
import type { ListedDataset } from "./list_datasets.ts";
import { qualityText } from "./quality_text.ts";

/** What stands where nothing is known. */
const none = "-";

/**
 * A table, a line a dataset.
 *
 * @param datasets The datasets, one at least.
 * @param width The columns of the terminal; everything is shown where there is none.
 * @returns Lines, each ended.
 */
export function datasetsText(datasets: readonly ListedDataset[], width?: number): string {
  const numbers = (
    heading: string,
    number: (counts: NonNullable<ListedDataset["counts"]>) => number,
  ): TableColumn => ({
    heading,
    cells: datasets.map(({ counts }) => counts === undefined ? none : grouped(number(counts))),
    isNumber: true,
  });
  return tableText([
    { heading: "dataset", cells: datasets.map(({ name }) => name) },
    numbers("users", ({ users }) => users),
    numbers("items", ({ items }) => items),
    { ...numbers("train", ({ splits }) => splits.train), leaves: 3 },
    { ...numbers("valid", ({ splits }) => splits.valid), leaves: 2 },
    { ...numbers("test", ({ splits }) => splits.test), leaves: 2 },
    { heading: "modalities", cells: datasets.map(modalitiesText), shorten: shorterList },
    {
      heading: "size",
      cells: datasets.map(({ bytes }) => byteSize(bytes)),
      isNumber: true,
      leaves: 1,
    },
  ], width);
}

function modalitiesText({ modalities, problem }: ListedDataset): string {
  if (problem !== undefined) return "unreadable";
  return modalities.map(({ name, columns }) => `${name} ${columns}`).join(", ") || none;
}

/** As many whole parts as there is room for, and how many more there are. */
function shorterList(text: string, columns: number): string {
  if (widest([text]) <= columns) return text;
  const parts = text.split(", ");
  for (let shown = parts.length - 1; shown > 0; shown--) {
    const shorter = `${parts.slice(0, shown).join(", ")} +${parts.length - shown}`;
    if (widest([shorter]) <= columns) return shorter;
  }
  if (parts.length === 1) return `${cut(text, columns - 1)}…`;
  const names = parts.map((part) => part.split(" ")[0]).join(", ");
  return names === text ? String(parts.length) : shorterList(names, columns);
}

/**
 * All that is known of a dataset.
 *
 * @param dataset The dataset.
 * @param shownFolder Its folder, as the user can type it.
 * @returns Lines, each ended.
 */
export function describedText(dataset: DescribedDataset, shownFolder: string): string {
  const { summary, published, userColumns, quality } = dataset;
  const counts = countRows(dataset);
  const userFeatures = userColumns === undefined
    ? ""
    : `user features  ${counted(userColumns, "column")}\n`;
  const parts = [
    printable(`${dataset.name}: ${placeText(dataset, shownFolder)}\n`),
    published === undefined ? "" : `${matchText(published)}\n`,
    tableText([
      { heading: "", cells: counts.map(([label]) => label) },
      { heading: "", cells: counts.map(([, count]) => count), isNumber: true },
      { heading: "", cells: counts.map(([, , note]) => note) },
    ]).trimStart(),
    spreadsText({
      "interactions per user": summary.degrees.users,
      "interactions per item": summary.degrees.items,
    }),
    summary.modalities.length === 0
      ? "no item features: only ID-based models can train on it\n"
      : coverageText(dataset),
    userFeatures,
    qualityText(quality),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/**
 * Where a dataset lies, how large it is, and what it was made of.
 *
 * @param dataset The dataset.
 * @param shownFolder Its folder, as the user can type it.
 */
export function placeText({ bytes, description }: DescribedDataset, shownFolder: string): string {
  const { source, kCore, split, protocol } = description ?? {};
  return [
    ...[shownFolder, byteSize(bytes)],
    ...source === undefined ? [] : [`from ${basename(source)}`],
    ...protocol !== undefined ? [protocol] : [
      ...kCore === undefined ? [] : [`${kCore}-core`],
      ...split === undefined ? [] : [`split ${split}`],
    ],
  ].join(", ");
}

/**
 * The counts of a dataset.
 *
 * @param dataset The dataset.
 * @returns What is counted, how many there are, and what is to be known of it.
 */
export function countRows(
  { summary, times }: DescribedDataset,
): (readonly [label: string, count: string, note: string])[] {
  const { users, items, interactions, density, splits, withoutTrainRow } = summary;
  const share = (rows: number) => percent(rows / interactions);
  return [
    ["users", grouped(users), withoutText(withoutTrainRow.users)],
    ["items", grouped(items), withoutText(withoutTrainRow.items)],
    ["interactions", grouped(interactions), `density ${percent(density)}`],
    ["  train", grouped(splits.train), share(splits.train)],
    ["  validation", grouped(splits.valid), share(splits.valid)],
    ["  test", grouped(splits.test), share(splits.test)],
    ...times === undefined ? [] : [["times", "", timesText(times)] as const],
  ];
}

function withoutText(count: number): string {
  return count === 0 ? "" : `${grouped(count)} without a training interaction`;
}

function timesText({ first, last, areDates, without }: TimeRange): string {
  const range = areDates
    ? `${dayText(first)} to ${dayText(last)}`
    : `from ${first} to ${last}, which are not dates`;
  return range + (without === 0 ? "" : `; ${counted(without, "interaction")} without a time`);
}

function spreadsText(spreads: Readonly<Record<string, Spread>>): string {
  const rows = Object.values(spreads);
  const column = (heading: string, cell: (spread: Spread) => string) => ({
    heading,
    cells: rows.map(cell),
    isNumber: true,
  });
  return tableText([
    { heading: "", cells: Object.keys(spreads) },
    column("min", ({ min }) => grouped(min)),
    column("median", ({ median }) => grouped(median)),
    column("mean", ({ mean }) => mean.toFixed(1)),
    column("max", ({ max }) => grouped(max)),
  ]);
}

function coverageText(dataset: DescribedDataset): string {
  const { modalities, items } = dataset.summary;
  return tableText([
    { heading: "modality", cells: modalities.map(({ name }) => name) },
    {
      heading: "columns",
      cells: modalities.map(({ columns }) => grouped(columns)),
      isNumber: true,
    },
    {
      heading: "items with features",
      cells: modalities.map(({ name }) => {
        const count = itemsWith(dataset, name);
        return `${grouped(count)} (${percent(count / items)})`;
      }),
      isNumber: true,
    },
  ]);
}

/** A share with three digits, or as a whole. */
function percent(share: number): string {
  return `${share === 1 ? "100" : (100 * share).toPrecision(3)} %`;
}
