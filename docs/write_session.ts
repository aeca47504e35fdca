/**
 * Writes the pictures of terminals in README.md and docs/tutorial.md from real sessions of 80 columns:
 * `deno run --allow-read --allow-write=docs --allow-run=script docs/write_session.ts` in the project's
 * folder, where there is no dataset `shop` and no run of that name, with `script` of util-linux.
 *
 * @module
 */
import { terminalSvg } from "./terminal_svg.ts";

/** A picture: what is typed in it, and before it. */
interface Session {
  readonly file: string;
  readonly before: readonly string[];
  readonly typed: readonly string[];
}

const sessions: readonly Session[] = [
  {
    file: "docs/session.svg",
    before: [],
    typed: ["./bandpass train", "./bandpass recommend last --user 7 -k 5"],
  },
  {
    file: "docs/shop.svg",
    before: [
      "./bandpass preprocess --dataset shop --input docs/shop/clicks.csv --split leave-last " +
      "--meta docs/shop/items.csv --text words=docs/shop/items.csv:name,department",
      "./bandpass train --dataset shop --model smore --run shop",
    ],
    typed: ["./bandpass recommend shop --user c1001 -k 5"],
  },
];
const columns = 80;

/** What a command writes to a terminal, which `script` gives it. */
async function outputOf(command: string): Promise<string> {
  const { code, stdout } = await new Deno.Command("script", {
    args: ["-qec", `stty cols ${columns} rows 40; ${command}`, "/dev/null"],
    stdin: "null",
    stderr: "inherit",
  }).output();
  const written = new TextDecoder().decode(stdout);
  if (code !== 0) throw new Error(`"${command}" ended with ${code}: ${written}`);
  return written;
}

for (const { file, before, typed } of sessions) {
  for (const command of before) await outputOf(command);
  let screen = "";
  for (const command of typed) {
    screen += `\x1b[32m$\x1b[0m \x1b[1m${command}\x1b[0m\r\n${await outputOf(command)}\r\n`;
  }
  await Deno.writeTextFile(file, terminalSvg(screen, typed.join(", then "), columns));
}
