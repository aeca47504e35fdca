import { assert, assertEquals } from "@std/assert";
import { projectFolder } from "../cli/run_cli.ts";

const results = await Deno.readTextFile(`${projectFolder}bench/RESULTS.md`);
/** Its figures, with the zero before the point that some tables leave out. */
const measured = new Set(
  Array.from(results.matchAll(/(?<![\w.])\d*\.?\d+/g), ([figure]) => figure.replace(/^\./, "0.")),
);

for (const document of ["README.md", "docs/models.md"]) {
  Deno.test(`the tables of ${document} have no figure that bench/RESULTS.md lacks`, async () => {
    const text = await Deno.readTextFile(`${projectFolder}${document}`);
    const figures = text.split("\n").filter((line) => line.startsWith("|"))
      .flatMap((line) => line.match(/(?<![\w=.])\d+\.\d+/g) ?? []);
    assert(figures.length > 20, `${figures.length} figures`);
    assertEquals(figures.filter((figure) => !measured.has(figure)), []);
  });
}
