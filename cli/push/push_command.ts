/**
 * `push`: its arguments.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { adapterOption } from "../common/adapter_option.ts";
import { type AnyCommand, createCommand } from "../common/command.ts";
import { dataDirOption } from "../common/data_dir_option.ts";
import { integer } from "../common/integer_option.ts";
import { listLength, longestList } from "../common/list_length.ts";
import { modelFileOption } from "../common/model_option.ts";
import { userPath } from "../common/paths.ts";
import { namedRun, runArgument, runOption } from "../common/run_option.ts";
import { databaseOption, type DatabaseTarget } from "./database_option.ts";
import { schemaOption } from "./layout.ts";

/** What the user asked `push` for. */
export interface PushRequest {
  /** The run, as the user named it. */
  readonly run: string;
  /** The file that defines its model, where that is not built in. */
  readonly model?: string;
  /** The folder that holds its dataset's folder, where that has moved. */
  readonly dataDir?: string;
  /** The database. */
  readonly to: DatabaseTarget;
  /** The schema that is pushed into. */
  readonly schema: string;
  /** The length of the lists; nothing where rows are pushed. */
  readonly listLength?: number;
  /** Whether an index of the items is made. */
  readonly isIndexed: boolean;
  /** How many versions stay, the new one among them. */
  readonly keep: number;
  /** A file of passwords. */
  readonly passfile?: string;
  /** A file of certificates of authorities. */
  readonly sslrootcert?: string;
  /** Whether to print what was done as JSON, and not the SQL that ranks. */
  readonly json: boolean;
  /** Where to compute. */
  readonly adapter: "auto" | "gpu" | "cpu";
}

const defaults = { schema: "bandpass", keep: 2, listLength: 100 };

/** The most versions side by side. */
const mostVersions = 1000;

/**
 * The command.
 *
 * @param run What it does.
 */
export function pushCommand(run: (request: PushRequest) => Promise<void>): AnyCommand {
  return createCommand("push", "Push users and items into PostgreSQL with pgvector", [
    {
      purpose: "Into a database on this machine",
      line: "push NAME --to postgres://ann@localhost/shop",
    },
    {
      purpose: "Into one elsewhere, by TLS, with the password from a file",
      line: "push NAME --to postgres://ann@db.example.com/shop --passfile ~/.pgpass",
    },
    {
      purpose: "Fifty items per user, of any model, without pgvector",
      line: "push NAME --to postgres://ann@localhost/shop --lists -k 50",
    },
  ])
    .addArgument(runArgument())
    .addOption(runOption())
    .addOption(modelFileOption())
    .addOption(dataDirOption())
    .requiredOption(
      "--to <url>",
      "Database: postgres://USER@HOST:PORT/DATABASE, without a password, which PGPASSWORD or --passfile " +
        "gives. Anywhere but on this machine the connection is encrypted, and the server's certificate " +
        "verified, unless ?sslmode=disable is added",
      databaseOption,
    )
    .option(
      "--schema <name>",
      "Schema to push into; created if needed",
      schemaOption,
      defaults.schema,
    )
    .option(
      "--lists",
      "Push each user's best items instead of vectors; models without vectors need this",
    )
    .option(
      "-k, --top-k <number>",
      `With --lists: items per user, at most ${longestList} (default: ${defaults.listLength})`,
      (text) => listLength(text, defaults.listLength),
    )
    .option("--no-index", "Make no HNSW index of the items")
    .option(
      "--keep <number>",
      "Versions to keep, the new one included",
      (text) => integer("keep", text, mostVersions),
      defaults.keep,
    )
    .option(
      "--passfile <file>",
      "File of passwords in the form of ~/.pgpass, which is not read by itself",
      userPath,
    )
    .option(
      "--sslrootcert <file>",
      "Certificates in PEM of the authorities to trust (default: those of Mozilla)",
      userPath,
    )
    .option("--json", "Print what was done as JSON, instead of the SQL that ranks")
    .addOption(adapterOption())
    .action((name, { lists = false, topK, index, sslrootcert, json = false, ...options }) => {
      const named = namedRun("push", name, options.run);
      if (topK !== undefined && !lists) {
        throw new UsageError(
          "Cannot use --top-k without --lists: it would have no effect",
          "Add --lists, or leave it out: the length is chosen when the database is asked",
        );
      }
      if (lists && !index) {
        throw new UsageError(
          "Cannot use --no-index with --lists: it would have no effect",
          "Leave it out: lists have no such index",
        );
      }
      if (sslrootcert !== undefined && options.to.protection === "none") {
        throw new UsageError(
          "Cannot use --sslrootcert: the connection is not encrypted, and it would have no effect",
          "Leave it out, or add ?sslmode=verify-full to the URL",
        );
      }
      return run({
        ...options,
        run: named,
        ...lists && { listLength: topK ?? defaults.listLength },
        isIndexed: index,
        sslrootcert,
        json,
      });
    });
}
