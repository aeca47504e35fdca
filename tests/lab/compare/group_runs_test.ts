import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import { alikeRuns, groupRuns, type Subject } from "../../../lab/compare/group_runs.ts";
import { madeMeasures } from "./made_measures.ts";

const measures = madeMeasures([[0]]);
const run = (
  name: string,
  model: string,
  seed: number,
  settings: Subject["settings"],
): Subject => ({
  ...{ kind: "run", name, model, seed, settings, measures },
});

const runs = [
  run("a", "bpr", 0, { dim: 32, reg: 0 }),
  run("b", "bpr", 1, { dim: 64, reg: 0 }),
  run("c", "bpr", 2, { reg: 0, dim: 32 }),
  run("d", "smore", 0, { dim: 64, layers: 2 }),
];

const shown = (groups: ReturnType<typeof groupRuns>) =>
  groups.map(({ letter, model, settings, runs }) =>
    `${letter} ${model} ${JSON.stringify(settings)} ${runs.map(({ name }) => name).join("")}`
  );

Deno.test("groupRuns() puts seeds of a configuration together, and tells only what differs", () => {
  assertEquals(shown(groupRuns(runs)), [
    'A bpr {"dim":32} ac',
    'B bpr {"dim":64} b',
    'C smore {"dim":64} d',
  ]);
});

Deno.test("groupRuns() groups by what it is told, and tells only what a group has alike", () => {
  assertEquals(shown(groupRuns(runs, ["model"])), ["A bpr {} abc", "B smore {} d"]);
  assertEquals(shown(groupRuns(runs, ["dim"])), [
    'A bpr {"dim":32} ac',
    'B bpr, smore {"dim":64} bd',
  ]);
  assertEquals(groupRuns(runs, ["run"]).length, 4);
});

Deno.test("groupRuns() never takes lists of another program for seeds of a run", () => {
  const lists: Subject = {
    kind: "lists",
    name: "a",
    model: "bpr",
    settings: runs[0].settings,
    measures,
  };
  for (const keys of [undefined, ["model"], ["run"], ["dim"]]) {
    const groups = groupRuns([runs[0], lists, { ...lists, seed: 1 }], keys);
    assertEquals(groups.map(({ runs }) => runs.map(({ kind }) => kind)), [["run"], [
      "lists",
      "lists",
    ]]);
  }
});

Deno.test("groupRuns() names groups beyond Z", () => {
  const many = Array.from({ length: 30 }, (_, n) => run(`r${n}`, "bpr", 0, { dim: n }));
  assertEquals(groupRuns(many).map(({ letter }) => letter).slice(24), [
    "Y",
    "Z",
    "AA",
    "AB",
    "AC",
    "AD",
  ]);
});

Deno.test("groupRuns() refuses a setting that none has", () => {
  assertThrows(() => groupRuns(runs, ["layer"]), UsageError, 'Cannot group runs by "layer"');
});

Deno.test("alikeRuns() tells of runs that are no seeds of their own", () => {
  const other = madeMeasures([[3]]);
  const groups = groupRuns([
    ...[run("a", "bpr", 0, {}), run("b", "bpr", 0, {}), {
      ...run("c", "bpr", 1, {}),
      measures: other,
    }],
    ...[run("d", "gfcf", 0, {}), { ...run("e", "gfcf", 1, {}), measures: other }],
  ]);
  assertEquals(alikeRuns(groups), [
    '"a" and "b" rank alike: the deviation of A is too small for one over seeds',
  ]);
});
