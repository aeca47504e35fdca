/**
 * The errors for columns that cannot be read as they are.
 *
 * @module
 */
import { DataError } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { InexactId } from "./value_texts.ts";

/**
 * The error for an id that its column may have rounded.
 *
 * @param name The file.
 * @param where Where in it the id is.
 * @param error What was thrown where it was read.
 */
export function inexactId(name: string, where: string, { message }: InexactId): DataError {
  return new DataError(
    `Cannot read "${name}": ${where} has the id ${message}, a floating-point number that is too ` +
      "large to be exact",
    "Write the column again as integers or as text, from where its numbers come",
  );
}

/**
 * The error for what cannot be.
 *
 * @param name The file.
 * @param where What of it is damaged.
 * @param reason How that shows.
 */
export function damaged(name: string, where: string, reason: string): DataError {
  return new DataError(
    `Cannot read "${name}": ${where} is damaged, or was cut off: ${excerpt(reason, 200)}`,
    "Copy or download the file again, or write it again",
  );
}
