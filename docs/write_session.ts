/**
 * Writes `docs/session.svg`, the picture of a terminal in README.md, from a real session of 80
 * columns: `deno run --allow-read --allow-write=docs --allow-run=script docs/write_session.ts` in the
 * project's folder, with `script` of util-linux.
 *
 * @module
 */
import { terminalSvg } from "./terminal_svg.ts";

/** What is typed. */
const commands = ["./bandpass train", "./bandpass recommend last --user 7 -k 5"];
const columns = 80;

const decoder = new TextDecoder();
let written = "";
for (const command of commands) {
  // `script` gives the command a terminal, and copies what it writes there.
  const { code, stdout } = await new Deno.Command("script", {
    args: ["-qec", `stty cols ${columns} rows 40; ${command}`, "/dev/null"],
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (code !== 0) throw new Error(`"${command}" ended with ${code}: ${decoder.decode(stdout)}`);
  written += `\x1b[32m$\x1b[0m \x1b[1m${command}\x1b[0m\r\n${decoder.decode(stdout)}\r\n`;
}
await Deno.writeTextFile("docs/session.svg", terminalSvg(written, commands.join(", then ")));
