import { assertEquals } from "@std/assert";
import { bar, createProgress, duration } from "../../../cli/common/progress.ts";

function written(columns?: number) {
  const texts: string[] = [];
  return { texts, progress: createProgress({ write: (text) => texts.push(text), columns }) };
}

Deno.test("createProgress() writes a line for each text where there is no terminal, but for none", () => {
  const { texts, progress } = written();
  progress.note("Reading");
  progress.show((columns) => `for ${columns} columns`);
  progress.show((columns) => columns === undefined ? undefined : "drawn");
  progress.status("half", 0.5);
  progress.clear();
  progress.end();
  assertEquals(texts, ["Reading\n", "for undefined columns\n", "half\n"]);
});

Deno.test("createProgress() redraws one line on a terminal, below all notes", () => {
  const { texts, progress } = written(40);
  progress.show((columns) => `1 of ${columns}`);
  progress.show((columns) => `2 of ${columns}`);
  progress.note("A note");
  progress.end();
  progress.note("Another");
  progress.end();
  assertEquals(texts, [
    "\r\x1b[2K1 of 39",
    "\r\x1b[2K2 of 39",
    "\r\x1b[2KA note\n2 of 39",
    "\n",
    "Another\n",
  ]);
});

Deno.test("createProgress() removes the line that it redraws", () => {
  const { texts, progress } = written(40);
  progress.show(() => "Preparing");
  progress.clear();
  progress.end();
  assertEquals(texts, ["\r\x1b[2KPreparing", "\r\x1b[2K"]);
});

Deno.test("createProgress() asks for the columns each time, as a window may change its size", () => {
  const sizes = [20, 30];
  const texts: string[] = [];
  const progress = createProgress({
    write: (text) => texts.push(text),
    get columns() {
      return sizes.shift();
    },
  });
  for (let n = 0; n < 2; n++) progress.show(String);
  assertEquals(texts, ["\r\x1b[2K19", "\r\x1b[2K29"]);
});

Deno.test("createProgress() does not wrap text whose characters take two columns", () => {
  const { texts, progress } = written(26);
  progress.status("标题标题", 1);
  assertEquals(texts, ["\r\x1b[2K[################] 标题标"]);
});

Deno.test("bar() is as full as something is done, and never overflows", () => {
  assertEquals([0, 0.3, 1, 1.2].map((part) => bar(part, 4)), ["----", "#---", "####", "####"]);
});

Deno.test("duration() rounds up, in the units that matter", () => {
  assertEquals(
    [0, 0.2, 59, 59.5, 61, 3541, 3599.9, 3600, 7300].map(duration),
    ["0 s", "1 s", "59 s", "60 s", "2 min", "1 h 0 min", "1 h 0 min", "1 h 0 min", "2 h 2 min"],
  );
});

Deno.test("createProgress() breaks sentences at the terminal's width, and no note", () => {
  const { texts, progress } = written(12);
  progress.say("A note of five words");
  progress.note("next: ./bandpass train");
  assertEquals(texts, ["A note of\nfive words\n", "next: ./bandpass train\n"]);
});
