import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { bandsSvg } from "../../docs/bands_svg.ts";
import { terminalSvg } from "../../docs/terminal_svg.ts";
import { projectFolder } from "../cli/run_cli.ts";
import { commandProblem } from "./command_problem.ts";

/** The texts of a picture, with their places. */
const texts = (svg: string) =>
  Array.from(
    svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g),
    ([, x, y, text]) => [text, Number(x), Number(y)] as const,
  );

Deno.test("terminalSvg() shows what stays on the screen", () => {
  const written =
    "a  b\r\nhalf\r\x1b[2Kwhole & <done>\r\n\x1b[33mwarm\x1b[0m \x1b[1mbold\x1b[0m\r\n\r\n";
  const svg = terminalSvg(written, 'a "title"');
  assertEquals(texts(svg).map(([text]) => text), [
    ...["a", "b", "whole &amp; &lt;done>", "warm", "bold"],
  ]);
  const [a, b, whole] = texts(svg);
  // Three cells further on, in the same line; the next line is below.
  assertEquals((b[1] - a[1]).toFixed(1), (3 * 8.4).toFixed(1));
  assertEquals([a[2] === b[2], whole[2] > a[2]], [true, true]);
  assertStringIncludes(svg, 'fill="#d29922">warm<');
  assertStringIncludes(svg, 'font-weight="bold">bold<');
  assertStringIncludes(svg, "<title>a &quot;title&quot;</title>");
});

Deno.test("terminalSvg() breaks long lines and writes over what stands there", () => {
  assertEquals(texts(terminalSvg("abcdef", "", 4)).map(([text]) => text), ["abcd", "ef"]);
  assertEquals(texts(terminalSvg("abcd\r\x1b[3GX\n", "")).map(([text]) => text), ["abXd"]);
  assertEquals(texts(terminalSvg("old\r\n\x1b[Anew", "")).map(([text]) => text), ["new"]);
});

Deno.test("docs/ssr_bands.svg is what the code computes (else run: docs/write_bands.ts)", async () => {
  const drawn = await Deno.readTextFile(`${projectFolder}docs/ssr_bands.svg`);
  assert(drawn === bandsSvg(), "Run: deno run --allow-write=docs docs/write_bands.ts");
});

Deno.test("the pictures of terminals show commands that there are", async () => {
  for (const name of ["session", "shop"]) {
    const svg = await Deno.readTextFile(`${projectFolder}docs/${name}.svg`);
    const [, typed] = /<title>([^<]*)</.exec(svg)!;
    for (const command of typed.split(", then ")) {
      assertEquals(commandProblem(command.split(" "), () => false), undefined, command);
    }
  }
});
