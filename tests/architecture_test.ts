import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  circle,
  floorFaults,
  floorsIn,
  importsOf,
  longFiles,
  namesIn,
  sameNames,
  unexported,
} from "./architecture.ts";
import { repository } from "./repository.ts";

const files = await repository();
const floors = floorsIn(files.get("docs/architecture.md")!);

Deno.test("no modules import each other in a circle, type imports counted", () =>
  assertEquals(circle(files), []));

Deno.test("no module imports from a floor above its own", () => {
  assertEquals([floors.get("cli"), floors.get("gpu"), floors.get("errors.ts")], [9, 1, 0]);
  assertEquals(floorFaults(files, floors), []);
});

Deno.test("no file of code has more than 300 lines", () => assertEquals(longFiles(files), []));

Deno.test("every sub-path exports all modules of its folder, and mod.ts 40 names at most", () => {
  assertEquals(unexported(files), []);
  const names = namesIn(files.get("mod.ts")!);
  assert(names.includes("train") && names.includes("Dataset") && names.length <= 40, `${names}`);
});

Deno.test("no two files of code have one name without a reason", () =>
  assertEquals(sameNames(files), []));

/** Files by path, with the statements of each. */
const made = (texts: Readonly<Record<string, string>>) => new Map(Object.entries(texts));

Deno.test("importsOf() finds imports of all forms, and none in comments", () => {
  const text = `/**
 * import { x } from "./example.ts";
 */
import { a } from "./a.ts";
import type { B } from "../b.ts";
import {
  type C,
  d,
} from "./c.ts";
import wgsl from "./d.wgsl" with { type: "text" };
import "./e.ts";
export * from "./f.ts";
export type { G } from "./g.ts";
import { join } from "node:path";
const h = await import("./h.ts");
`;
  const names = ["x/a.ts", "b.ts", "x/c.ts", "x/d.wgsl", "x/e.ts", "x/f.ts", "x/g.ts", "x/h.ts"];
  assertEquals(importsOf("x/y.ts", text), names);
});

Deno.test("circle() finds a circle of type imports beside modules that are in none", () => {
  const open = {
    "a.ts": 'import "./b.ts";',
    "b.ts": 'import "./x/c.ts";',
    "x/c.ts": 'import "../d.ts";',
    "d.ts": "",
  };
  assertEquals(circle(made(open)), []);
  const closed = made({ ...open, "x/c.ts": 'import type { B } from "../b.ts";' });
  assertEquals(circle(closed).toSorted(), ["b.ts", "x/c.ts"]);
  assertEquals(circle(made({ "a.ts": 'import "./a.ts";' })), ["a.ts"]);
});

Deno.test("floorFaults() finds what imports from above, from a neighbour, or is on no floor", () => {
  const fine = {
    "cli/a.ts": 'import "../gpu/a.ts";\nimport "./b.ts";',
    "data/a.ts": 'import "../algebra/a.ts";\nimport "../errors.ts";',
    "bench/a.ts": 'import "../mod.ts";',
    "mod.ts": 'export * from "./cli/a.ts";',
  };
  assertEquals(floorFaults(made(fine), floors), []);
  const faults = [
    ["gpu/a.ts", "../shaders/a.wgsl", "gpu/a.ts imports shaders/a.wgsl"],
    ["algebra/a.ts", "../data/a.ts", "algebra/a.ts imports data/a.ts"],
    ["evaluation/a.ts", "../training/a.ts", "evaluation/a.ts imports training/a.ts"],
    ["cli/a.ts", "../mod.ts", "cli/a.ts imports mod.ts"],
    ["models/a.ts", "../tests/a.ts", "models/a.ts imports tests/a.ts"],
    ["attic/a.ts", "../errors.ts", "attic/a.ts is on no floor"],
  ];
  for (const [path, from, fault] of faults) {
    assertEquals(floorFaults(made({ [path]: `import "${from}";` }), floors), [fault]);
  }
});

Deno.test("longFiles() counts lines of code, whatever its language", () => {
  const lines = (count: number) => "x\n".repeat(count);
  assertEquals(longFiles(made({ "a.ts": lines(300), "README.md": lines(999) })), []);
  for (const path of ["a/b.ts", "a.wgsl", "bench/a.sh", "bandpass"]) {
    assertEquals(longFiles(made({ [path]: lines(301) })), [`${path} has 301 lines`]);
  }
});

Deno.test("unexported() finds a module that its sub-path lacks", () => {
  const some = {
    "data/mod.ts": 'export * from "./a.ts";',
    ...{ "data/a.ts": "", "data/table/b.ts": "", "cli/c.ts": "" },
  };
  assertEquals(unexported(made(some)), []);
  assertEquals(unexported(made({ ...some, "data/deep/d.ts": "" })), ["data/deep/d.ts"]);
});

Deno.test("namesIn() counts names and types, and refuses to guess", () => {
  const text = 'export type { A, B } from "./a.ts";\nexport {\n  c,\n  type D,\n} from "./c.ts";\n';
  assertEquals(namesIn(text), ["A", "B", "c", "D"]);
  assertThrows(() => namesIn('export * from "./a.ts";'), Error, "all names");
});

Deno.test("sameNames() finds two files of one name, and takes reasons", () => {
  const fine = { "gpu/mod.ts": "", "data/mod.ts": "", "models/bpr/bpr.ts": "" };
  assertEquals(sameNames(made({ ...fine, "verification/references/bpr.ts": "" })), []);
  assertEquals(sameNames(made({ ...fine, "tests/bpr.ts": "" })), []);
  assertEquals(sameNames(made({ ...fine, "cli/bpr.ts": "" })), ["models/bpr/bpr.ts, cli/bpr.ts"]);
});
