/**
 * Files as documents show them: a line with the name, and a fenced block.
 *
 * @module
 */
import { projectFolder } from "../cli/run_cli.ts";

/**
 * The contents of a file that a document shows.
 *
 * @param document The document, relative to the project.
 * @param name The file's name, as it stands before the block: `` `my_model.ts`: ``.
 * @throws {Error} The document shows no such file.
 */
export async function shownFile(document: string, name: string): Promise<string> {
  const text = await Deno.readTextFile(`${projectFolder}${document}`);
  const before = text.indexOf(`\n\`${name}\``);
  const block = before === -1 ? null : /^```.*\n([\s\S]*?)^```$/m.exec(text.slice(before));
  if (block === null) throw new Error(`${document} shows no file "${name}"`);
  return block[1];
}
