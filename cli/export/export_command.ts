/**
 * `export`: its arguments.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";
import type { Mask } from "../../evaluation/ranking.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { listLength } from "../common/list_length.ts";
import { defaultMask, maskOf, maskOption } from "../common/mask_option.ts";
import { modelFileOption } from "../common/model_option.ts";
import { userPath } from "../common/paths.ts";
import { namedRun, runArgument, runOption } from "../common/run_option.ts";

/** The forms of embeddings. */
export const embeddingFormats = ["npy", "safetensors", "parquet", "arrow"] as const;

/** What can be exported: embeddings in one of their forms, rankings with what was to be found, or a page. */
export const exportFormats = [...embeddingFormats, "trec", "page"] as const;

/** One of {@linkcode embeddingFormats}. */
export type EmbeddingFormat = typeof embeddingFormats[number];

/** Whose rankings are exported, and how. */
export interface RankingsRequest {
  /** Whose interactions were to be found. */
  readonly split: "valid" | "test";
  /** Whose interactions are no candidates. */
  readonly mask: Mask;
  /** Number of items a user. */
  readonly topK: number;
}

/** What a page is to show beside the run. */
export interface PageRequest {
  /** Further runs. */
  readonly beside: readonly string[];
  /** Whether users are in it. */
  readonly withUsers: boolean;
  /** Number of items of a list. */
  readonly topK: number;
}

/** What the user asked `export` for. */
export interface ExportRequest {
  /** The run, as the user named it. */
  readonly run: string;
  /** The file that defines its model, where that is not built in. */
  readonly model?: string;
  /** The folder that holds its dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** The folder to write in. */
  readonly out: string;
  /** What to write. */
  readonly content:
    | { readonly kind: "embeddings"; readonly format: EmbeddingFormat }
    | { readonly kind: "rankings" } & RankingsRequest
    | { readonly kind: "page" } & PageRequest;
  /** Whether files of the same names are replaced. */
  readonly overwrite: boolean;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
}

const rankingDefaults: RankingsRequest = { split: "test", mask: defaultMask, topK: 50 };
const pageDefaults: PageRequest = { beside: [], withUsers: false, topK: 20 };

/**
 * The command.
 *
 * @param run What it does.
 */
export function exportCommand(run: (request: ExportRequest) => Promise<void>): AnyCommand {
  return createCommand(
    "export",
    "Export embeddings or rankings for other programs, or a page for people",
    [
      {
        purpose: "Embeddings for NumPy, with a table of their ids",
        line: "export NAME --out embeddings",
      },
      {
        purpose: "Embeddings and ids in one table, for pandas, Polars, DuckDB or Spark",
        line: "export NAME --out embeddings --format parquet",
      },
      {
        purpose: "Rankings and relevance judgements of the test split, for trec_eval",
        line: "export NAME --out rankings --format trec",
      },
      {
        purpose: "A page of two runs for any web server, with users and what they took",
        line: "export NAME --out site --format page --beside OTHER --with-users",
      },
    ],
  )
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .requiredOption("--out <folder>", "Folder to write to; created if needed", userPath)
    .addOption(
      new Option(
        "--format <form>",
        "npy, safetensors, parquet and arrow hold embeddings, whose dot products are the scores; " +
          "trec holds rankings and relevance judgements; page is a page to look at in a browser",
      ).choices(exportFormats).default("npy" as const),
    )
    .addOption(
      new Option(
        "--split <which>",
        "With --format trec: split to rank for",
      ).choices(["valid", "test"]).default(undefined, rankingDefaults.split),
    )
    .addOption(maskOption("With --format trec: splits to exclude from ranking"))
    .option(
      "--top-k <number>",
      `With --format trec or page: items per list (default: ${rankingDefaults.topK} for trec, ` +
        `${pageDefaults.topK} for page)`,
      (text) => listLength(text, rankingDefaults.topK),
    )
    .option(
      "--beside <run>",
      "With --format page: another run of the same dataset, to be compared; repeatable",
      (run: string, others: string[]) => [...others, run],
      [],
    )
    .option("--with-users", "With --format page: include users and what they took", false)
    .option("--overwrite", "Replace existing files", false)
    .addOption(adapterOption())
    .action((name, { format, split, mask, topK, beside, withUsers, ...options }) => {
      const shared = { ...options, run: namedRun("export", name, options.run) };
      const ofTrec = { split, mask, "top-k": topK };
      const ofPage = { "top-k": topK, beside: beside[0], "with-users": withUsers || undefined };
      if (format === "trec") {
        refuseIdle(format, "page", { ...ofPage, ...ofTrec }, Object.keys(ofTrec));
        const given = {
          split: split ?? rankingDefaults.split,
          mask: maskOf(split ?? rankingDefaults.split, mask),
          topK: topK ?? rankingDefaults.topK,
        };
        return run({ ...shared, content: { kind: "rankings", ...given } });
      }
      if (format === "page") {
        refuseIdle(format, "trec", { ...ofTrec, ...ofPage }, Object.keys(ofPage));
        const given = { beside, withUsers, topK: topK ?? pageDefaults.topK };
        return run({ ...shared, content: { kind: "page", ...given } });
      }
      refuseIdle(format, "trec", ofTrec);
      refuseIdle(format, "page", ofPage);
      return run({ ...shared, content: { kind: "embeddings", format } });
    });
}

/** Refuses what was given that has no effect, and names the format where it would have one. */
function refuseIdle(
  format: string,
  other: "trec" | "page",
  options: Readonly<Record<string, string | number | boolean | undefined>>,
  known: readonly string[] = [],
): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || known.includes(option)) continue;
    throw new UsageError(
      `Cannot use --${option} with --format ${format}: it would have no effect`,
      other === "trec"
        ? "Leave it out, or write rankings with --format trec"
        : "Leave it out, or write a page with --format page",
    );
  }
}
