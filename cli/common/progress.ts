/**
 * Progress of what takes long: a line that is redrawn on a terminal, plain lines elsewhere.
 *
 * @module
 */
import { cut } from "./text_width.ts";

/** How a training stands after an epoch. */
export interface EpochReport {
  /** The epoch, counted from 1. */
  readonly epoch: number;
  /** The epoch after which it ends at the latest. */
  readonly epochs: number;
  /** Mean training loss of the epoch. */
  readonly loss: number;
  /** Seconds that the epoch took. */
  readonly seconds: number;
  /** Validation score by name, such as `recall@20`. */
  readonly validation: { readonly name: string; readonly value: number };
  /** The best validation score until now and its epoch. */
  readonly best: { readonly value: number; readonly epoch: number };
}

/** Where progress goes. */
export interface ProgressSink {
  /** Takes text as it is. */
  readonly write: (text: string) => void;
  /** Columns of the terminal, or `undefined` where it is none. */
  readonly columns?: number;
}

/** Reports how it goes. */
export interface Progress {
  /** Shows an epoch that has ended. */
  epoch(report: EpochReport): void;
  /** Shows how something else stands, and what part of it is done. */
  status(text: string, fraction: number): void;
  /** Prints a line of its own. */
  note(text: string): void;
  /** Leaves the redrawn line as it stands, and goes to the next. */
  end(): void;
}

/** Stderr, and how wide it is. */
export function stderrSink(): ProgressSink {
  return {
    write: (text) => Deno.stderr.writeSync(new TextEncoder().encode(text)),
    columns: Deno.stderr.isTerminal() ? Deno.consoleSize().columns : undefined,
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
  const { write, columns } = sink;
  let drawn = false;
  let totalSeconds = 0;
  let epochs = 0;
  const end = () => {
    if (drawn) write("\n");
    drawn = false;
  };
  const status = (text: string, fraction: number) => {
    if (columns === undefined) return write(`${text}\n`);
    // One column less: a full line would wrap, and could not be redrawn.
    write(`\r\x1b[2K${cut(`${bar(fraction)} ${text}`, columns - 1)}`);
    drawn = true;
  };
  return {
    status,
    epoch(report) {
      totalSeconds += report.seconds;
      epochs++;
      // Early stopping may end it sooner.
      const left = (report.epochs - report.epoch) * totalSeconds / epochs;
      const line = [
        `epoch ${String(report.epoch).padStart(String(report.epochs).length)}/${report.epochs}`,
        `loss ${report.loss.toFixed(5)}`,
        `${report.seconds.toFixed(2)} s/epoch`,
        `valid ${report.validation.name} ${report.validation.value.toFixed(4)}`,
        `best ${report.best.value.toFixed(4)} at ${report.best.epoch}`,
        `at most ${duration(left)} left`,
      ].join("  ");
      status(line, report.epoch / report.epochs);
    },
    note(text) {
      end();
      write(`${text}\n`);
    },
    end,
  };
}

const barWidth = 16;

function bar(fraction: number): string {
  const full = Math.round(fraction * barWidth);
  return `[${"#".repeat(full)}${"-".repeat(barWidth - full)}]`;
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
