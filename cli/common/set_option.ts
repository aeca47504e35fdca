/**
 * Settings of a model on the command line: `--set key=value`.
 *
 * @module
 */
import { UsageError } from "../../errors.ts";

/**
 * Collects `--set key=value`, which may be given many times.
 *
 * @param assignment What followed one `--set`.
 * @param former The settings of those before it.
 * @returns All of them, values as text.
 * @throws {UsageError} There is no `=`, or the key is given twice.
 * @example
 * ```ts
 * import { collectAssignment } from "./assignments.ts";
 * collectAssignment("reg=1e-4", { layers: "2" }); // { layers: "2", reg: "1e-4" }
 * ```
 */
export function collectAssignment(
  assignment: string,
  former: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const equals = assignment.indexOf("=");
  if (equals < 1) {
    throw new UsageError(
      `Cannot use --set "${assignment}": expected key=value`,
      "Write for example --set layers=2",
    );
  }
  const key = assignment.slice(0, equals);
  const value = assignment.slice(equals + 1);
  if (Object.hasOwn(former, key)) {
    throw new UsageError(
      `Cannot set "${key}" twice: found "${former[key]}" and "${value}"`,
      "Keep one of them",
    );
  }
  return { ...former, [key]: value };
}
