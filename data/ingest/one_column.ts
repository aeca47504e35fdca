/**
 * One column that is to be two things.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";
import { excerpt } from "../excerpt.ts";
import type { Column } from "./column_choice.ts";

/**
 * Refuses one column for users and items: every user would have themselves.
 *
 * @param user The column of users.
 * @param item The column of items.
 * @param path Where they are.
 * @throws {UsageError} They are the same.
 */
export function refuseOneColumn(user: Column, item: Column, path: string): void {
  if (user.index !== item.index) return;
  throw new UsageError(
    ({ setting }) =>
      `Cannot use ${setting("user", excerpt(user.name))} and ${
        setting("item", excerpt(item.name))
      }: ` +
      `they are one column of "${path}"`,
    ({ setting }) => `Name another one with ${setting("user")} or ${setting("item")}`,
  );
}
