/**
 * Ids that may be none, or the same as others: words that mean nothing, names of columns, spaces and
 * invisible characters around them.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { IdTable } from "./id_table.ts";
import { nullWords } from "./null_words.ts";
import { counted, grouped } from "../counts.ts";

/**
 * What is odd about the ids of a table, a sentence each.
 *
 * @param role What they are ids of.
 * @param ids The ids.
 * @param rows The id of each row, by its index.
 * @param nulls Words that the user has said to mean nothing.
 * @example
 * ```ts
 * import { IdTable } from "./id_table.ts";
 * import { oddIds } from "./odd_ids.ts";
 * const ids = new IdTable();
 * ids.intern(new TextEncoder().encode("NULL"), 0, 4);
 * oddIds("user", ids, new Uint32Array([0, 0])).length; // 1
 * ```
 */
export function oddIds(
  role: "user" | "item",
  ids: IdTable,
  rows: Uint32Array,
  nulls: readonly string[] = [],
): Message[] {
  const notes: Message[] = [];
  const isNull = nullWords.map((word) => ids.indexOf(word)).filter((index) => index >= 0);
  const rowsOf = countRows(ids, rows);
  for (const index of isNull) {
    if (rowsOf[index] === 0) continue;
    const id = ids.id(index);
    notes.push(({ setting }) =>
      `The ${role} "${id}" has ${counted(rowsOf[index], "row")} of ${
        grouped(rows.length)
      }, and is kept. If it means that there is none, leave these rows out: ${
        [...nulls, id].map((word) => setting("null", word)).join(" ")
      } ${setting("skipIncomplete")}`
    );
  }
  const padded = ids.filter(isPadded).filter((index) => rowsOf[index] > 0);
  if (padded.length > 0) {
    const count = padded.reduce((sum, index) => sum + rowsOf[index], 0);
    const example = JSON.stringify(excerpt(ids.id(padded[0])));
    notes.push(
      `${counted(padded.length, role)} with a space or an invisible character at an end, such as ` +
        `${example}, in ${
          counted(count, "row")
        }: kept as they are, which is another ${role} than ` +
        "the one without",
    );
  }
  return notes;
}

function countRows(ids: IdTable, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(ids.size);
  for (let n = 0; n < rows.length; n++) counts[rows[n]]++;
  return counts;
}

function isPadded(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] <= 32 || bytes[end - 1] <= 32) return true;
  return isInvisible(bytes, start) || isInvisible(bytes, end - 2) || isInvisible(bytes, end - 3);
}

/** A no-break space, a zero-width one, or a byte-order mark, in UTF-8. */
function isInvisible(bytes: Uint8Array, at: number): boolean {
  const [first, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  return (first === 0xc2 && second === 0xa0) ||
    (first === 0xe2 && second === 0x80 && third === 0x8b) ||
    (first === 0xef && second === 0xbb && third === 0xbf);
}
