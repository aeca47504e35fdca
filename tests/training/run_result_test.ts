import { assertEquals, assertThrows } from "@std/assert";
import { DataError, DivergedError, InterruptedError } from "../../errors.ts";
import { newPosition, stopReasons } from "../../training/position.ts";
import {
  finishedResult,
  parseResult,
  resultText,
  type RunResult,
  unfinishedResult,
} from "../../training/run_result.ts";
import type { TriedSettings } from "../../training/training_result.ts";
import { madeDataset } from "../datasets.ts";
import { checkedJsonText } from "../../training/checked_json.ts";

const none = { users: new Uint32Array(), items: new Uint32Array() };
const dataset = madeDataset({
  ...{ name: "shop", users: 0, items: 0, train: none, valid: none, test: none, modalities: [] },
});
const subject = {
  ...{ gpu: { name: "a card" }, dataset, definition: { name: "bpr" }, seed: 3 },
};
const line = (epoch: number) => ({
  ...{ epoch, loss: 0.5, terms: {}, validation: { "recall@20": epoch / 3 }, seconds: epoch },
});
const finished = finishedResult(subject, {
  ...{ epochs: 2, stopReason: "maximum epochs", secondsPerEpoch: 1.5, bestEpoch: 2 },
  ...{ validation: { "recall@20": 2 / 3 }, test: { "recall@20": 1 / 3 } },
  ...{ lines: [line(1), line(2)], diagnostics: [] },
});

Deno.test("resultText() and parseResult() keep all of a result, metrics not rounded", () => {
  assertEquals(parseResult(resultText(finished), "result.json"), finished);
  const { status, stop_reason, model, dataset, seed, adapter, test, seconds } = finished;
  assertEquals(
    [status, stop_reason, model, dataset, seed, adapter, test!["recall@20"], seconds],
    ["finished", "maximum epochs", "bpr", "shop", 3, "a card", 1 / 3, 3],
  );
});

Deno.test("finishedResult() says what validation has chosen", () => {
  const protocolOf = (stopReason: string, search?: readonly TriedSettings[]) =>
    finishedResult(subject, {
      ...{ epochs: 1, stopReason, secondsPerEpoch: 1, bestEpoch: 1, search },
      ...{ validation: {}, test: {}, lines: [line(1)], diagnostics: [] },
    }).protocol.split("; ").at(-1);
  const { computed, maximumEpochs } = stopReasons;
  const search = [{ settings: { eigenpairs: 16, alpha: 2 }, recall: 0.5 }];
  assertEquals(protocolOf(maximumEpochs), "best epoch by validation recall@20");
  assertEquals(protocolOf(computed, search), "eigenpairs, alpha by validation recall@20");
  assertEquals(protocolOf(computed)?.includes("by validation"), false);
});

Deno.test("unfinishedResult() says how a training ended, and what is known until then", () => {
  const position = {
    ...newPosition,
    epoch: 2,
    stopping: { bestScore: 1 / 3, bestEpoch: 1, withoutBetter: 1 },
  };
  const lines = [line(1), line(2)];
  const cases = [
    [new InterruptedError("Interrupted by SIGINT"), "interrupted", "interrupted"],
    [new DivergedError("The loss is NaN"), "diverged", "The loss is NaN"],
    [new Error("The device is lost"), "failed", "The device is lost"],
  ] as const;
  for (const [error, status, reason] of cases) {
    const result = unfinishedResult(subject, error, position, lines);
    assertEquals([result.status, result.stop_reason], [status, reason]);
    const { epochs, best_epoch, validation, test, seconds_per_epoch } = result;
    assertEquals(
      { epochs, best_epoch, validation, test, seconds_per_epoch },
      {
        ...{ epochs: 2, best_epoch: 1, validation: { "recall@20": 1 / 3 }, test: null },
        seconds_per_epoch: 1.5,
      },
    );
    assertEquals(parseResult(resultText(result), "result.json"), result);
  }
  const early = unfinishedResult(subject, new Error("x"), newPosition, []);
  assertEquals([early.best_epoch, early.validation, early.seconds_per_epoch], [null, null, null]);
  assertEquals(parseResult(resultText(early), "result.json"), early);
});

Deno.test("parseResult() refuses what is not what was written, or what no training writes", () => {
  const refused = (text: string, words: string) =>
    assertThrows(() => parseResult(text, "runs/a/result.json"), DataError, words);
  for (const text of ["", "null", "{}", "[]", resultText(finished).replace("0.333", "0.334")]) {
    refused(text, 'Cannot use "runs/a/result.json": it has changed since it was written');
  }
  const other = (change: Partial<Record<keyof RunResult, unknown>>) => {
    const [{ checksum: _, ...contents }] = [JSON.parse(resultText(finished))];
    return checkedJsonText({ ...contents, ...change });
  };
  refused(other({ status: "fine" }), 'its "status" is "fine"');
  refused(other({ best_epoch: -1 }), 'its "best_epoch" is -1');
  refused(other({ test: { "recall@20": "1" } }), 'its "test" is {"recall@20":"1"}');
  refused(other({ seconds: null }), 'its "seconds" is null');
});
