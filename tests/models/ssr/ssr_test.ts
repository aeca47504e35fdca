import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../errors.ts";
import { testGpu } from "../../gpu/test_gpu.ts";
import { assertClose } from "../../shaders/op_check.ts";
import { built, items, represented, splits, two, users } from "./ssr_fixture.ts";

async function scores(overrides: Record<string, unknown>): Promise<Float64Array> {
  const { user, item } = await represented(overrides);
  const columns = user.length / users;
  return Float64Array.from({ length: users * items }, (_, at) => {
    const [u, i] = [Math.floor(at / items) * columns, (at % items) * columns];
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += user[u + c] * item[i + c];
    return sum;
  });
}

Deno.test("ssr starts from the same rows whatever the decomposition and the operator", async () => {
  const kinds = [
    { operator: "ghsno", rank: 4 },
    { operator: "cp", rank: 2 },
    { operator: "cp", rank: 7 },
  ];
  for (const kind of kinds) {
    // CP's bands differ more than those that G-HSNO has mixed, and so does what the gate's first weights, of
    // the order of 1e-3, make of them: there the gate is shut.
    const isShut = kind.operator === "cp";
    // One band: its mixing is 1, and its gate is undone by the rescaling. What is left is a⊙φ⊙(rep+g).
    const plain = { dim: 64, operator: "ghsno", rank: kind.rank, bands: 1 };
    const whole = await represented(plain, two, isShut);
    for (const split of splits) {
      const found = await represented({ dim: 64, ...split, ...kind }, two, isShut);
      for (const side of ["user", "item"] as const) {
        found[side].forEach((value, n) =>
          assertAlmostEquals(value, whole[side][n], 1e-5, JSON.stringify({ ...split, ...kind }))
        );
      }
    }
  }
});

Deno.test("ssr's mixed scores are the weighted sum of the aggregate and spectral ones", async () => {
  for (const operator of ["ghsno", "cp", "none"]) {
    const [aggregate, spectral, mixed] = await Promise.all(
      ["aggregate", "spectral", "mix"].map((output) => scores({ operator, output, mix: 0.3 })),
    );
    const expected = aggregate.map((score, n) => 0.7 * score + 0.3 * spectral[n]);
    assertClose(mixed, expected, 1e-6, operator);
    assert(spectral.some((score, n) => Math.abs(score - aggregate[n]) > 1e-3));
  }
});

Deno.test("ssr's aggregate rows are the sums of its spectral ones", async () => {
  for (const operator of ["ghsno", "cp", "none"]) {
    const [aggregate, spectral] = await Promise.all(
      ["aggregate", "spectral"].map((output) => represented({ operator, output })),
    );
    for (const side of ["user", "item"] as const) {
      const columns = 3 * 16;
      const summed = aggregate[side].map((_, at) => {
        const start = Math.floor(at / columns) * 3 * columns + at % columns;
        return [0, 1, 2].reduce((sum, m) => sum + spectral[side][start + m * columns], 0);
      });
      assertClose(summed, aggregate[side], 2e-6, `${operator}, ${side}`);
    }
  }
});

Deno.test("ssr says how many rows a software adapter aligns", async () => {
  const notes: string[] = [];
  const { memory } = await built({ batch: 2048 }, two, notes);
  const { software } = await testGpu();
  assertEquals(notes.length, software ? 1 : 0);
  memory.destroy();
  const all: string[] = [];
  (await built({ batch: 2048, alignment_rows: 2048 }, two, all)).memory.destroy();
  assertEquals(all, []);
});

Deno.test("ssr refuses borders that do not fit its bands", async () => {
  for (const borders of ["3", "9,3", "3,x", "3,90"]) {
    await assertRejects(
      () => built({ decomposition: "gft", eigenpairs: 20, borders }),
      UsageError,
      `Cannot set "borders": found "${borders}"`,
    );
  }
});
