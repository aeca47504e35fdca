/**
 * Writes a CSV of generated interactions to stdout: long-tailed users and items with ids such as
 * shops have, ratings and times, and one row in twenty that repeats an earlier pair.
 *
 * Usage: deno run bench/interaction_rows.ts ROWS > clicks.csv
 *
 * @module
 */
import { uniforms } from "../algebra/random_sequence.ts";

const rows = Number(Deno.args[0] ?? 20_000_000);
const users = Math.max(10, Math.floor(rows / 10));
const items = Math.max(10, Math.floor(rows / 100));
/** Larger means a longer tail: index = count·u^exponent. */
const userExponent = 1.5;
const itemExponent = 2.5;
const repeatShare = 0.05;
const remembered = 1 << 16;

const uniform = uniforms(7);
const encoder = new TextEncoder();
const userId = (index: number) => `A${((index * 2654435761) % 4294967296).toString(36)}U${index}`;
const itemId = (index: number) => `B${String((index * 7919) % 1_000_000_007).padStart(9, "0")}`;
const recent: string[] = [];
let block = "user_id,asin,rating,timestamp\n";
for (let row = 0; row < rows; row++) {
  let pair: string;
  if (recent.length > 0 && uniform() < repeatShare) {
    pair = recent[Math.floor(uniform() * recent.length)];
  } else {
    const user = Math.floor(users * uniform() ** userExponent);
    const item = Math.floor(items * uniform() ** itemExponent);
    pair = `${userId(user)},${itemId(item)}`;
    recent[recent.length < remembered ? recent.length : row % remembered] = pair;
  }
  const rating = 1 + Math.floor(5 * uniform());
  block += `${pair},${rating}.0,${1_400_000_000 + Math.floor(2e8 * uniform())}\n`;
  if (block.length > 1 << 18) {
    const bytes = encoder.encode(block);
    for (let done = 0; done < bytes.length;) done += Deno.stdout.writeSync(bytes.subarray(done));
    block = "";
  }
}
const bytes = encoder.encode(block);
for (let done = 0; done < bytes.length;) done += Deno.stdout.writeSync(bytes.subarray(done));
