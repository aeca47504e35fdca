import { assertEquals } from "@std/assert";
import { untriedText } from "../../../cli/tune/tune_text.ts";

const scores = (model: string, trials: number) => ({
  ...{ model, trials, failed: 0, usual: null, best: null },
});

Deno.test("untriedText() names the models that had no trial, and what would give them one", () => {
  const models = [scores("mmgf", 5), scores("fitmm", 0), scores("ssr", 0)];
  assertEquals(
    untriedText({ models }, { minutes: 5, trials: null }),
    "Not tried, as 5 min leave no time for them, their halving and their seeds: fitmm, ssr\n" +
      "  try: more --minutes, fewer --epochs or fewer --seeds, under another --name; or these alone, " +
      "with --models fitmm,ssr",
  );
  assertEquals(
    untriedText({ models }, { minutes: null, trials: 1 }),
    "Not tried, as 1 trial did not come to them: fitmm, ssr\n" +
      "  try: more --trials, under another --name; or these alone, with --models fitmm,ssr",
  );
  assertEquals(
    untriedText({ models: models.slice(0, 1) }, { minutes: 5, trials: null }),
    undefined,
  );
});
