/**
 * The built-in studies.
 *
 * @module
 */
import { nearest, UsageError } from "../../errors.ts";
import { featureStudies } from "./feature_studies.ts";
import { modelStudies } from "./model_studies.ts";
import type { Study } from "./study.ts";

/** The built-in studies. */
export const studies: readonly Study[] = [...modelStudies, ...featureStudies];

/**
 * The built-in study of a name.
 *
 * @param name The name.
 * @throws {UsageError} There is none.
 * @example
 * ```ts
 * import { studyNamed } from "./studies.ts";
 * studyNamed("denoise").model; // "smore"
 * ```
 */
export function studyNamed(name: string): Study {
  const found = studies.find((study) => study.name === name);
  if (found !== undefined) return found;
  const names = studies.map((study) => study.name);
  const near = nearest(name, names);
  throw new UsageError(
    `There is no study "${name}"`,
    near === undefined
      ? `The studies are ${names.join(", ")}; one of your own is a file whose name ends in .json`
      : `Did you mean "${near}"?`,
  );
}
