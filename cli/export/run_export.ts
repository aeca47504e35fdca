/**
 * What `export` does with what the user asked for.
 *
 * @module
 */
import { writeArrow, writeParquet } from "../../data/embedding_table.ts";
import { writeFailure } from "../../data/file_failure.ts";
import { writeIds } from "../../data/id_file.ts";
import { writeNpy } from "../../data/npy.ts";
import { writeSafetensors } from "../../data/safetensors.ts";
import { UsageError } from "../../errors.ts";
import { maskedSplits, protocolText } from "../../evaluation/ranking.ts";
import type { Recommender } from "../../recommender/recommender.ts";
import { counted } from "../common/counts.ts";
import { requestedRun } from "../common/open_recommender.ts";
import { writeText } from "../common/text_output.ts";
import type { EmbeddingFormat, ExportRequest, RankingsRequest } from "./export_command.ts";
import { judgementLines, runLines } from "./trec_files.ts";

const note = (text: string) => console.error(text);

/**
 * Writes the embeddings or the rankings of the best parameters of a run.
 *
 * @param request What the user asked for.
 */
export async function runExport(request: ExportRequest): Promise<void> {
  const { content, out } = request;
  const run = await requestedRun(request);
  await run.use(async (recommender) => {
    if (content.kind === "embeddings" && !await recommender.hasEmbeddings()) {
      throw new UsageError(
        `Cannot export embeddings of "${run.folder.path}": ${run.configuration.model} has none`,
        "Write its rankings with --format trec, or export the run of another model",
      );
    }
    await prepareFolder(out, filesOf(content), request.overwrite);
    if (content.kind === "rankings") await exportRankings(recommender, out, content);
    else await exportEmbeddings(recommender, out, content.format);
  });
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
  recommender: Recommender,
  out: string,
  { split, mask, topK }: RankingsRequest,
): Promise<void> {
  const { dataset } = recommender;
  const { userIds: users, itemIds: items } = dataset;
  const heldOut = dataset[split];
  const scored = await recommender.scored();
  const lists = scored.bestItems(Uint32Array.from(new Set(heldOut.users)).sort(), {
    k: topK,
    seen: maskedSplits(split, mask),
  });
  await writeText(`${out}/${split}.run`, runLines(lists, users, items));
  await writeText(`${out}/${split}.qrels`, judgementLines(heldOut, users, items));
  note(protocolText(split, mask));
  note(`${counted(new Set(heldOut.users).size, "user")}, ${topK} items each: ${out}/${split}.run`);
  note(`${counted(heldOut.users.length, "held-out item")}: ${out}/${split}.qrels`);
}

async function exportEmbeddings(
  recommender: Recommender,
  out: string,
  format: EmbeddingFormat,
): Promise<void> {
  const { dataset, configuration } = recommender;
  const tables = await recommender.embeddings();
  const { columns } = tables.users;
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
