/**
 * The files of the repository, as tests of its form read them.
 *
 * @module
 */
import { relative } from "node:path";
import { projectFolder } from "./cli/run_cli.ts";

/** What is not the repository's own: git ignores it, or keeps it for itself. */
export const foreign: ReadonlySet<string> = new Set(
  [".git", ".deno", ".cache", ".offline", "node_modules", "runs", "datasets", "coverage"],
);
const isText = /\.(?:ts|wgsl|md|py|sh|yml|json|jsonc)$|^(?:run|bandpass|LICENSE|\.gitignore)$/;

/**
 * Reads the repository.
 *
 * @returns The text of each file by its path from the project's folder; nothing for one that is no text.
 */
export async function repository(folder = projectFolder): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    if (foreign.has(name)) continue;
    const path = `${folder.replace(/\/$/, "")}/${name}`;
    if (isDirectory) {
      for (const [inner, text] of await repository(path)) files.set(inner, text);
    } else if (isFile) {
      const text = isText.test(name) ? await Deno.readTextFile(path) : "";
      files.set(relative(projectFolder, path).replaceAll("\\", "/"), text);
    }
  }
  return files;
}
