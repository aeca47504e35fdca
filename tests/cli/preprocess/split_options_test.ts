import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { splitRequest, type TypedSplit } from "../../../cli/preprocess/split_options.ts";
import { splitProtocol, splitSettings } from "../../../cli/preprocess/split_protocol.ts";
import { UsageError } from "../../../errors.ts";

const may = Date.UTC(2024, 4) / 1000;
const june = Date.UTC(2024, 5) / 1000;

function request(typed: Partial<TypedSplit>) {
  return splitRequest({ split: "random", kCore: 5, ...typed });
}

Deno.test("splitRequest() counts train rows for the core of a split at points in time", () => {
  assertEquals(request({ split: "global-time" }).coreRows, "train");
  assertEquals(request({ split: "global-time", coreRows: "all" }).coreRows, "all");
  assertEquals(request({ split: "global-time", kCore: 1 }).coreRows, "all");
  assertEquals(request({ split: "leave-last" }).coreRows, "all");
});

Deno.test("splitRequest() refuses what has no effect, and what contradicts itself", () => {
  const refuses = (typed: Partial<TypedSplit>, message: string) =>
    assertStringIncludes(
      (assertThrows(() => request(typed), UsageError) as Error).message,
      message,
    );
  refuses({ split: "leave-last", seed: 1 }, "--seed with --split leave-last");
  refuses({ last: 2 }, "--last with --split random");
  refuses({ split: "leave-last", gap: 9 }, "--gap with --split leave-last");
  refuses({ split: "user-time", validFrom: may, testFrom: june }, "--valid-from with --split user");
  refuses({ split: "leave-last", ratios: [.8, .1, .1] }, "--ratios with --split leave-last");
  refuses({ coreRows: "train", kCore: 1 }, "--core-rows with --k-core 1");
  refuses({ split: "global-time", testFrom: june }, "--test-from without --valid-from");
  refuses({ split: "global-time", validFrom: may }, "--valid-from without --test-from");
  refuses({ split: "global-time", validFrom: june, testFrom: may }, "not before --test-from");
  refuses({ split: "global-time", validFrom: may, testFrom: may }, "not before --test-from");
  const points = { validFrom: may, testFrom: june, ratios: [.8, .1, .1] } as const;
  refuses({ split: "global-time", ...points }, "--ratios with --valid-from and --test-from");
});

Deno.test("splitProtocol() states the whole of a split, and splitSettings() has it for programs", () => {
  const state = (typed: Partial<TypedSplit>, points?: { validFrom: number; testFrom: number }) => {
    const asked = { kCore: 5, ...request(typed) };
    return [splitProtocol(asked, points), JSON.parse(JSON.stringify(splitSettings(asked, points)))];
  };
  assertEquals(state({}), [
    "split random, 0.8:0.1:0.1, seed 0; 5-core of all rows",
    { split: "random", ratios: [.8, .1, .1], seed: 0 },
  ]);
  assertEquals(state({ split: "leave-last", last: 2, coreRows: "train" }), [
    "split leave-last, 2 rows each; 5-core of train rows",
    { core_rows: "train", split: "leave-last", last: 2 },
  ]);
  const points = { validFrom: may, testFrom: june };
  assertEquals(state({ split: "global-time", ...points, gap: 604_800 }, points), [
    "split global-time, validation from 2024-05-01, test from 2024-06-01, a gap of 1 week before; " +
    "5-core of train rows",
    {
      ...{ core_rows: "train", split: "global-time", gap_seconds: 604_800 },
      ...{ valid_from: "2024-05-01", test_from: "2024-06-01" },
    },
  ]);
  const ranks = { validFrom: 7, testFrom: 9 };
  assertEquals(state({ split: "global-time", gap: 90 }, ranks), [
    "split global-time, validation from 7, test from 9, a gap of 90 seconds before; " +
    "5-core of train rows",
    {
      ...{ core_rows: "train", split: "global-time", ratios: [.8, .1, .1], gap_seconds: 90 },
      ...{ valid_from: 7, test_from: 9 },
    },
  ]);
});
