import { assertEquals } from "@std/assert";
import { kernel } from "../../gpu/kernel.ts";
import { Memory } from "../../gpu/memory.ts";
import { Program } from "../../gpu/program.ts";
import { readFloats } from "../../gpu/readback.ts";
import { dealtToLanes, lanesOf } from "../../shaders/common/lanes/lanes.ts";
import lanesSource from "../../shaders/common/lanes/lanes.wgsl" with { type: "text" };
import sumLanesSource from "../../shaders/common/lanes/sum_lanes.wgsl" with { type: "text" };
import { testGpu } from "../gpu/test_gpu.ts";

Deno.test("lanesOf() is a power of two that a row has work for, and not too many", () => {
  assertEquals([0, 1, 2, 3, 4, 5, 9, 16, 17, 500].map(lanesOf), [1, 1, 2, 4, 4, 8, 16, 16, 16, 16]);
});

Deno.test("combine_lanes() gives every lane what those of its row have, again and again", async () => {
  const twice = kernel(
    "lanes",
    lanesSource,
    sumLanesSource,
    `struct Uniforms { rows: u32 }
    @group(0) @binding(0) var<storage, read_write> sums: array<f32>;
    @group(0) @binding(1) var<uniform> uniforms: Uniforms;
    @compute @workgroup_size(workgroup_size)
    fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
      @builtin(local_invocation_index) local: u32) {
      let thread = thread_index(group, groups, local);
      let first = combine_lanes(local, f32(thread));
      workgroupBarrier();
      let second = combine_lanes(local, 1000.0 * f32(lane_of(local)));
      if (thread / lanes < uniforms.rows) { sums[thread] = first + second; }
    }`,
  );
  const rows = 37;
  for (const elements of [1, 2, 7, 16]) {
    const lanes = lanesOf(elements);
    const memory = new Memory(await testGpu());
    const program = new Program(memory, "lanes");
    const sums = program.tensor("sums", rows, lanes);
    program.launch(twice, {
      buffers: { sums },
      uniforms: { rows },
      ...dealtToLanes(rows, elements),
    });
    await program.compile();
    program.submit();
    // The lanes of row r are r·lanes, …, r·lanes + lanes − 1.
    const ofLanes = lanes * (lanes - 1) / 2;
    assertEquals(
      Array.from(await readFloats(memory, sums.allocation, rows * lanes)),
      Array.from(
        { length: rows * lanes },
        (_, n) => Math.floor(n / lanes) * lanes ** 2 + 1001 * ofLanes,
      ),
    );
    memory.destroy();
  }
});
