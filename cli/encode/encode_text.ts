/**
 * What `encode` and `preprocess --encode` say.
 *
 * @module
 */
import { counted, grouped } from "../../data/counts.ts";
import type { InputKind } from "../../data/encode/encoder.ts";
import {
  type EncodingStatus,
  type UnusableInput,
  unusableText,
} from "../../data/encode/encode_rows.ts";
import type { FoundInputs } from "../../data/encode/table_inputs.ts";
import type { Message } from "../../errors.ts";
import { duration, type Progress } from "../common/progress.ts";

/** Milliseconds between two lines where none is redrawn, and on a terminal. */
const pauses = { lines: 30_000, terminal: 200 };

/**
 * What shows how far an encoding is, and how long it still takes by the rows that were computed.
 *
 * @param progress Where it is shown.
 * @param kind What is encoded.
 * @param now The time in milliseconds.
 */
export function encodingStatus(
  progress: Pick<Progress, "show" | "status">,
  kind: InputKind,
  now: () => number = () => performance.now(),
): (status: EncodingStatus) => void {
  const start = now();
  let shown = start;
  let isTerminal = false;
  progress.show((columns) => {
    isTerminal = columns !== undefined;
    return undefined;
  });
  return ({ done, inputs, computed }) => {
    const time = now();
    if (time - shown < (isTerminal ? pauses.terminal : pauses.lines)) return;
    shown = time;
    progress.status(
      statusText(kind, { done, inputs, computed }, (time - start) / 1000),
      done / inputs,
    );
  };
}

/**
 * How far an encoding is.
 *
 * @param kind What is encoded.
 * @param status How much is done.
 * @param seconds How long it took.
 * @example
 * ```ts
 * import { statusText } from "./encode_text.ts";
 * statusText("images", { done: 250, inputs: 1000, computed: 250 }, 10);
 * // "250 of 1,000 images, 25 a second, 30 s left"
 * ```
 */
export function statusText(
  kind: InputKind,
  { done, inputs, computed }: EncodingStatus,
  seconds: number,
): string {
  const parts = [`${grouped(done)} of ${grouped(inputs)} ${kind === "text" ? "texts" : "images"}`];
  const rate = computed / seconds;
  if (computed > 0) {
    parts.push(`${rate.toPrecision(2)} a second`, `${duration((inputs - done) / rate)} left`);
  }
  return parts.join(", ");
}

/** Inputs that are named, of those that cannot be used. */
const mostNamed = 5;

/**
 * What was found, computed and left out.
 *
 * @param kind What was encoded.
 * @param found What the source has.
 * @param unusable What of it has no row.
 * @param computed Rows that were computed now.
 * @returns Lines.
 */
export function encodedText(
  kind: InputKind,
  { inputs, empty, repeated, rowsAre, remarks }: FoundInputs,
  unusable: readonly UnusableInput[],
  computed: number,
): Message[] {
  const noun = kind === "text" ? "text" : "image";
  const kept = inputs.length - unusable.length;
  const parts = [`Encoded ${counted(kept, noun)}, ${rowsAre}`];
  if (computed < kept) parts.push(`${counted(computed, "row")} computed now`);
  if (empty.length > 0) parts.push(`${counted(empty.length, "item")} without any`);
  if (repeated > 0) parts.push(`${counted(repeated, "row")} of an item that has one before`);
  return [parts.join("; "), ...remarks, ...unusableLines(unusable, noun)];
}

function unusableLines(unusable: readonly UnusableInput[], noun: string): string[] {
  if (unusable.length === 0) return [];
  const named = unusable.slice(0, mostNamed).map((one) => `  ${unusableText(one)}`);
  const more = unusable.length - named.length;
  return [
    `${counted(unusable.length, noun)} cannot be used, and the items count as having none:`,
    ...named,
    ...more > 0 ? [`  and ${grouped(more)} more`] : [],
  ];
}
