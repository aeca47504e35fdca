import { assertEquals } from "@std/assert";
import { createProgress, duration, type EpochReport } from "../../../cli/common/progress.ts";

function written(columns?: number) {
  const texts: string[] = [];
  return { texts, progress: createProgress({ write: (text) => texts.push(text), columns }) };
}

const report = (epoch: number, seconds: number): EpochReport => ({
  epoch,
  epochs: 100,
  loss: 0.693147,
  seconds,
  validation: { name: "recall@20", value: 0.0512 },
  best: { value: 0.06, epoch: 3 },
});

Deno.test("createProgress() writes a plain line an epoch where there is no terminal", () => {
  const { texts, progress } = written();
  progress.note("Reading");
  progress.epoch(report(98, 1));
  progress.epoch(report(99, 3));
  progress.end();
  const rest = "valid recall@20 0.0512  best 0.0600 at 3  at most";
  assertEquals(texts, [
    "Reading\n",
    `epoch  98/100  loss 0.69315  1.00 s/epoch  ${rest} 2 s left\n`,
    `epoch  99/100  loss 0.69315  3.00 s/epoch  ${rest} 2 s left\n`,
  ]);
});

Deno.test("createProgress() redraws one line on a terminal, without ever wrapping", () => {
  const { texts, progress } = written(40);
  progress.epoch(report(50, 1));
  progress.epoch(report(51, 1));
  progress.note("Testing");
  progress.end();
  assertEquals(texts, [
    "\r\x1b[2K[########--------] epoch  50/100  loss ",
    "\r\x1b[2K[########--------] epoch  51/100  loss ",
    "\n",
    "Testing\n",
  ]);
});

Deno.test("createProgress() does not wrap text whose characters take two columns", () => {
  const { texts, progress } = written(26);
  progress.status("标题标题", 1);
  assertEquals(texts, ["\r\x1b[2K[################] 标题标"]);
});

Deno.test("duration() rounds up, in the units that matter", () => {
  assertEquals(
    [0, 0.2, 59, 59.5, 61, 3541, 3599.9, 3600, 7300].map(duration),
    ["0 s", "1 s", "59 s", "60 s", "2 min", "1 h 0 min", "1 h 0 min", "1 h 0 min", "2 h 2 min"],
  );
});
