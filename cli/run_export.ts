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
import { writeNpy } from "../data/npy.ts";
import { writeSafetensors } from "../data/safetensors.ts";
import { UsageError } from "../errors.ts";
import { protocolText } from "../evaluation/ranking.ts";
import type { SetParameters } from "../evaluation/rank_split.ts";
import { readRepresentation } from "../evaluation/read_representation.ts";
import { recommendItems } from "../evaluation/recommend.ts";
import { openGpu } from "../gpu/device.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { assertSelfTest } from "../gpu/self_test.ts";
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
  const cache = graphCache(note);
  const rows = await readRepresentation(gpu, dataset, configuration, setParameters, cache);
  if (rows === undefined) throw new Error(`"${configuration.model}" gave no rows`);
  const { columns } = rows;
  const tables = {
    users: tableOf("userID", source.users, columns, rows.users),
    items: tableOf("itemID", source.items, columns, rows.items),
  };
  const files = Object.entries(tables);
  if (format === "safetensors") {
    const { model, dataset: name, seed } = configuration;
    const tensors = new Map(
      files.map(([file, { ids, values }]) => [file, { shape: [ids.length, columns], values }]),
    );
    const metadata = { model, dataset: name, seed: String(seed) };
    await writeSafetensors(`${out}/embeddings.safetensors`, { metadata, tensors });
  }
  for (const [file, table] of files) {
    const { column, ids, values } = table;
    if (format === "parquet") await writeParquet(`${out}/${file}.parquet`, table);
    if (format === "arrow") await writeArrow(`${out}/${file}.arrow`, table);
    if (format === "npy") await writeNpy(`${out}/${file}.npy`, [ids.length, columns], values);
    if (format === "npy" || format === "safetensors") {
      await writeIds(`${out}/${file}.csv`, column, ids);
    }
  }
  note(
    `${counted(dataset.users, "user")} and ${counted(dataset.items, "item")}, ${columns} numbers ` +
      `each, in ${out}: ${filesOf({ kind: "embeddings", format }).join(", ")}`,
  );
}

function tableOf(
  column: IdColumn,
  identifiers: Identifiers,
  columns: number,
  values: Float32Array<ArrayBuffer>,
) {
  const ids = Array.from(
    { length: identifiers.count },
    (_, index) => String(identifiers.idOf(index)),
  );
  return { column, ids, columns, values } satisfies EmbeddingTable;
}
