import { assertEquals } from "@std/assert";
import { type Lifetime, lifetimes, type Use } from "../../gpu/lifetimes.ts";

/** Uses in short: "x" reads x, "=x" writes all of it, "+=x" adds to it, "~x" writes a part of it. */
function launch(...texts: string[]): Use<string>[] {
  return texts.map((text) => {
    const [, sign, buffer] = text.match(/^([+=~]*)(\w+)$/)!;
    return {
      buffer,
      reads: sign === "" || sign === "+=",
      writes: sign === "" ? "no" : sign === "~" ? "part" : "whole",
    };
  });
}

function found(...programs: Use<string>[][][]): string[] {
  return lifetimes(programs).map(({ buffer, program, first, last }: Lifetime<string>) =>
    `${buffer}: ${program}, ${first}–${last}`
  );
}

Deno.test("lifetimes() go from the first launch that uses a buffer to the last", () => {
  assertEquals(
    found([launch("=a"), launch("a", "=b"), launch("=c"), launch("b", "c", "=d")]),
    ["a: 0, 0–1", "b: 0, 1–3", "c: 0, 2–3", "d: 0, 3–3"],
  );
});

Deno.test("lifetimes() leave out what is read before it is written", () => {
  assertEquals(found([launch("zeros", "=a"), launch("=zeros"), launch("a", "zeros", "=b")]), [
    "a: 0, 0–2",
    "b: 0, 2–2",
  ]);
  assertEquals(found([launch("+=sum"), launch("=sum")]), []);
});

Deno.test("lifetimes() count what is written before it is added to", () => {
  assertEquals(found([launch("=sum"), launch("+=sum"), launch("sum", "=a")]), [
    "sum: 0, 0–2",
    "a: 0, 2–2",
  ]);
});

Deno.test("lifetimes() leave out what is only written in part, or read when it is", () => {
  assertEquals(found([launch("~record")]), []);
  assertEquals(found([launch("~a"), launch("a", "=b"), launch("=a")]), ["b: 0, 1–1"]);
});

Deno.test("lifetimes() begin with the first part of what is then completed", () => {
  assertEquals(found([launch("~a"), launch("=b"), launch("=a"), launch("a", "b", "=c")]), [
    "a: 0, 0–3",
    "b: 0, 1–3",
    "c: 0, 3–3",
  ]);
});

Deno.test("lifetimes() stay whole where a part is written again", () => {
  assertEquals(found([launch("=a"), launch("~a"), launch("a", "=b")]), ["a: 0, 0–2", "b: 0, 2–2"]);
});

Deno.test("lifetimes() leave out what two programs use, whichever writes it", () => {
  assertEquals(
    found([launch("=table"), launch("table", "=a")], [launch("table", "=b"), launch("b", "=c")]),
    ["a: 0, 1–1", "b: 1, 0–1", "c: 1, 1–1"],
  );
  assertEquals(found([launch("=a")], [launch("=a")]), []);
});
