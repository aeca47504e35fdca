/**
 * What `push` does with what the user asked for.
 *
 * @module
 */
import { grouped } from "../../data/counts.ts";
import { readTextFile } from "../../data/regular_file.ts";
import { sha256 } from "../../data/sha256.ts";
import { UsageError } from "../../errors.ts";
import type { Run } from "../../recommender/run.ts";
import { runKey } from "../../training/run_record.ts";
import { Interruption } from "../common/interruption.ts";
import { isLoopback } from "../common/listen_address.ts";
import { note } from "../common/note.ts";
import { type RequestedRun, requestedRun } from "../common/open_recommender.ts";
import { writeJson, writeResult } from "../common/output.ts";
import { shownPath } from "../common/paths.ts";
import { createProgress, type Progress, stderrSink } from "../common/progress.ts";
import { Connection, type Credentials } from "./connection.ts";
import { targetText } from "./database_option.ts";
import { passwordFromFile } from "./passfile.ts";
import type { PushRequest } from "./push_command.ts";
import { listContent, rowContent } from "./pushed_content.ts";
import type { PushKind } from "./layout.ts";
import { reportRecord, reportSql, reportText } from "./push_text.ts";
import { type LendContent, pushVersion } from "./push_version.ts";

/** A file of certificates is not longer. */
const mostCertificateBytes = 1 << 24;

/** Digits of a version's name. */
const versionDigits = 12;

/**
 * Pushes a run into a database.
 *
 * @param request What the user asked for.
 */
export async function runPush(request: PushRequest): Promise<void> {
  const { to, schema, keep, isIndexed, listLength, json } = request;
  const credentials = await credentialsOf(request);
  const target = { ...to, user: credentials.user };
  const run = await requestedRun(request);
  const kind: PushKind = listLength === undefined ? "rows" : "lists";
  const { model, dataset } = run.configuration;
  const version = await versionOf(run, listLength);
  const name = { version, kind, run: shownPath(run.folder.path), model, dataset };
  if (target.protection === "none" && !isLoopback(target.host)) {
    note(`The connection to ${target.host} is not encrypted, and another server could answer it`);
  }
  const progress = createProgress(stderrSink());
  using interruption = new Interruption("ending the push", progress.note);
  const { signal } = interruption;
  const began = performance.now();
  try {
    await using connection = await Connection.open(target, credentials, signal, progress.note);
    const onRow = onRowOf(progress);
    const options = { schema, keep, isIndexed, note: progress.note, onRow };
    const pushed = await pushVersion(connection, name, lendContent(run, listLength), options);
    progress.clear();
    const seconds = (performance.now() - began) / 1000;
    const report = { ...name, target: targetText(target), ...pushed, seconds };
    if (json) return await writeJson(reportRecord(report));
    note(reportText(report));
    await writeResult(reportSql(report));
  } finally {
    progress.clear();
  }
}

/** Who connects, and by what. */
async function credentialsOf({ to, passfile, sslrootcert }: PushRequest): Promise<Credentials> {
  const user = to.user ?? Deno.env.get("PGUSER");
  if (user === undefined || user === "") {
    throw new UsageError(
      `Cannot connect to ${targetText(to)}: nobody says as whom`,
      "Put the user into the URL, postgres://USER@HOST/DATABASE, or into the environment as PGUSER",
    );
  }
  const password = passfile === undefined
    ? Deno.env.get("PGPASSWORD")
    : await passwordFromFile(passfile, { ...to, user });
  const authorities = sslrootcert && await readTextFile(sslrootcert, mostCertificateBytes);
  return { user, password: password || undefined, authorities };
}

/** Follows from all that the content follows from, so that the same content has the same name. */
async function versionOf({ folder }: Run, listLength: number | undefined): Promise<string> {
  const isKept = await folder.hasCheckpoint("best");
  using checkpoint = isKept ? await folder.openCheckpoint("best") : undefined;
  const { checksum = null } = checkpoint?.metadata ?? {};
  const { record } = folder;
  const key = record === undefined ? await folder.configuration() : runKey(record);
  const parts = [key, checksum, listLength ?? null];
  return sha256([JSON.stringify(parts)]).slice(0, versionDigits);
}

/** Opens the run once its content is wanted. */
function lendContent(run: RequestedRun, listLength: number | undefined): LendContent {
  return (use) =>
    run.use(async (recommender) => {
      const scored = await recommender.scored();
      if (listLength !== undefined) return await use(listContent(scored, listLength));
      const { representation } = scored;
      if ("users" in representation) return await use(rowContent(scored, representation));
      throw new UsageError(
        `Cannot push rows of ${run.configuration.model}: its scores are not products of rows`,
        "Push lists: --lists",
      );
    });
}

/** Rows between two lines that are drawn. */
const rowsBetween = 1000;

/** Shows how far a table has come, on a terminal alone: elsewhere these would be lines. */
function onRowOf(progress: Progress) {
  return (table: string, done: number, most: number) => {
    if (done % rowsBetween !== 0) return;
    const text = `Copying ${table}: ${grouped(done)} of ${grouped(most)}`;
    progress.show((columns) => columns === undefined ? undefined : text);
  };
}
