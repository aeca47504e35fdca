import { assertEquals } from "@std/assert";
import { epochText } from "../../../cli/train/epoch_text.ts";
import type { Style } from "../../../cli/common/terminal.ts";
import { widest } from "../../../cli/common/text_width.ts";

const limits = { epochs: 1000, patience: 20 };

/** An epoch, and what was best by then. */
const progress = (epoch: number, bestEpoch: number, seconds = 1.23) => ({
  line: {
    ...{ epoch, loss: 0.693147, terms: {}, seconds },
    validation: { "recall@20": 0.0512 },
  },
  stopping: { bestScore: 0.06, bestEpoch, withoutBetter: epoch - bestEpoch },
});

Deno.test("epochText() gives lines to improvements and every tenth epoch where there is no terminal", () => {
  assertEquals(
    epochText(progress(7, 7), limits),
    "epoch    7/1000  Recall@20 0.0512  best 0.0600 at 7  patience  0/20  1.2 s  loss 0.6931",
  );
  assertEquals(
    epochText(progress(10, 7), limits),
    "epoch   10/1000  Recall@20 0.0512  best 0.0600 at 7  patience  3/20  1.2 s  loss 0.6931",
  );
  assertEquals(epochText(progress(11, 7), limits), undefined);
});

Deno.test("epochText() says of how many users a score is, where validation does not rank all", () => {
  const { line, stopping } = progress(7, 7);
  const drawn = { line: { ...line, validation_users: 2000 }, stopping };
  assertEquals(
    epochText(drawn, limits),
    "epoch    7/1000  Recall@20 0.0512 of 2,000 users  best 0.0600 at 7  patience  0/20  1.2 s  " +
      "loss 0.6931",
  );
  assertEquals(
    epochText(drawn, limits, 70),
    "epoch 7  Recall@20 0.0512 of 2,000 users  best 0.0600 at 7",
  );
});

Deno.test("epochText() leaves out what counts least where columns are few", () => {
  const at = (columns: number) => epochText(progress(128, 119), limits, columns);
  assertEquals(
    at(119),
    "epoch 128/1000  Recall@20 0.0512  best 0.0600 at 119  patience  9/20 ####----  1.2 s  loss 0.6931",
  );
  const inEighty =
    "epoch 128  Recall@20 0.0512  best 0.0600 at 119  patience  9/20 ####----  1.2 s";
  assertEquals([at(79), inEighty.length], [inEighty, 79]);
  const fewer = "epoch 128  Recall@20 0.0512  best 0.0600 at 119";
  assertEquals(at(72), `${fewer}  patience  9/20 ####----`);
  assertEquals(at(71), `${fewer}  patience  9/20`);
  assertEquals(at(60), fewer);
  assertEquals(at(40), "epoch 128  Recall@20 0.0512");
  assertEquals(at(12), "epoch 128  R");
});

Deno.test("epochText() is never wider than the terminal", () => {
  for (let columns = 1; columns < 130; columns++) {
    for (const [epoch, best] of [[1, 1], [9, 2], [30, 9], [997, 980], [2000, 1999]]) {
      const text = epochText(progress(epoch, best, 12.5), limits, columns)!;
      assertEquals(widest([text]) <= columns, true, `${columns}: ${text}`);
    }
  }
});

Deno.test("epochText() shows patience that is used up as full, and sets an improvement off", () => {
  assertEquals(
    epochText(progress(28, 7), limits, 79),
    "epoch 28  Recall@20 0.0512  best 0.0600 at 7  patience 20/20 ########  1.2 s",
  );
  const none = { epochs: 30, patience: 0 };
  assertEquals(
    epochText(progress(8, 7), none, 79),
    "epoch 8/30  Recall@20 0.0512  best 0.0600 at 7  patience 0/0 --------  1.2 s",
  );
  const style = { green: (text: string) => `<${text}>` } as Style;
  assertEquals(
    epochText(progress(7, 7), none, 34, style),
    "epoch 7  <Recall@20 0.0512>",
  );
});
