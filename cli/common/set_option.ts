/**
 * Settings of a model on the command line: `--set key=value`.
 *
 * @module
 */
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.ts";

/** Settings as text, by their keys. */
export type Assignments = Readonly<Record<string, string>>;

/** The option `--set key=value`; it knows all settings, for whoever types one as an option. */
export class SetOption extends Option<"--set <key=value>", undefined, undefined, Assignments> {
  /** The keys of the settings of all models. */
  readonly keys: readonly string[];

  /**
   * Makes the option.
   *
   * @param description What it does.
   * @param models All models.
   */
  constructor(description: string, models: readonly { readonly settings: object }[]) {
    super("--set <key=value>", description);
    this.keys = models.flatMap(({ settings }) => Object.keys(settings));
    this.argParser(collectAssignment);
  }
}

/**
 * Collects `--set key=value`, which may be given many times.
 *
 * @param assignment What followed one `--set`.
 * @param former The settings of those before it.
 * @returns All of them, values as text.
 * @throws {UsageError} There is no `=`, or the key is given twice.
 * @example
 * ```ts
 * import { collectAssignment } from "./set_option.ts";
 * collectAssignment("reg=1e-4", { layers: "2" }); // { layers: "2", reg: "1e-4" }
 * ```
 */
export function collectAssignment(
  assignment: string,
  former: Assignments = {},
): Assignments {
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
