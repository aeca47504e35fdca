/**
 * Files as documents show them: a line with the name, and a fenced block.
 *
 * @module
 */
import { projectFolder } from "../cli/run_cli.ts";

/**
 * The files that a document shows, by their names: each stands in a line before the block, such as
 * `` `my_model.ts`: `` or `` `program.ts`, for …: ``.
 *
 * @param text The document.
 */
export function shownFiles(text: string): Map<string, string> {
  const shown = text.matchAll(/^`([\w.]+)`[^`\n]*:\n\n```(?!sh\n).*\n([^]*?)^```$/gm);
  return new Map(Array.from(shown, ([, name, contents]) => [name, contents]));
}

/**
 * The contents of a file that a document shows.
 *
 * @param document The document, relative to the project.
 * @param name The file's name.
 * @throws {Error} The document shows no such file.
 */
export async function shownFile(document: string, name: string): Promise<string> {
  const contents = shownFiles(await Deno.readTextFile(`${projectFolder}${document}`)).get(name);
  if (contents === undefined) throw new Error(`${document} shows no file "${name}"`);
  return contents;
}
