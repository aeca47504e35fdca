/**
 * What `preprocess` does with what the user asked for.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { TableFiles } from "../../data/table/table_files.ts";
import { findParts } from "../../data/table/table_parts.ts";
import { readInteractionLog } from "../../data/ingest/interaction_log.ts";
import { indexItems, type ItemIndex } from "../../data/ingest/item_index.ts";
import { prepareInteractions } from "../../data/ingest/prepare.ts";
import { refuseExisting, writeDataset } from "../../data/ingest/write_dataset.ts";
import { defaultDataDirectory } from "../../data/default_names.ts";
import { requireThere } from "../../data/exists.ts";
import { UsageError } from "../../errors.ts";
import { flags } from "../common/flags.ts";
import { note } from "../common/note.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { programName } from "../common/program_name.ts";
import { encodedModality } from "./encoded_modality.ts";
import { type EncodeSource, sourcePath } from "../encode/encode_options.ts";
import { type IngestedModality, modalityOfFeatures, modalityOfTexts } from "./ingest_modalities.ts";
import { ingestMeta } from "./ingest_meta.ts";
import { type PreprocessRequest, stepsText } from "./preprocess_command.ts";
import { noteQuality } from "./quality_notes.ts";
import { showReading } from "./reading_progress.ts";
import { columnsText, coreText, leftOutText, splitText } from "./report.ts";
import { splitProtocol, splitSettings } from "./split_protocol.ts";

/**
 * Makes a dataset.
 *
 * @param request What the user asked for.
 */
export async function runPreprocess(request: PreprocessRequest): Promise<void> {
  const { dataset, minRating, split, skipIncomplete } = request;
  const folder = openedPath(`${request.dataDirectory}/${dataset}`);
  await refuseExisting(folder, request.overwrite, note);
  if (request.input === "-" && Deno.stdin.isTerminal()) {
    throw new UsageError(
      "Cannot read stdin: it is a terminal, expected a table of interactions",
      `Name a file with --input FILE, or pipe one in: cat FILE | ${programName()} preprocess …`,
    );
  }
  // A misspelt path is found before all interactions are read, not afterwards.
  const beside = request.features.flatMap(({ path, idPath }) => [path, idPath ?? path]);
  const tables = [...request.texts, ...request.meta === undefined ? [] : [request.meta]];
  const images = request.images.map(({ source }) => source);
  const tablesOfImages = images.filter((source) => "table" in source).map(sourcePath);
  for (const path of [...beside, ...tablesOfImages, ...tables.map(({ path }) => path)]) {
    await findParts(path);
  }
  const folders = images.filter((source) => "folder" in source).map(sourcePath);
  for (const path of [...folders, ...request.encoders.values()]) await requireThere(path);
  const source = new TableFiles(request.input);
  const endReading = showReading(source);
  const log = await readInteractionLog(source, {
    columns: request.columns,
    needsTime: split.rule !== "random",
    minRating,
    skipIncomplete,
    nulls: request.nulls,
    quote: request.quote,
  }, (...found) => note(columnsText(source.name, ...found)))
    .finally(endReading);
  for (const line of leftOutText(log, minRating)) note(line);
  const prepared = prepareInteractions(log, {
    kCore: request.kCore,
    coreRows: request.coreRows,
    split,
  });
  const { rows, labels, users, items, steps, splits, points, trained } = prepared;
  console.error(stepsText(steps).trimEnd());
  for (const line of coreText(steps, request.kCore)) note(line);
  for (const line of splitText(prepared, log, request)) note(line);
  const index = indexItems(log.itemIds, items, points && trained);
  const itemColumn = log.columns.item!.name;
  const made = await makeModalities(request, index, itemColumn);
  noteQuality(made.map(({ modality }) => modality), prepared, request);
  const kept = request.meta && await ingestMeta(request.meta, index, itemColumn, request.quote);
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
      ...splitSettings(request, points),
      skip_incomplete: skipIncomplete,
      null: request.nulls.length > 0 ? request.nulls : undefined,
      quote: request.quote === "guess" ? undefined : request.quote,
      dim: request.texts.some(({ name }) => !request.encoders.has(name))
        ? request.dimensions
        : undefined,
    },
    left_out: {
      rows: log.rows,
      blank_lines: log.blankLines,
      incomplete: log.incomplete,
      below_min_rating: log.belowRating,
    },
    steps,
    splits,
    protocol: splitProtocol(request, points),
    held_out_before_core: prepared.beforeCore && {
      splits: prepared.beforeCore.splits,
      without_train_row: prepared.beforeCore.cold,
    },
    without_train_row: prepared.cold,
    modalities: made.map(({ provenance }) => provenance),
    meta: kept?.provenance,
  };
  await writeDataset(folder, {
    name: dataset,
    rows,
    labels,
    userIds: Array.from(users, (user) => log.userIds.id(user)),
    itemIds: Array.from(items, (item) => log.itemIds.id(item)),
    modalities: made.map(({ modality }) => modality),
    textFits: new Map(
      made.flatMap(({ modality, textFit }) =>
        textFit === undefined ? [] : [[modality.name, textFit]]
      ),
    ),
    meta: kept?.meta,
    description,
  }, request.overwrite);
  if (request.json) await writeJson(description);
  else {
    await writeResult(`${shownPath(folder)}\n`);
    // What README.md starts with: seconds, and settings that need no choice.
    const model = made.length > 0 ? "mmgf" : "gfcf";
    const { dataDirectory } = request;
    const isUsual = openedPath(dataDirectory) === openedPath(defaultDataDirectory);
    const place: Record<string, string> = isUsual
      ? {}
      : { data_dir: shownPath(openedPath(dataDirectory)) };
    note(`\nNext: ${flags.command("train", { dataset, ...place, model })}`);
  }
}

async function makeModalities(
  request: PreprocessRequest,
  items: ItemIndex,
  itemColumn: string,
): Promise<IngestedModality[]> {
  const made: IngestedModality[] = [];
  for (const source of request.features) {
    made.push(await modalityOfFeatures(source, items, itemColumn, request.quote));
  }
  const { encoders, dimensions, quote } = request;
  const encoded = async (name: string, source: EncodeSource) =>
    await encodedModality(name, source, encoders.get(name)!, items, itemColumn, quote);
  for (const { name, source } of request.images) made.push(await encoded(name, source));
  for (const source of request.texts) {
    made.push(
      encoders.has(source.name)
        ? await encoded(source.name, { kind: "text", table: source })
        : await modalityOfTexts(source, items, itemColumn, dimensions, quote),
    );
  }
  return made;
}
