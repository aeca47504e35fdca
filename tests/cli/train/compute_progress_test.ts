import { assertEquals } from "@std/assert";
import { createProgress } from "../../../cli/common/progress.ts";
import { computeProgress } from "../../../cli/train/compute_progress.ts";

const what = "Inverting the matrix of 60,000×60,000 items";

function written(columns: number | undefined, isSearched: boolean) {
  const texts: string[] = [];
  const progress = createProgress({ write: (text) => texts.push(text), columns });
  const told = computeProgress(progress, isSearched);
  told({ what, share: 0, secondsLeft: 7200 });
  told({ what, share: 0.5, secondsLeft: 3600 });
  told({ what, share: 1, secondsLeft: 0 });
  return texts;
}

Deno.test("computeProgress() says once that a computation takes long, and of a search what avoids it", () => {
  assertEquals(written(undefined, false), [`${what} takes about 2 h 0 min\n`]);
  assertEquals(written(undefined, true), [
    `${what} takes about 2 h 0 min. The search does so for each of several settings; ` +
    "--set search=none does so once\n",
  ]);
});

Deno.test("computeProgress() draws how far it is on a terminal, with the time left", () => {
  const texts = written(200, false);
  assertEquals(texts.slice(-3), [
    `\r\x1b[2K[########--------] ${what}, about 1 h 0 min left`,
    `\r\x1b[2K[################] ${what}, about 0 s left`,
    "\r\x1b[2K",
  ]);
});

Deno.test("computeProgress() announces nothing that is soon done", () => {
  const texts: string[] = [];
  const progress = createProgress({ write: (text) => texts.push(text) });
  computeProgress(progress, true)({ what, share: 0, secondsLeft: 60 });
  assertEquals(texts, []);
});

Deno.test("computeProgress() tells of what cannot be foretold once it has taken long", () => {
  const texts: string[] = [];
  const what = "Finding 264 eigenpairs of the interactions";
  let milliseconds = 0;
  const progress = createProgress({ write: (text) => texts.push(text) });
  const told = computeProgress(progress, false, () => milliseconds);
  for (const [minutes, share] of [[0, 0], [3, 0.1], [4, 0.25], [9, 0.5], [10, 1]]) {
    milliseconds = 60_000 * minutes;
    told({ what, share });
  }
  assertEquals(texts, [
    `${what}: 25 % found after 4 min; how long the rest takes is not foretold\n`,
  ]);
});

Deno.test("computeProgress() draws the share of what cannot be foretold", () => {
  const texts: string[] = [];
  const progress = createProgress({ write: (text) => texts.push(text), columns: 200 });
  computeProgress(progress, false)({ what, share: 0.5 });
  assertEquals(texts.at(-1), `\r\x1b[2K[########--------] ${what}, 50 % found`);
});
