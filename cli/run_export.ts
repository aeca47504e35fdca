/**
 * What `export` does with what the user asked for.
 *
 * @module
 */
import type { Dataset } from "../data/dataset.ts";
import { type EmbeddingTable, writeArrow, writeParquet } from "../data/embedding_table.ts";
import { writeFailure } from "../data/file_failure.ts";
import { readDataset } from "../data/folder.ts";
import { type IdColumn, writeIds } from "../data/id_file.ts";
import { type Identifiers, readIdentifiers } from "../data/identifiers.ts";
import { streamNpy } from "../data/npy.ts";
import { streamSafetensors } from "../data/safetensors.ts";
import { UsageError } from "../errors.ts";
import { protocolText } from "../evaluation/ranking.ts";
import type { SetParameters } from "../evaluation/rank_split.ts";
import { readRows, streamRows, useRepresentation } from "../evaluation/read_representation.ts";
import { recommendItems } from "../evaluation/recommend.ts";
import { type Gpu, openGpu } from "../gpu/device.ts";
import type { Memory } from "../gpu/memory.ts";
import { assertSelfTest } from "../gpu/self_test.ts";
import type { TableRows } from "../models/model.ts";
import { bestParameters } from "./best_parameters.ts";
import type { Configuration } from "./configuration.ts";
import { counted } from "./counts.ts";
import type { EmbeddingFormat, ExportRequest, RankingsRequest } from "./export.ts";
import { graphCache } from "./graph_cache.ts";
import { openRun } from "./open_run.ts";
import { writeText } from "./text_output.ts";
import { judgementLines, runLines } from "./trec_files.ts";

/** What there is to export from. */
interface Source {
  readonly gpu: Gpu;
  readonly dataset: Dataset;
  readonly configuration: Configuration;
  readonly setParameters?: SetParameters;
  readonly users: Identifiers;
  readonly items: Identifiers;
}

const note = (text: string) => console.error(text);

/**
 * Writes the embeddings or the rankings of the best parameters of a run.
 *
 * @param request What the user asked for.
 */
export async function runExport(request: ExportRequest): Promise<void> {
  const { content, out } = request;
  const { folder, configuration } = await openRun(request.run);
  const setParameters = await bestParameters(folder, configuration.model);
  if (content.kind === "embeddings" && setParameters === undefined) {
    throw new UsageError(
      `Cannot export embeddings of "${folder.path}": ${configuration.model} has none`,
      "Write its rankings with --format trec, or export the run of another model",
    );
  }
  const dataset = await readDataset(configuration.data_dir, configuration.dataset);
  const dataFolder = `${configuration.data_dir}/${configuration.dataset}`;
  const users = await readIdentifiers(dataFolder, "userID", dataset.users);
  const items = await readIdentifiers(dataFolder, "itemID", dataset.items);
  await prepareFolder(out, filesOf(content), request.overwrite);
  const gpu = await openGpu(request.adapter);
  try {
    await assertSelfTest(gpu);
    const source = { gpu, dataset, configuration, setParameters, users, items };
    if (content.kind === "rankings") await exportRankings(source, out, content);
    else await exportEmbeddings(source, out, content.format);
  } finally {
    gpu.close();
  }
}

function filesOf(content: ExportRequest["content"]): string[] {
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
    const isThere = await Deno.lstat(`${out}/${file}`).then(() => true, () => false);
    if (isThere && !overwrite) {
      throw new UsageError(
        `Cannot write "${out}/${file}": it is there already`,
        "Choose another --out, or replace it with --overwrite",
      );
    }
  }
}

async function exportRankings(
  source: Source,
  out: string,
  { split, mask, topK }: RankingsRequest,
): Promise<void> {
  const { gpu, dataset, configuration, setParameters, users, items } = source;
  const heldOut = dataset[split];
  const lists = recommendItems(gpu, dataset, configuration, {
    users: Uint32Array.from(new Set(heldOut.users)).sort(),
    k: topK,
    // As evaluate does: a validation item is no candidate only where it is not what is looked for.
    seen: mask === "train+valid" && split === "test" ? ["train", "valid"] : ["train"],
    setParameters,
    cache: graphCache(note),
  });
  await writeText(`${out}/${split}.run`, runLines(lists, users, items));
  await writeText(`${out}/${split}.qrels`, judgementLines(heldOut, users, items));
  note(protocolText(split, mask));
  note(`${counted(new Set(heldOut.users).size, "user")}, ${topK} items each: ${out}/${split}.run`);
  note(`${counted(heldOut.users.length, "held-out item")}: ${out}/${split}.qrels`);
}

async function exportEmbeddings(
  source: Source,
  out: string,
  format: EmbeddingFormat,
): Promise<void> {
  const { gpu, dataset, configuration, setParameters } = source;
  const choice = { ...configuration, setParameters, cache: graphCache(note) };
  const columns = await useRepresentation(gpu, dataset, choice, async (memory, representation) => {
    const { users, items } = representation;
    const tables = [
      deviceTable("userID", source.users, memory, users),
      deviceTable("itemID", source.items, memory, items),
    ];
    if (format === "safetensors") await writeBoth(out, configuration, tables);
    else for (const table of tables) await writeTable(out, format, table);
    if (format === "npy" || format === "safetensors") {
      for (const { name, column, ids } of tables) await writeIds(`${out}/${name}.csv`, column, ids);
    }
    return users.table.columns;
  });
  if (columns === undefined) throw new Error(`"${configuration.model}" gave no rows`);
  note(
    `${counted(dataset.users, "user")} and ${counted(dataset.items, "item")}, ${columns} numbers ` +
      `each, in ${out}: ${filesOf({ kind: "embeddings", format }).join(", ")}`,
  );
}

/** Rows on the device, as each format wants them. */
interface DeviceTable extends EmbeddingTable {
  readonly name: "users" | "items";
  readonly blocks: () => AsyncIterable<Uint8Array>;
}

function deviceTable(
  column: IdColumn,
  identifiers: Identifiers,
  memory: Memory,
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
      readRows(memory, { ...rows, firstRow: rows.firstRow + first, rows: count }),
    blocks: () => streamRows(memory, rows),
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
