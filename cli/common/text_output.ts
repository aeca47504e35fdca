/**
 * Text that is made part by part, to a file or to stdout.
 *
 * @module
 */
import { writePartsAtomically } from "../../data/atomic_file.ts";
import { writeResult } from "./output.ts";

/** A text in parts, made as they are asked for or at once. */
type Parts = AsyncIterable<string> | Iterable<string>;

/** Characters that are gathered before they are written. */
const blockLength = 1 << 16;

/**
 * Writes parts: a file appears whole or not at all, stdout takes what there is as it comes.
 *
 * @param path A file, or `-` for stdout.
 * @param parts The text.
 */
export async function writeText(path: string, parts: Parts): Promise<void> {
  if (path !== "-") return await writePartsAtomically(path, blocksOf(parts));
  for await (const block of blocksOf(parts)) await writeResult(block);
}

async function* blocksOf(parts: Parts): AsyncGenerator<string> {
  let block = "";
  for await (const part of parts) {
    block += part;
    if (block.length < blockLength) continue;
    yield block;
    block = "";
  }
  yield block;
}
