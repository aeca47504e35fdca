import { assertEquals } from "@std/assert";
import { columnsOf, obeysControls, styleOf } from "../../../cli/common/terminal.ts";

const terminal = { isTerminal: () => true };
const pipe = { isTerminal: () => false };

function withTerm(term: string, use: () => void): void {
  const before = Deno.env.get("TERM");
  Deno.env.set("TERM", term);
  try {
    use();
  } finally {
    if (before === undefined) Deno.env.delete("TERM");
    else Deno.env.set("TERM", before);
  }
}

Deno.test("obeysControls() is true of a terminal, and not of a dumb one or a pipe", () => {
  withTerm("xterm", () => assertEquals([terminal, pipe].map(obeysControls), [true, false]));
  withTerm("dumb", () => assertEquals([terminal, pipe].map(obeysControls), [false, false]));
});

Deno.test("styleOf() and columnsOf() set nothing off and redraw nothing in a pipe", () => {
  withTerm("dumb", () => assertEquals(styleOf(terminal).bold("a"), "a"));
  withTerm("xterm", () => {
    assertEquals(styleOf(terminal).bold("a"), Deno.noColor ? "a" : "\x1b[1ma\x1b[0m");
    assertEquals([styleOf(pipe).red("a"), columnsOf(pipe)], ["a", undefined]);
  });
});
