/**
 * A folder that is being replaced has no name for an instant: it stands beside its place, as
 * `<name>.<random>.former`, until the new one has the name. A process that is killed then leaves it there.
 *
 * @module
 */
import { temporariesOf, tryLock } from "./temporary.ts";
import { isTaken } from "./exists.ts";

/** The file of a dataset's folder that whoever replaces it holds locked. */
export const ownerName = "dataset.json";

/** Milliseconds that a process which replaces a folder is waited for. */
const patience = 5_000;

/**
 * Where the files of a folder are: at its place, or, where a process was killed while it replaced it,
 * beside it; then it gets its name back.
 *
 * @param folder The folder.
 * @param note Told what was done.
 * @returns The folder, or the one beside it where this process may not rename it.
 */
export async function presentFolder(
  folder: string,
  note: (text: string) => void = () => {},
): Promise<string> {
  for (const until = performance.now() + patience; performance.now() < until;) {
    if (await isTaken(folder)) return folder;
    const [former] = await temporariesOf(folder, "former");
    if (former === undefined) return folder;
    if (await isHeld(former)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    try {
      await Deno.rename(former, folder);
    } catch {
      if (await isTaken(folder)) return folder;
      note(`"${folder}" was being replaced by a command that was stopped: "${former}" is used`);
      return former;
    }
    note(
      `"${folder}" was being replaced by a command that was stopped: what was there is restored`,
    );
  }
  return folder;
}

/** Whether the process that moved a folder aside still lives. */
async function isHeld(former: string): Promise<boolean> {
  try {
    using file = await Deno.open(`${former}/${ownerName}`);
    return await tryLock(file) === false;
  } catch {
    return false;
  }
}
