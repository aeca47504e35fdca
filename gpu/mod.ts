/**
 * The device, and programs on it: buffers, kernels in WGSL, fixed lists of launches with derivatives by
 * hand, readback, and random numbers that are the same on both sides.
 *
 * @example Double four numbers on the device
 * ```ts
 * import { kernel, Memory, openGpu, Program, readFloats } from "@bandpass/bandpass/gpu";
 * const twice = kernel(
 *   "twice",
 *   `@group(0) @binding(0) var<storage, read_write> x: array<f32>;
 *    @compute @workgroup_size(workgroup_size)
 *    fn main(@builtin(global_invocation_id) id: vec3<u32>) {
 *      if (id.x < 4u) { x[id.x] *= 2.0; }
 *    }`,
 * );
 * const gpu = await openGpu("auto");
 * const memory = new Memory(gpu);
 * const program = new Program(memory, "example");
 * const x = program.tensor("x", 1, 4, { data: new Float32Array([1, 2, 3, 4]) });
 * program.launch(twice, { buffers: { x }, threads: 4 });
 * await program.compile();
 * program.submit();
 * await readFloats(memory, x.allocation, 4); // [2, 4, 6, 8]
 * memory.destroy();
 * await gpu.close();
 * ```
 *
 * @module
 */
export * from "./close_device.ts";
export * from "./column_slices.ts";
export * from "./compile_kernels.ts";
export * from "./compute_observers.ts";
export * from "./device.ts";
export * from "./encoding.ts";
export * from "./free_memory.ts";
export * from "./gpu.ts";
export * from "./held_uniforms.ts";
export * from "./kernel.ts";
export * from "./kernel_choices.ts";
export * from "./launch.ts";
export * from "./lifetimes.ts";
export * from "./memory.ts";
export * from "./one_ahead.ts";
export * from "./pieces.ts";
export * from "./profile.ts";
export * from "./program.ts";
export * from "./random.ts";
export * from "./readback.ts";
export * from "./reads.ts";
export * from "./reuse.ts";
export * from "./row_blocks.ts";
export * from "./self_test.ts";
export * from "./sharing.ts";
export * from "./software_threads.ts";
export * from "./staging.ts";
export * from "./submit_in_parts.ts";
export * from "./subgroups.ts";
export * from "./tensor.ts";
export * from "./texture.ts";
export * from "./upload.ts";
