/**
 * What `preprocess` does with what the user asked for.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { readFailure } from "../../data/file_failure.ts";
import { ByteSource } from "../../data/table/byte_source.ts";
import {
  type Announce,
  type InteractionLog,
  readInteractionLog,
} from "../../data/ingest/interaction_log.ts";
import { indexItems, type ItemIndex } from "../../data/ingest/item_index.ts";
import { prepareInteractions } from "../../data/ingest/prepare.ts";
import { refuseExisting, writeDataset } from "../../data/ingest/write_dataset.ts";
import { UsageError } from "../../errors.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { counted, grouped } from "../common/counts.ts";
import { type IngestedModality, modalityOfFeatures, modalityOfTexts } from "./ingest_modalities.ts";
import { type PreprocessRequest, stepsText } from "./preprocess_command.ts";
import { showReading } from "./reading_progress.ts";

/**
 * Makes a dataset.
 *
 * @param request What the user asked for.
 */
export async function runPreprocess(request: PreprocessRequest): Promise<void> {
  const { dataset, minRating, split, ratios, seed, skipIncomplete } = request;
  const folder = `${request.dataDirectory}/${dataset}`;
  await refuseExisting(folder, request.overwrite, console.error);
  if (request.input === "-" && Deno.stdin.isTerminal()) {
    throw new UsageError(
      "Cannot read stdin: it is a terminal, expected a table of interactions",
      "Name a file with --input FILE, or pipe one in: cat FILE | deno task preprocess …",
    );
  }
  // A misspelt path is found before all interactions are read, not afterwards.
  const beside = request.features.flatMap(({ path, idPath }) => [path, idPath ?? path]);
  for (const path of [...beside, ...request.texts.map(({ path }) => path)]) {
    await Deno.stat(path).catch((error) => {
      throw readFailure(path, error);
    });
  }
  const source = new ByteSource(request.input);
  const endReading = showReading(source);
  const log = await readInteractionLog(source, {
    columns: request.columns,
    needsTime: split !== "random",
    minRating,
    skipIncomplete,
  }, (...found) => console.error(columnsText(source.name, ...found)))
    .finally(endReading);
  reportLeftOut(log, minRating);
  if (!log.lastLineEnds) {
    console.error("The last line has no line feed at its end: was the table cut off?");
  }
  const prepared = prepareInteractions(log, {
    kCore: request.kCore,
    split: { rule: split, ratios, seed },
  });
  const { rows, labels, users, items, steps, splits, cold } = prepared;
  console.error(stepsText(steps).trimEnd());
  console.error(
    `Split ${split}: ${grouped(splits.train)} train, ${grouped(splits.valid)} validation, ` +
      `${grouped(splits.test)} test`,
  );
  if (cold.users + cold.items > 0) {
    console.error(
      `Without a train row: ${counted(cold.users, "user")}, ${counted(cold.items, "item")}`,
    );
  }
  const made = await makeModalities(
    request,
    indexItems(log.itemIds, items),
    log.columns.item!.name,
  );
  const description = {
    name: dataset,
    made_by: `bandpass ${manifest.version} preprocess`,
    interactions: {
      source: source.fingerprint(),
      format: log.format,
      columns: Object.fromEntries(
        Object.entries(log.columns).map(([role, { name }]) => [role, name]),
      ),
      times: log.timeKind,
    },
    settings: {
      min_rating: minRating,
      k_core: request.kCore,
      split,
      ratios: split === "leave-last" ? undefined : ratios,
      seed: split === "random" ? seed : undefined,
      skip_incomplete: skipIncomplete,
      dim: request.texts.length > 0 ? request.dimensions : undefined,
    },
    left_out: {
      rows: log.rows,
      blank_lines: log.blankLines,
      incomplete: log.incomplete,
      below_min_rating: log.belowRating,
    },
    steps,
    splits,
    without_train_row: cold,
    modalities: made.map(({ provenance }) => provenance),
  };
  await writeDataset(folder, {
    name: dataset,
    rows,
    labels,
    userIds: Array.from(users, (user) => log.userIds.id(user)),
    itemIds: Array.from(items, (item) => log.itemIds.id(item)),
    modalities: made.map(({ modality }) => modality),
    description,
  }, request.overwrite);
  if (request.json) await writeJson(description);
  else await writeResult(`${folder}\n`);
}

async function makeModalities(
  request: PreprocessRequest,
  items: ItemIndex,
  itemColumn: string,
): Promise<IngestedModality[]> {
  const made: IngestedModality[] = [];
  for (const source of request.features) {
    made.push(await modalityOfFeatures(source, items, itemColumn));
  }
  for (const source of request.texts) {
    made.push(await modalityOfTexts(source, items, itemColumn, request.dimensions));
  }
  return made;
}

function columnsText(name: string, ...[format, columns, others]: Parameters<Announce>): string {
  const chosen = Object.entries(columns);
  const list = chosen.map(([role, column]) => `${role} "${column.name}"`).join(", ");
  const guessed = chosen.filter(([, column]) => column.guessed).map(([role]) => `--${role}`);
  const hint = guessed.length === 0 ? "" : ` (guessed; ${guessed.join(", ")} name others)`;
  const rest = others.length === 0 ? "" : `; left alone: ${others.join(", ")}`;
  return `Reading ${name}, ${format}: ${list}${hint}${rest}`;
}

function reportLeftOut(log: InteractionLog, minRating: number | undefined): void {
  const notes: string[] = [];
  if (log.blankLines > 0) notes.push(counted(log.blankLines, "blank line"));
  if (log.incomplete > 0) notes.push(`${counted(log.incomplete, "row")} without a field`);
  if (log.belowRating > 0) {
    notes.push(`${counted(log.belowRating, "row")} with a rating below ${minRating}`);
  }
  console.error(
    counted(log.rows, "row") + (notes.length > 0 ? `; left out: ${notes.join(", ")}` : ""),
  );
  if (log.times === undefined || log.times.length === 0) return;
  let [first, last, absent] = [Infinity, -Infinity, 0];
  for (const time of log.times) {
    if (time < first) first = time;
    if (time === Infinity) absent++;
    else if (time > last) last = time;
  }
  if (first === Infinity) return console.error("No row has a time");
  console.error(
    `Times are ${log.timeKind}, from ${day(first)} to ${day(last)}` +
      (absent > 0 ? `; ${counted(absent, "row")} without` : ""),
  );
}

function day(seconds: number): string {
  const date = new Date(1000 * seconds);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().slice(0, 10);
}
