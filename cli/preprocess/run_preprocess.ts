/**
 * What `preprocess` does with what the user asked for.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };
import { readFailure } from "../../data/file_failure.ts";
import { ByteSource } from "../../data/table/byte_source.ts";
import { readInteractionLog } from "../../data/ingest/interaction_log.ts";
import { indexItems, type ItemIndex } from "../../data/ingest/item_index.ts";
import { prepareInteractions } from "../../data/ingest/prepare.ts";
import { refuseExisting, writeDataset } from "../../data/ingest/write_dataset.ts";
import { UsageError } from "../../errors.ts";
import { note } from "../common/note.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { openedPath, shownPath } from "../common/paths.ts";
import { programName } from "../common/program_name.ts";
import { encodedModality } from "./encoded_modality.ts";
import { sourcePath } from "../encode/encode_options.ts";
import { type IngestedModality, modalityOfFeatures, modalityOfTexts } from "./ingest_modalities.ts";
import { ingestMeta } from "./ingest_meta.ts";
import { type PreprocessRequest, stepsText } from "./preprocess_command.ts";
import { showReading } from "./reading_progress.ts";
import { columnsText, coreText, leftOutText, splitText } from "./report.ts";

/**
 * Makes a dataset.
 *
 * @param request What the user asked for.
 */
export async function runPreprocess(request: PreprocessRequest): Promise<void> {
  const { dataset, minRating, split, ratios, seed, skipIncomplete } = request;
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
  const images = request.images.map(({ source }) => sourcePath(source));
  for (
    const path of [
      ...beside,
      ...images,
      ...request.encoders.values(),
      ...tables.map((table) => table.path),
    ]
  ) {
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
    nulls: request.nulls,
    quote: request.quote,
  }, (...found) => note(columnsText(source.name, ...found)))
    .finally(endReading);
  for (const line of leftOutText(log, minRating)) note(line);
  const prepared = prepareInteractions(log, {
    kCore: request.kCore,
    split: { rule: split, ratios, seed },
  });
  const { rows, labels, users, items, steps, splits } = prepared;
  console.error(stepsText(steps).trimEnd());
  for (const line of coreText(steps, request.kCore)) note(line);
  for (const line of splitText(prepared, log, request)) note(line);
  const index = indexItems(log.itemIds, items);
  const itemColumn = log.columns.item!.name;
  const made = await makeModalities(request, index, itemColumn);
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
      split,
      ratios: split === "leave-last" ? undefined : ratios,
      seed: split === "random" ? seed : undefined,
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
  else await writeResult(`${shownPath(folder)}\n`);
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
  for (const { name, source } of request.images) {
    const model = request.encoders.get(name)!;
    made.push(await encodedModality(name, source, model, items, itemColumn, request.quote));
  }
  for (const source of request.texts) {
    const { dimensions, quote } = request;
    const model = request.encoders.get(source.name);
    made.push(
      model === undefined
        ? await modalityOfTexts(source, items, itemColumn, dimensions, quote)
        : await encodedModality(
          source.name,
          { kind: "text", table: source },
          ...[model, items, itemColumn, quote] as const,
        ),
    );
  }
  return made;
}
