/**
 * Writes Amazon Sports as a shop would have it: a CSV of clicks with ASINs, and with the words and
 * attributes of each item in every row.
 *
 * Usage: deno run --allow-read bench/sports_csv.ts FOLDER > sports.csv
 * with the FOLDER that holds `sports.inter` and `items.tsv`.
 *
 * @module
 */

const folder = Deno.args[0];
if (folder === undefined) {
  console.error("error: Name the folder that holds sports.inter and items.tsv");
  Deno.exit(2);
}
const lines = async (name: string) =>
  (await Deno.readTextFile(`${folder}/${name}`)).trimEnd().split("\n").slice(1)
    .map((line) => line.split("\t"));
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const items = (await lines("items.tsv")).map(([, asin, words, , attributes]) =>
  [asin, quoted(words), quoted(attributes)].join(",")
);
// By item and not by user, so that users do not come in the order of their former indices.
const rows = (await lines("sports.inter")).map(([user, item]) => [Number(user), Number(item)])
  .sort((a, b) => a[1] - b[1] || a[0] - b[0])
  .map(([user, item]) => `user ${user},${items[item]}`);
const bytes = new TextEncoder().encode(["user,asin,words,attributes", ...rows, ""].join("\n"));
for (let done = 0; done < bytes.length;) done += Deno.stdout.writeSync(bytes.subarray(done));
