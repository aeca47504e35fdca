/**
 * How much of a long table has been read, on a terminal.
 *
 * @module
 */
import type { TableFiles } from "../../data/table/table_files.ts";
import { type ProgressSink, stderrSink } from "../common/progress.ts";
import { cut } from "../common/text_width.ts";

const clearLine = "\r\x1b[2K";

/**
 * Redraws a line with the megabytes that were read, on a terminal alone: a log has no use for it.
 *
 * @param source What is read.
 * @param sink Where the line goes.
 * @param milliseconds The time between two drawings; tables that are read sooner show none.
 * @returns What ends it and clears the line.
 * @example
 * ```ts
 * import { TableFiles } from "../../data/table/table_files.ts";
 * import { showReading } from "./reading_progress.ts";
 * const source = new TableFiles("clicks.csv");
 * const end = showReading(source, { write: () => {}, columns: 80 });
 * end();
 * ```
 */
export function showReading(
  source: Pick<TableFiles, "name" | "bytes">,
  sink: ProgressSink = stderrSink(),
  milliseconds = 1000,
): () => void {
  const { columns, write } = sink;
  if (columns === undefined) return () => {};
  let drawn = false;
  const timer = setInterval(() => {
    const line = `${(source.bytes / 1e6).toFixed(0)} MB of ${source.name} read`;
    // One column less: a full line would wrap, and could not be redrawn.
    write(`${clearLine}${cut(line, columns - 1)}`);
    drawn = true;
  }, milliseconds);
  return () => {
    clearInterval(timer);
    if (drawn) write(clearLine);
  };
}
