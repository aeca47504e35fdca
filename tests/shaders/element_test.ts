import { assertEquals, assertThrows } from "@std/assert";
import { Program } from "../../gpu/program.ts";
import { rowVectors } from "../../shaders/common/element/counted.ts";
import { elementKernel } from "../../shaders/common/element/element.ts";
import { testGpu } from "../gpu/test_gpu.ts";
import { countRows, GarbageMemory } from "./op_check.ts";

Deno.test("elementKernel() takes four columns at a time where it can", () => {
  const copy = elementKernel(
    "copy",
    `@group(0) @binding(0) var<storage, read> x: array<Element>;
    @group(0) @binding(1) var<storage, read_write> y: array<Element>;
    @compute @workgroup_size(workgroup_size)
    fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = x[id.x]; }`,
  );
  assertEquals([1, 3, 4, 6, 64].map((columns) => copy(columns).width), [1, 1, 4, 1, 4]);
  assertEquals(copy(4).kernel === copy(8).kernel, true);
  assertEquals([copy(3).kernel.name, copy(4).kernel.name], ["copy (numbers)", "copy"]);
});

Deno.test("rowVectors() rounds up, and refuses counted rows that are no whole vectors", async () => {
  const program = new Program(new GarbageMemory(await testGpu()), "vectors");
  const tensor = (columns: number) => program.tensor("x", 2, columns);
  assertEquals([1, 4, 5].map((columns) => rowVectors(tensor(columns))), [1, 1, 2]);
  assertEquals(rowVectors(countRows(program, tensor(8), 1)), 2);
  const counted = countRows(program, tensor(5), 1);
  assertThrows(() => rowVectors(counted), Error, '"x" has 5 columns, not 4·n');
});
