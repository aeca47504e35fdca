/**
 * Folders to try permissions in.
 *
 * @module
 */

/** A folder that the user stands in, one that no argument names, and one that an argument does. */
export interface Folders {
  readonly standing: string;
  readonly outside: string;
  readonly named: string;
}

/**
 * Makes the folders, and removes them after use.
 *
 * @param use What is done with them.
 */
export async function withFolders(use: (folders: Folders) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const folders = {
    standing: `${folder}/it's "here"`,
    outside: `${folder}/outside`,
    named: `${folder}/named $HOME`,
  };
  try {
    for (const path of Object.values(folders)) await Deno.mkdir(path);
    await Deno.mkdir(`${folder}/bin`);
    await use(folders);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
