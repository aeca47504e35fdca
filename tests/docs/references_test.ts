import { assert, assertEquals } from "@std/assert";
import { repository } from "../repository.ts";
import { brokenReferences } from "./references.ts";

Deno.test("every reference to a document or to a section of it leads somewhere", async () => {
  const files = await repository();
  // The references of this file are made up.
  files.delete("tests/docs/references_test.ts");
  const citing = Array.from(files.values()).filter((text) => text.includes("methods.md"));
  assert(citing.length > 50, `${citing.length} files cite methods.md`);
  assertEquals(brokenReferences(files), []);
});

const documents: readonly (readonly [string, string])[] = [
  [
    "docs/methods.md",
    "# Methods\n## 1. Data\n1. One.\n2. Two.\n## 4. Bands\n### a. First\n### b. Second\n" +
    "### Stage 1: cut\n```sh\n## 5. No heading\n```\n",
  ],
  ["docs/webgpu.md", "## Traps\n### Trap 1: loops\n### Trap 2: waits\n## deno bench\n"],
  ["README.md", "# Read\n"],
];
const brokenIn = (text: string, path = "graph/lanczos.ts") =>
  brokenReferences(new Map([...documents, [path, text]]));

Deno.test("brokenReferences() takes what is there", () => {
  for (
    const text of [
      "// (methods.md, §4 a to b)",
      "/**\n * Cut (methods.md,\n * §4, stage 1), and methods.md (§1) words it so.\n */",
      "# methods.md §1, steps 1 to 2, docs/methods.md and README.md",
      "// methods.md, §1 and §4 b; webgpu.md, traps 1 and 2",
      '// webgpu.md, "deno bench", and webgpu.md, "Traps"',
      "// https://example.org/nothing.md, and what ends in *.md",
    ]
  ) {
    assertEquals(brokenIn(text), [], text);
  }
  assertEquals(brokenIn("[a](../docs/webgpu.md#trap-1-loops) [b](../docs)", "bench/x.md"), []);
});

Deno.test("brokenReferences() tells what leads nowhere, and where it stands", () => {
  const cases: readonly (readonly [text: string, expected: string])[] = [
    ["\n// nothing.md", '2 refers to "nothing.md", which is not in the repository'],
    [
      "// ../elsewhere/README.md",
      '1 refers to "../elsewhere/README.md", which is not in the repository',
    ],
    ["// methods.md, §99", "1 refers to §99 of docs/methods.md, which it has not"],
    ["// methods.md, §1 and §5", "1 refers to §5 of docs/methods.md, which it has not"],
    ["// methods.md, §4 a to c", "1 refers to §4 c of docs/methods.md, which it has not"],
    [
      "// methods.md,\n// §4, stage 2",
      "1 refers to §4 stage 2 of docs/methods.md, which it has not",
    ],
    [
      "/* methods.md, §1, steps 2 to 3 */",
      "1 refers to §1 step 3 of docs/methods.md, which it has not",
    ],
    ["// webgpu.md, trap 77", "1 refers to trap 77 of docs/webgpu.md, which it has not"],
    ["// webgpu.md, traps 1 and 3", "1 refers to trap 3 of docs/webgpu.md, which it has not"],
    ['// methods.md, §4, "Cost"', '1 refers to "Cost" of docs/methods.md, which it has not'],
    ['// webgpu.md, "Speed"', '1 refers to "Speed" of docs/webgpu.md, which it has not'],
  ];
  for (const [text, expected] of cases) {
    assertEquals(brokenIn(text), [`graph/lanczos.ts:${expected}`]);
  }
  assertEquals(brokenIn("[a](gone.ts)\n[b](../docs/webgpu.md#trap-9)\n[c](#none)", "bench/x.md"), [
    'bench/x.md:1 links to "gone.ts", which is not in the repository',
    'bench/x.md:2 links to "../docs/webgpu.md#trap-9", but docs/webgpu.md has no such heading',
    'bench/x.md:3 links to "#none", but bench/x.md has no such heading',
  ]);
});
