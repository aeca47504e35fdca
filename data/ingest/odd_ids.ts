/**
 * Ids that may be none, or the same as others: words that mean nothing, spaces and invisible characters
 * around them, letters with accents in another form.
 *
 * @module
 */
import type { Message } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { IdTable } from "./id_table.ts";
import { isNullWord, longestNullWord } from "./null_words.ts";
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
  const isNull = ids.filter(mayBeNull).filter((index) => isNullWord(ids.id(index)));
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
  const inRows = (mayBe: typeof isPadded) => ids.filter(mayBe).filter((index) => rowsOf[index] > 0);
  const rowsOfAll = (found: readonly number[]) =>
    counted(found.reduce((sum, index) => sum + rowsOf[index], 0), "row");
  const padded = inRows(isPadded);
  if (padded.length > 0) {
    const example = JSON.stringify(excerpt(ids.id(padded[0])));
    notes.push(
      `${
        counted(padded.length, role)
      } with a space or an invisible character at either end, such as ` +
        `${example}, in ${rowsOfAll(padded)}: kept as they are, so not the same ${role} as ` +
        "the one without",
    );
  }
  // "é" is one character, or an "e" and an accent that is put on it, which file names of macOS have.
  const twins = inRows(mayBeComposed).filter((index) => {
    const id = ids.id(index);
    const composed = id.normalize("NFC");
    return composed !== id && ids.indexOf(composed) >= 0;
  });
  if (twins.length > 0) {
    notes.push(
      `${counted(twins.length, role)} with accents that are characters of their own, such as ` +
        `"${excerpt(ids.id(twins[0]))}", in ${rowsOfAll(twins)}: kept as they are, so not the ` +
        `same ${role} as the one that looks the same. If they are, write all in Unicode's form NFC`,
    );
  }
  return notes;
}

const [minus, zero, nine] = [45, 48, 57];

/** What the first of the characters that are put on others begins with in UTF-8: U+0300. */
const firstAccent = 0xcc;

function countRows(ids: IdTable, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(ids.size);
  for (let n = 0; n < rows.length; n++) counts[rows[n]]++;
  return counts;
}

/** Tells most ids apart without making a text of them: they are long, or end in a digit. */
function mayBeNull(bytes: Uint8Array, start: number, end: number): boolean {
  const last = bytes[end - 1];
  if (end - start > longestNullWord) return false;
  return last < zero || last > nine || bytes[start] === zero || bytes[start] === minus;
}

function mayBeComposed(bytes: Uint8Array, start: number, end: number): boolean {
  for (let n = start; n < end; n++) if (bytes[n] >= firstAccent) return true;
  return false;
}

function isPadded(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] <= 32 || bytes[end - 1] <= 32) return true;
  return invisible.some((letter) => {
    const isAt = (place: number) => letter.every((byte, n) => bytes[place + n] === byte);
    return letter.length <= end - start && (isAt(start) || isAt(end - letter.length));
  });
}

/** A no-break space, a zero-width one, and a byte-order mark, in UTF-8. */
const invisible = ["\u00a0", "\u200b", "\ufeff"].map((
  letter,
) => [...new TextEncoder().encode(letter)]);
