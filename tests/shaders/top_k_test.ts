import { assertEquals, assertThrows } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import { type KernelChoices, kernelVariants, withKernels } from "../../gpu/kernel_choices.ts";
import { Program } from "../../gpu/program.ts";
import { readBuffers } from "../../gpu/readback.ts";
import { topK } from "../../shaders/top_k/top_k.ts";
import { assertEach } from "../assert_each.ts";
import { rankedItems } from "../reference/ranking.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { GarbageMemory } from "./op_check.ts";

const masked = -3.4028234663852886e38;

const variants = kernelVariants.lists;

/** The lists, which are the same by all variants. */
async function bestItems(scores: number[][], k: number): Promise<number[][]> {
  const [first, ...others] = await Promise.all(
    variants.map((lists) => listsBy(lists, scores, k)),
  );
  others.forEach((lists, n) => assertEquals(lists, first, `by ${variants[n + 1]}`));
  return first;
}

async function listsBy(
  lists: KernelChoices["lists"],
  scores: number[][],
  k: number,
): Promise<number[][]> {
  const gpu = await testGpu();
  const memory = new GarbageMemory(withKernels(gpu, { ...gpu.kernels, lists }));
  const program = new Program(memory, "top k");
  const items = scores[0].length;
  const stride = Math.ceil(items / 4 + 0.5) * 4;
  const data = new Float32Array(scores.length * stride).fill(1e30);
  scores.forEach((row, user) => data.set(row, user * stride));
  const tensor = program.tensor("scores", scores.length, stride, { data });
  const best = topK(program, tensor, { users: scores.length, items, k });
  await program.compile();
  memory.spoil();
  program.submit();
  const [found, values] = await readBuffers(memory, [
    { allocation: best.items, bytes: scores.length * k * 4 },
    { allocation: best.scores, bytes: scores.length * k * 4 },
  ]);
  const rows = scores.map((row, user) => {
    const list = Array.from(new Uint32Array(found).slice(user * k, (user + 1) * k));
    const given = new Float32Array(values).slice(user * k, (user + 1) * k);
    list.forEach((item, n) => {
      assertEquals(given[n], item === 0xffffffff ? 0 : Math.fround(row[item]));
    });
    return list;
  });
  memory.destroy();
  return rows;
}

function expected(scores: number[], k: number): number[] {
  const none = new Set(scores.keys().filter((item) => scores[item] === masked));
  const list = rankedItems({ scores, masked: none, heldOut: [] }).slice(0, k);
  return [...list, ...Array(k - list.length).fill(0xffffffff)];
}

Deno.test("topK() gives the head of a plain sort, ties by smaller index", async () => {
  const next = uniforms(5);
  for (
    const [users, items, k] of [[1, 1, 1], [3, 5, 8], [9, 300, 20], [4, 2500, 1000], [70, 65, 5]]
  ) {
    for (const levels of [2, 7, 1e6]) {
      const scores = Array.from({ length: users }, () =>
        Array.from({ length: items }, () => {
          if (next() < 0.1) return masked;
          return Math.fround((Math.floor(levels * next()) - Math.floor(levels / 2)) / 3);
        }));
      assertEquals(
        await bestItems(scores, k),
        scores.map((row) => expected(row, k)),
        `${users} users, ${items} items, k ${k}, ${levels} values`,
      );
    }
  }
});

Deno.test("topK() takes −0 for 0, and tells tiny and huge scores apart", async () => {
  const scores = [[-0, 0, 1e-40, -1e-30, 3e38, -3e38, 0, -0]].map((row) => row.map(Math.fround));
  // Subnormal numbers may count as zero on a device, so 1e-40 is left out of the comparison.
  scores[0][2] = 1e-37;
  assertEquals(await bestItems(scores.map((row) => row.map(Math.fround)), 8), [[
    4,
    2,
    0,
    1,
    6,
    7,
    3,
    5,
  ]]);
});

Deno.test("topK() gives none where a user has no candidate", async () => {
  assertEquals(await bestItems([[masked, masked]], 2), [[0xffffffff, 0xffffffff]]);
});

Deno.test("topK() puts no item in a list whose score is NaN", async () => {
  assertEquals(await bestItems([[NaN, 3, masked, -Infinity, 7, -NaN]], 4), [
    [4, 1, 0xffffffff, 0xffffffff],
  ]);
});

Deno.test("topK() is right for more than 65,535 users", async () => {
  const users = 65_540;
  const best = (user: number) => user % 3;
  const scores = Array.from(
    { length: users },
    (_, user) => Array.from({ length: 3 }, (_, item) => item === best(user) ? 1 : 0),
  );
  const found = await bestItems(scores, 1);
  const items = found.map(([item]) => item);
  assertEach(items, (item, user) => item === best(user), (user) => `${best(user)}`, "items");
});

Deno.test("topK() fills long lists of many items by more than one launch", async () => {
  const next = uniforms(3);
  const scores = Array.from({ length: 90_000 }, () => Math.fround(Math.floor(3e4 * next()) / 7));
  assertEquals(await bestItems([scores, scores], 1000), Array(2).fill(expected(scores, 1000)));
});

Deno.test("topK() refuses rows that are no whole vectors", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "top k");
  const scores = program.tensor("scores", 1, 6);
  assertThrows(() => topK(program, scores, { users: 1, items: 6, k: 2 }), Error, "not of 6");
});

Deno.test("topK() refuses a k that it cannot sort", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "top k");
  const scores = program.tensor("scores", 1, 4);
  assertThrows(() => topK(program, scores, { users: 1, items: 4, k: 1001 }), Error, "1 to 1000");
});
