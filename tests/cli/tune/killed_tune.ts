/**
 * Tunes that are killed: for the test, with two kills, and for `bench/tune_kills.ts`, with many.
 *
 * @module
 */
import type { Workshop } from "../durability.ts";

/**
 * Runs a tune again and again: it is killed at a write a time, and then comes to its end.
 *
 * @param shop Where.
 * @param tune What is typed.
 * @param writes At which write of each process it is killed, counted from 1.
 * @returns How often it was killed.
 */
export async function killedTune(
  shop: Workshop,
  tune: readonly string[],
  writes: readonly number[],
): Promise<number> {
  let killed = 0;
  for (const nth of writes) {
    const { code } = await shop.run(tune, { kind: "kill", nth });
    if (code !== 0) killed++;
  }
  const { code, stderr } = await shop.run(tune);
  if (code !== 0) throw new Error(`${tune.join(" ")}: ${stderr}`);
  return killed;
}

/**
 * The files of a tune that follow from its trials alone, and the parameters of all its runs.
 *
 * @param shop Where.
 * @param name The tune.
 * @returns Bytes in hexadecimal by file.
 */
export async function tuneTables(shop: Workshop, name: string): Promise<Record<string, string>> {
  const folder = `${shop.folder}/runs/${name}`;
  const found: Record<string, string> = {};
  for (const file of ["trials.ndjson", "trials.parquet", "preset.json", "result.json"]) {
    found[file] = (await Deno.readFile(`${folder}/${file}`)).toHex();
  }
  const runs = Array.from(Deno.readDirSync(`${folder}/trials`), (entry) => `trials/${entry.name}`);
  for (const run of [...runs.sort(), "blend"]) {
    for (const file of ["best.safetensors", "last.safetensors"]) {
      const bytes = await Deno.readFile(`${folder}/${run}/${file}`).catch(() => undefined);
      if (bytes !== undefined) found[`${run}/${file}`] = bytes.toHex();
    }
  }
  return found;
}
