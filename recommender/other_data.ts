/**
 * Whether two runs were trained on the same data.
 *
 * @module
 */
import { interactionsPart } from "../data/content_hashes.ts";
import { DataError } from "../errors.ts";
import type { Run } from "./run.ts";

/**
 * Refuses runs of different data, where both say what they were trained on; whoever reads the dataset checks each run
 * against it.
 *
 * @param action What is to be done with both, such as `blend`.
 * @param one A run.
 * @param other Another one.
 * @throws {DataError} A part of their data differs.
 */
export function refuseOtherData(action: string, one: Run, other: Run): void {
  const [first, second] = [one, other].map(({ folder }) => folder.record?.data);
  if (first === undefined || second === undefined) return;
  const parts = [...new Set([...Object.keys(first), ...Object.keys(second)])]
    .filter((part) => first[part] !== second[part]);
  if (parts.length === 0) return;
  const [dataset, otherDataset] = [one, other].map(({ configuration }) => configuration.dataset);
  const differences = parts.map((part) => {
    const file = part === interactionsPart ? `${otherDataset}.inter` : part;
    if (second[part] === undefined) return `"${part}" is missing in the second`;
    return `"${file}" ${first[part] === undefined ? "is missing in the first" : "differs"}`;
  });
  throw new DataError(
    `Cannot ${action} "${one.folder.path}" (dataset "${dataset}") with "${other.folder.path}" ` +
      `(dataset "${otherDataset}"): they were trained on different data: ${differences.join("; ")}`,
    "Name runs that were trained on the same data",
  );
}
