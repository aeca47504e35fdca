/**
 * What `export` does with what the user asked for.
 *
 * @module
 */
import { type EmbeddingTable, writeArrow, writeParquet } from "../../data/embedding_table.ts";
import { isTaken } from "../../data/exists.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { type IdColumn, writeIds } from "../../data/id_file.ts";
import type { Identifiers } from "../../data/identifiers.ts";
import { streamNpy } from "../../data/npy.ts";
import { streamSafetensors } from "../../data/safetensors.ts";
import { UsageError } from "../../errors.ts";
import { untrainedUsersNote } from "../../evaluation/untrained_users.ts";
import { maskedSplits, protocolText, usersOfSplit } from "../../evaluation/ranking.ts";
import type { ScoredModel } from "../../evaluation/scored_model.ts";
import type { TableRows } from "../../models/model.ts";
import { rowsOf } from "../../recommender/requests.ts";
import type { Configuration } from "../../training/configuration.ts";
import type { Recommender } from "../../recommender/recommender.ts";
import { counted } from "../../data/counts.ts";
import { note } from "../common/note.ts";
import { requestedRun } from "../common/open_recommender.ts";
import { shownPath } from "../common/paths.ts";
import { writeText } from "../common/text_output.ts";
import { exportPage } from "./export_page.ts";
import type { EmbeddingFormat, ExportRequest, RankingsRequest } from "./export_command.ts";
import { judgementLines, runLines } from "./trec_files.ts";

/**
 * Writes the embeddings or the rankings of the best parameters of a run.
 *
 * @param request What the user asked for.
 */
export async function runExport(request: ExportRequest): Promise<void> {
  const { content, out } = request;
  if (content.kind === "page") return await exportPage(request, content);
  const run = await requestedRun(request);
  await run.use(async (recommender) => {
    if (content.kind === "embeddings") {
      rowsOf((await recommender.scored()).representation, run.configuration.model);
    }
    await prepareFolder(out, filesOf(content), request.overwrite);
    if (content.kind === "rankings") await exportRankings(recommender, out, content);
    else await exportEmbeddings(recommender, out, content.format);
  });
}

/** What consists of few files. */
type FewFiles = Exclude<ExportRequest["content"], { readonly kind: "page" }>;

function filesOf(content: FewFiles): string[] {
  if (content.kind === "rankings") return [`${content.split}.run`, `${content.split}.qrels`];
  const { format } = content;
  if (format === "safetensors") return ["embeddings.safetensors", "users.csv", "items.csv"];
  const tables = [`users.${format}`, `items.${format}`];
  return format === "npy" ? [...tables, "users.csv", "items.csv"] : tables;
}

async function prepareFolder(out: string, files: string[], overwrite: boolean): Promise<void> {
  try {
    await Deno.mkdir(out, { recursive: true });
  } catch (error) {
    throw writeFailure(out, error);
  }
  for (const file of files) {
    if (!overwrite && await isTaken(`${out}/${file}`)) {
      throw new UsageError(
        `Cannot write "${out}/${file}": it already exists`,
        "Choose another --out, or replace it with --overwrite",
      );
    }
  }
}

async function exportRankings(
  recommender: Recommender,
  out: string,
  { split, mask, topK }: RankingsRequest,
): Promise<void> {
  const { dataset } = recommender;
  const { userIds: users, itemIds: items } = dataset;
  const heldOut = dataset[split];
  const scored = await recommender.scored();
  const ranked = usersOfSplit(dataset, split);
  const lists = scored.bestItems(ranked, {
    k: topK,
    seen: maskedSplits(split, mask),
    // As evaluation ranks them: whoever scores the file must find the same figures.
    withoutTrainRow: "scored",
  });
  await writeText(`${out}/${split}.run`, runLines(lists, users, items));
  await writeText(`${out}/${split}.qrels`, judgementLines(heldOut, users, items));
  note(protocolText(split, mask, dataset));
  noteColdUsers(recommender, heldOut.users);
  note(
    `${counted(ranked.length, "user")}, at most ${counted(topK, "item")} each: ${
      shownPath(out)
    }/${split}.run`,
  );
  note(`${counted(heldOut.users.length, "held-out item")}: ${shownPath(out)}/${split}.qrels`);
}

async function exportEmbeddings(
  recommender: Recommender,
  out: string,
  format: EmbeddingFormat,
): Promise<void> {
  const { dataset, configuration } = recommender;
  const scored = await recommender.scored();
  const { users, items } = rowsOf(scored.representation, configuration.model);
  const tables = [
    deviceTable("userID", dataset.userIds, scored, users),
    deviceTable("itemID", dataset.itemIds, scored, items),
  ];
  if (format === "safetensors") await writeBoth(out, configuration, tables);
  else for (const table of tables) await writeTable(out, format, table);
  if (format === "npy" || format === "safetensors") {
    for (const { name, column, ids } of tables) await writeIds(`${out}/${name}.csv`, column, ids);
  }
  noteColdUsers(recommender);
  note(
    `${counted(dataset.users, "user")} and ${counted(dataset.items, "item")}, ` +
      `${users.table.columns} numbers each, in ${shownPath(out)}: ` +
      filesOf({ kind: "embeddings", format }).join(", "),
  );
}

function noteColdUsers({ dataset, configuration }: Recommender, users?: Uint32Array): void {
  const text = untrainedUsersNote(
    dataset,
    users,
    `"${configuration.model}" has never seen them, and what is written of them says nothing`,
  );
  if (text !== undefined) note(text);
}

/** Rows on the device, as each format wants them. */
interface DeviceTable extends EmbeddingTable {
  readonly name: "users" | "items";
  readonly blocks: () => AsyncIterable<Uint8Array>;
}

function deviceTable(
  column: IdColumn,
  identifiers: Identifiers,
  scored: ScoredModel,
  rows: TableRows,
): DeviceTable {
  const ids = Array.from(
    { length: identifiers.count },
    (_, index) => String(identifiers.idOf(index)),
  );
  return {
    name: column === "userID" ? "users" : "items",
    column,
    ids,
    columns: rows.table.columns,
    rows: (first, count) =>
      scored.readRows({ ...rows, firstRow: rows.firstRow + first, rows: count }),
    blocks: () => scored.streamRows(rows),
  };
}

async function writeTable(
  out: string,
  format: Exclude<EmbeddingFormat, "safetensors">,
  table: DeviceTable,
): Promise<void> {
  const path = `${out}/${table.name}.${format}`;
  if (format === "parquet") return await writeParquet(path, table);
  if (format === "arrow") return await writeArrow(path, table);
  await streamNpy(path, [table.ids.length, table.columns], table.blocks());
}

async function writeBoth(
  out: string,
  { model, dataset, seed }: Configuration,
  tables: readonly DeviceTable[],
): Promise<void> {
  const layouts = tables.map(({ name, ids, columns }) =>
    [name, { type: "F32", shape: [ids.length, columns] }] as const
  );
  await streamSafetensors(`${out}/embeddings.safetensors`, {
    metadata: { model, dataset, seed: String(seed) },
    tensors: new Map(layouts),
    blocks: blocksOf(tables),
  });
}

async function* blocksOf(tables: readonly DeviceTable[]): AsyncGenerator<Uint8Array> {
  for (const { blocks } of tables) yield* blocks();
}
