/**
 * How a training stands after an epoch, in as many columns as there are.
 *
 * @module
 */
import { counted } from "../../data/counts.ts";
import { type EpochProgress, stoppingMetric } from "../../training/training_result.ts";
import { bar } from "../common/progress.ts";
import { plainStyle, type Style } from "../common/terminal.ts";
import { cut, widest } from "../common/text_width.ts";
import { metricLabel } from "../../evaluation/metric_label.ts";

/** When a training ends. */
export interface EpochLimits {
  /** The most epochs. */
  readonly epochs: number;
  /** The most epochs in a row without improvement. */
  readonly patience: number;
}

/** Epochs between lines that are no improvement, where each is a line of its own. */
const reported = 10;

const barWidth = 8;

/**
 * What is shown of an epoch: its validation score, the best one and when that was, the patience that is
 * used up, seconds and loss; the last ones leave first where columns are few.
 *
 * @param progress The epoch.
 * @param limits When the training ends.
 * @param columns The columns of a terminal; without them each text is a line of its own.
 * @param style How an improvement is set off (default: not at all).
 * @returns Nothing of an epoch that needs no line of its own: improvements and every tenth one do.
 */
export function epochText(
  { line: { epoch, loss, seconds, validation, validation_users }, stopping }: Pick<
    EpochProgress,
    "line" | "stopping"
  >,
  { epochs, patience }: EpochLimits,
  columns?: number,
  style: Style = plainStyle,
): string | undefined {
  const { bestScore, bestEpoch, withoutBetter } = stopping;
  const isBetter = bestEpoch === epoch;
  const of = `epoch ${String(epoch).padStart(columns === undefined ? String(epochs).length : 0)}`;
  const score = `${metricLabel(stoppingMetric)} ${validation[stoppingMetric].toFixed(4)}`;
  const users = validation_users === undefined ? "" : ` of ${counted(validation_users, "user")}`;
  // The epoch after the last one that patience allows ends it.
  const used = Math.min(withoutBetter, patience);
  const patienceUsed = `patience ${String(used).padStart(String(patience).length)}/${patience}`;
  const shown = {
    epoch: of,
    ofAll: `${of}/${epochs}`,
    score: isBetter ? style.green(score) : score,
    scoreOfUsers: (isBetter ? style.green(score) : score) + users,
    best: `best ${bestScore.toFixed(4)} at ${bestEpoch}`,
    used: patienceUsed,
    bar: `${patienceUsed} ${bar(used / Math.max(1, patience), barWidth)}`,
    seconds: `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`,
    loss: `loss ${loss.toPrecision(4)}`,
  };
  const text = (...fields: (keyof typeof shown)[]) => fields.map((key) => shown[key]).join("  ");
  if (columns === undefined) {
    return isBetter || epoch % reported === 0
      ? text("ofAll", "scoreOfUsers", "best", "used", "seconds", "loss")
      : undefined;
  }
  const forms = [
    text("ofAll", "scoreOfUsers", "best", "bar", "seconds", "loss"),
    text("ofAll", "scoreOfUsers", "best", "bar", "seconds"),
    text("epoch", "scoreOfUsers", "best", "bar", "seconds"),
    text("epoch", "scoreOfUsers", "best", "bar"),
    text("epoch", "scoreOfUsers", "best", "used"),
    text("epoch", "scoreOfUsers", "best"),
    text("epoch", "score"),
  ];
  return forms.find((form) => widest([form]) <= columns) ?? cut(`${of}  ${score}`, columns);
}
