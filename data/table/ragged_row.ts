/**
 * Why a row may have more or fewer fields than there are columns.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import type { DelimitedForm, TableRow } from "./table.ts";

const numberSign = 35;
const quote = 34;
const space = 32;

/**
 * What a row with a wrong number of fields looks like, and what to do about it.
 *
 * @param row The row.
 * @param found How many fields it has.
 * @param names The columns, as many as it has to have.
 * @param form The form of the table.
 * @returns What is added to the message, if there is more to say, and the next step.
 */
export function raggedReason(
  { bytes, start, end }: TableRow,
  found: number,
  names: readonly string[],
  { delimiter, quoted, remarks }: DelimitedForm,
): { what?: string; nextStep: Message } {
  const mark = delimiter === 9 ? "\\t" : String.fromCharCode(delimiter ?? 0);
  const expected = names.length;
  const last = Math.min(found, start.length) - 1;
  if (bytes[start[0]] === numberSign) {
    return {
      what: ", and begins with #",
      nextStep: "If such lines are comments, remove them: grep -v '^#' FILE > CONVERTED",
    };
  }
  if (found === expected + 1 && start[last] === end[last]) {
    return {
      what: ": it ends in a delimiter, which the first line does not",
      nextStep: `Remove it from the end of each line: sed 's/${mark}$//' FILE > CONVERTED`,
    };
  }
  if (found === expected - 1 && names[found] === "") {
    return {
      what: ": the first line ends in a delimiter, which this one does not",
      nextStep: `Remove it there: sed '1s/${mark}$//' FILE > CONVERTED`,
    };
  }
  if (found > expected && quoted) {
    const text = bytes.subarray(start[0], end[last]);
    const padded = text.some((byte, n) =>
      byte === quote && text[n - 1] === space && text[n - 2] === delimiter
    );
    if (padded) {
      return {
        what: ", as there is a space before a quotation mark",
        nextStep: `Remove the spaces after delimiters: sed 's/${mark} /${mark}/g' FILE > CONVERTED`,
      };
    }
    const nextStep = "Put fields that hold the delimiter between double quotes";
    return { nextStep: remarks === undefined ? nextStep : orNoQuotes(nextStep) };
  }
  return {
    nextStep: "Give each row as many fields as the first line has names; was the file cut off?",
  };
}

/**
 * A next step, and what to do where quotation marks quote nothing.
 *
 * @param nextStep The next step.
 */
export function orNoQuotes(nextStep: string): Message {
  return ({ setting }) =>
    `${nextStep}; if quotes are part of the text, add ${setting("quote", "none")}`;
}
