import { assert, assertEquals } from "@std/assert";
import { uniforms } from "../../algebra/random_sequence.ts";
import type { Lifetime } from "../../gpu/lifetimes.ts";
import { shareMemory } from "../../gpu/sharing.ts";

/** A buffer of some bytes that lives in some launches of program 0. */
type Life = [name: string, bytes: number, first: number, last: number, program?: number];

function placed(lives: Life[]) {
  const bytes = new Map(lives.map(([name, bytes]) => [name, bytes]));
  return shareMemory(
    lives.map(([buffer, , first, last, program = 0]) => ({ buffer, program, first, last })),
    (buffer) => bytes.get(buffer)!,
  );
}

Deno.test("shareMemory() gives the same place to buffers that take turns", () => {
  assertEquals(placed([["a", 64, 0, 1], ["b", 32, 2, 3], ["c", 48, 4, 4]]), [
    { bytes: 64, buffers: ["a", "c", "b"] },
  ]);
});

Deno.test("shareMemory() keeps apart what one launch uses, though it is the last use and the first", () => {
  assertEquals(placed([["a", 64, 0, 1], ["b", 64, 1, 2], ["c", 64, 2, 3]]), [
    { bytes: 64, buffers: ["a", "c"] },
    { bytes: 64, buffers: ["b"] },
  ]);
});

Deno.test("shareMemory() takes the smallest place that is free", () => {
  // d fits both a's place and b's after them; c lives with all.
  assertEquals(placed([["a", 96, 0, 1], ["b", 48, 0, 1], ["c", 80, 0, 3], ["d", 32, 2, 3]]), [
    { bytes: 96, buffers: ["a"] },
    { bytes: 80, buffers: ["c"] },
    { bytes: 48, buffers: ["b", "d"] },
  ]);
});

Deno.test("shareMemory() lets programs share whatever they use when", () => {
  assertEquals(placed([["a", 32, 0, 9, 0], ["b", 64, 3, 5, 1], ["c", 16, 0, 0, 2]]), [
    { bytes: 64, buffers: ["b", "a", "c"] },
  ]);
});

Deno.test("shareMemory() places buffers of the same size in their order, and nothing in no place", () => {
  assertEquals(placed([["b", 16, 0, 0], ["a", 16, 0, 0], ["c", 16, 1, 1]]), [
    { bytes: 16, buffers: ["b"] },
    { bytes: 16, buffers: ["a", "c"] },
  ]);
  assertEquals(placed([]), []);
});

Deno.test("shareMemory() never lets two buffers meet, and takes less than all of them alone", () => {
  const next = uniforms(3);
  const under = (limit: number) => Math.floor(next() * limit);
  const lives = Array.from({ length: 300 }, (_, n): Lifetime<number> & { bytes: number } => {
    const first = under(200);
    const bytes = 16 * (1 + under(50));
    return { buffer: n, program: under(3), first, last: first + under(20), bytes };
  });
  const places = shareMemory(lives, (buffer) => lives[buffer].bytes);
  assertEquals(places.flatMap(({ buffers }) => buffers).sort((a, b) => a - b), [...lives.keys()]);
  for (const { bytes, buffers } of places) {
    const own = buffers.map((buffer) => lives[buffer]);
    assertEquals(bytes, Math.max(...own.map((life) => life.bytes)));
    for (const [n, a] of own.entries()) {
      for (const b of own.slice(n + 1)) {
        const isApart = a.program !== b.program || a.last < b.first || b.last < a.first;
        assert(isApart, `${a.buffer} and ${b.buffer} live together`);
      }
    }
  }
  const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);
  // No plan can do with less than what lives at once.
  const most = Math.max(
    ...[0, 1, 2].flatMap((program) =>
      Array.from({ length: 220 }, (_, launch) =>
        sum(
          lives.filter((life) =>
            life.program === program && life.first <= launch && launch <= life.last
          ).map(({ bytes }) => bytes),
        ))
    ),
  );
  const taken = sum(places.map(({ bytes }) => bytes));
  assert(taken >= most && taken < 1.5 * most, `${taken} bytes, ${most} at once`);
});
