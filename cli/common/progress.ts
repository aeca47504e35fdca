/**
 * Progress of what takes long: a line that is redrawn on a terminal, plain lines elsewhere.
 *
 * @module
 */
import { clearedLine, columnsOf } from "./terminal.ts";
import { cut, wrap } from "./text_width.ts";

/** Where progress goes. */
export interface ProgressSink {
  /** Takes text as it is. */
  readonly write: (text: string) => void;
  /** Columns of the terminal as it is now, or `undefined` where it is none. */
  readonly columns?: number;
}

/** Reports how it goes. */
export interface Progress {
  /**
   * Shows how something stands, in as many columns as it is told; without a number each text is a line
   * of its own, and `undefined` is none.
   */
  show(text: (columns?: number) => string | undefined): void;
  /** Shows how something stands, and what part of it is done. */
  status(text: string, fraction: number): void;
  /** Prints a line of its own, above the one that is redrawn; so does a command that is to be copied whole. */
  note(text: string): void;
  /** Prints a sentence in such lines, no wider than a terminal is. */
  say(sentence: string): void;
  /** Removes the line that is redrawn. */
  clear(): void;
  /** Leaves the line that is redrawn as it stands, and goes to the next. */
  end(): void;
}

/** Stderr, and how wide it is. */
export function stderrSink(): ProgressSink {
  return {
    write: (text) => Deno.stderr.writeSync(new TextEncoder().encode(text)),
    get columns() {
      return columnsOf(Deno.stderr);
    },
  };
}

/**
 * A progress reporter.
 *
 * @param sink Where it writes.
 * @example
 * ```ts
 * import { createProgress, stderrSink } from "./progress.ts";
 * const progress = createProgress(stderrSink());
 * progress.note("Reading the dataset");
 * ```
 */
export function createProgress(sink: ProgressSink): Progress {
  let drawn: string | undefined;
  const show: Progress["show"] = (text) => {
    const { columns } = sink;
    // One column less: a full line would wrap, and could not be redrawn.
    const line = text(columns === undefined ? undefined : columns - 1);
    if (line === undefined) return;
    if (columns === undefined) return sink.write(`${line}\n`);
    sink.write(`${clearedLine}${line}`);
    drawn = line;
  };
  const note: Progress["note"] = (text) => {
    // What was typed on the line, such as ^C, goes with it.
    sink.write(drawn === undefined ? `${text}\n` : `${clearedLine}${text}\n${drawn}`);
  };
  return {
    show,
    status(text, fraction) {
      show((columns) => columns === undefined ? text : cut(`[${bar(fraction)}] ${text}`, columns));
    },
    note,
    say(sentence) {
      note(wrap(sentence, sink.columns));
    },
    clear() {
      if (drawn !== undefined) sink.write(clearedLine);
      drawn = undefined;
    },
    end() {
      if (drawn !== undefined) sink.write("\n");
      drawn = undefined;
    },
  };
}

/**
 * A bar, as far full as something is done.
 *
 * @param fraction What part of it is done.
 * @param width Its columns.
 * @example
 * ```ts
 * import { bar } from "./progress.ts";
 * bar(0.25, 8); // "##------"
 * ```
 */
export function bar(fraction: number, width = 16): string {
  const full = Math.round(Math.min(1, fraction) * width);
  return "#".repeat(full) + "-".repeat(width - full);
}

/**
 * A length of time in the largest units that matter.
 *
 * @param seconds Seconds.
 * @example
 * ```ts
 * import { duration } from "./progress.ts";
 * duration(3700); // "1 h 2 min"
 * ```
 */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
