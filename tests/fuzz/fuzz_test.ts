import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DataError } from "../../errors.ts";
import { concatenated, type Format, texts } from "./format.ts";
import { formats } from "./formats.ts";
import { fuzz, type FuzzOptions, type FuzzReport } from "./fuzz.ts";

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const format of formats) {
  Deno.test({
    name: `the reader ${format.name} takes damaged files or refuses them in words`,
    // A file that is refused is closed as well.
    sanitizeResources: true,
    fn: () =>
      withFolder(async (folder) => {
        const { faults } = await fuzz(format, { first: 0, cases: 60, seed: 13, folder });
        const told = faults.map(({ case: number, what }) =>
          `./bandpass fuzz --reader ${format.name} --seed 13 --case ${number}: ${what}`
        );
        assertEquals(told, []);
      }),
  });
}

/** What is found of a reader that always does the same. */
function found(
  read: (folder: string) => void,
  cases = 3,
  options: Pick<FuzzOptions, "most" | "memory"> = {},
): Promise<FuzzReport> {
  const format: Format = {
    ...{ name: "made up", file: "a", tokens: ["b"], join: concatenated },
    make: () => Promise.resolve(texts("a")),
    // deno-lint-ignore require-await -- What it throws is to reject.
    read: async (folder) => read(folder),
  };
  return withFolder((folder) => fuzz(format, { first: 5, cases, seed: 1, folder, ...options }));
}

Deno.test("fuzz() finds what throws, has no place or remedy, or says too much", async () => {
  const cases: [() => (folder: string) => never, string][] = [];
  const throws = (make: (folder: string) => unknown, what: string) =>
    cases.push([() => (folder) => {
      throw make(folder);
    }, what]);
  throws(() => new TypeError("x is null"), "it threw TypeError: x is null");
  throws(() => undefined, "it threw nothing");
  throws(() => new DataError("Cannot read it", "Stop"), "its message has no place");
  throws((folder) => new DataError(`Cannot read "${folder}/a"`), "its message has no next step");
  throws(
    (folder) => new DataError(`"${folder}/a" ${"a".repeat(800)}`, "Stop"),
    "characters: ",
  );
  throws((folder) => new DataError(`"${folder}/a\n"`, "Stop"), "has a control character");
  for (const [read, what] of cases) {
    const { faults } = await found(read());
    assertEquals(faults.map((fault) => fault.case), [5, 6, 7], what);
    assertStringIncludes(faults[0].what, what);
  }
});

Deno.test("fuzz() finds what takes too long, each time that it is read", async () => {
  const most = { most: { milliseconds: 200, growth: 2 ** 40 } };
  const wait = () => {
    const until = performance.now() + 210;
    while (performance.now() < until);
  };
  const { faults, milliseconds } = await found(wait, 1, most);
  assert(milliseconds >= 210);
  assertStringIncludes(faults[0].what, " ms");
  let times = 0;
  assertEquals((await found(() => times++ === 0 ? wait() : undefined, 1, most)).faults, []);
});

Deno.test("fuzz() finds what grows beyond a bound, each time that it is read", async () => {
  let taken = 0;
  const memory = { memory: () => taken };
  const grow = () => void (taken += 300 * 2 ** 20);
  assertStringIncludes((await found(grow, 1, memory)).faults[0].what, "it took 300 MiB");
  let times = 0;
  assertEquals((await found(() => times++ === 0 ? grow() : undefined, 1, memory)).faults, []);
  const little = () => void (taken += 200 * 2 ** 20);
  assertEquals((await found(little, 1, memory)).faults, []);
});

Deno.test("fuzz() takes a refusal in words, and the same case for the same seed", async () => {
  const refuse = (folder: string) => {
    throw new DataError(`Cannot read "${folder}/a"`, "Stop");
  };
  const report = await found(refuse);
  assertEquals([report.cases, report.accepted, report.faults.length], [3, 0, 0]);
  const bytes = async () => {
    const { faults } = await found(() => {
      throw new Error();
    }, 20);
    return faults.map((fault) => fault.bytes);
  };
  const first = await bytes();
  assertEquals(await bytes(), first);
  assert(new Set(first.map(String)).size > 10, "the cases differ");
});
