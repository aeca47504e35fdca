/**
 * The runs of a folder, for a message about one that is not there.
 *
 * @module
 */
import { dirname } from "@std/path";

/**
 * Says which runs lie where one was looked for.
 *
 * @param path The run that was looked for.
 */
export async function runsThereAre(path: string): Promise<string> {
  const parent = dirname(path);
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(parent)) {
      const isRun = await Deno.stat(`${parent}/${name}/config.json`).then(() => true, () => false);
      if (isRun) names.push(name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `there is no folder "${parent}"`;
    if (error instanceof Deno.errors.NotADirectory) return `"${parent}" is no folder`;
    // What may not be listed is not told.
    return 'trainings make theirs in "runs"';
  }
  if (names.length === 0) return `"${parent}" has none`;
  const more = names.length > 10 ? `, … (${names.length} in all)` : "";
  return `"${parent}" has ${names.toSorted().slice(0, 10).join(", ")}${more}`;
}
