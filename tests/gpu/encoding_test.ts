import { assertEquals } from "@std/assert";
import { encodeLaunches } from "../../gpu/encoding.ts";
import type { Allocation } from "../../gpu/memory.ts";

/** An encoder that writes down what it is told. */
function recorder() {
  const told: string[] = [];
  const pass = {
    setPipeline: (pipeline: unknown) => told.push(`${pipeline}`),
    setBindGroup() {},
    dispatchWorkgroups: () => told.push("dispatch"),
    end: () => told.push("end"),
  };
  const encoder = {
    beginComputePass({ timestampWrites: times }: GPUComputePassDescriptor) {
      const { beginningOfPassWriteIndex: from, endOfPassWriteIndex: to } = times ?? {};
      told.push(times === undefined ? "pass" : `pass ${from ?? ""}–${to ?? ""}`);
      return pass;
    },
    copyBufferToTexture: ({ buffer }: { buffer: unknown }) => told.push(`copy ${buffer}`),
  };
  return { told, encoder: encoder as unknown as GPUCommandEncoder };
}

const x = { label: "x", owner: "test", bytes: 512 };
const y = { ...x, label: "y" };

function launch(
  kernel: string,
  options: { reads?: readonly Allocation[]; writes?: string; offset?: number } = {},
) {
  const { reads = [], writes, offset = 0 } = options;
  const named = <T>(name: string) => name as unknown as T;
  return {
    ...{ kernel, pipeline: named<GPUComputePipeline>(kernel) },
    ...{ bindGroup: named<GPUBindGroup>("group"), groups: [1, 1] as const },
    textured: reads.map((allocation, place) => ({
      buffer: named<GPUBuffer>(allocation.label),
      range: { allocation, offset, bytes: 256 },
      texture: named<GPUTexture>(`texture ${place}`),
    })),
    writes: writes === undefined ? [] : [named<GPUBuffer>(writes)],
  };
}

Deno.test("encodeLaunches() needs one pass where nothing is copied, and none for nothing", () => {
  const { told, encoder } = recorder();
  encodeLaunches(encoder, "test", []);
  assertEquals(told, []);
  encodeLaunches(encoder, "test", [launch("a"), launch("a"), launch("b")]);
  assertEquals(told, ["pass", "a", "dispatch", "dispatch", "b", "dispatch", "end"]);
});

Deno.test("encodeLaunches() copies between passes, once until the source or its content changes", () => {
  const { told, encoder } = recorder();
  encodeLaunches(encoder, "test", [
    launch("a", { reads: [x], writes: "y" }),
    launch("a", { reads: [x], writes: "z" }),
    launch("b", { writes: "y" }),
    launch("a", { reads: [x], writes: "x" }),
    launch("a", { reads: [x] }),
    launch("a", { reads: [x], offset: 256 }),
    launch("a", { reads: [y] }),
  ]);
  assertEquals(told, [
    ...["copy x", "pass", "a", "dispatch", "dispatch", "b", "dispatch", "a", "dispatch", "end"],
    ...Array(2).fill(["copy x", "pass", "a", "dispatch", "end"]).flat(),
    ...["copy y", "pass", "a", "dispatch", "end"],
  ]);
});

Deno.test("encodeLaunches() copies each of the ranges that a launch reads to a texture of its own", () => {
  const { told, encoder } = recorder();
  encodeLaunches(encoder, "test", [
    launch("a", { reads: [x, y] }),
    launch("a", { reads: [y, y] }),
    launch("a", { reads: [y, y], writes: "y" }),
    launch("a", { reads: [x, y] }),
  ]);
  assertEquals(told, [
    ...["copy x", "copy y", "pass", "a", "dispatch", "end"],
    ...["copy y", "pass", "a", "dispatch", "dispatch", "end"],
    ...["copy x", "copy y", "pass", "a", "dispatch", "end"],
  ]);
});

Deno.test("encodeLaunches() times each launch and copy", () => {
  const { told, encoder } = recorder();
  const names: string[] = [];
  const timed = (name: string) => {
    const n = 2 * (names.push(name) - 1);
    const querySet = {} as GPUQuerySet;
    return { querySet, beginningOfPassWriteIndex: n, endOfPassWriteIndex: n + 1 };
  };
  encodeLaunches(encoder, "test", [launch("a"), launch("a", { reads: [x] })], timed);
  assertEquals(names, ["a", "copy to texture", "a"]);
  assertEquals(told, [
    ...["pass 0–1", "a", "dispatch", "end"],
    ...["pass 2–", "end", "copy x", "pass –3", "end"],
    ...["pass 4–5", "a", "dispatch", "end"],
  ]);
});
