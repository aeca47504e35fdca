/** Kernels that the tests of programs launch. */
import { kernel } from "../../gpu/kernel.ts";

const main = `@compute @workgroup_size(workgroup_size)
  fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
  )`;

/** y[n] += 1 for each invocation n; those beyond the count share the last place. */
export const visit = kernel(
  "visit",
  `struct Uniforms { count: u32 }
  @group(0) @binding(0) var<storage, read_write> y: array<atomic<u32>>;
  @group(0) @binding(1) var<uniform> uniforms: Uniforms;
  ${main} {
    let n = thread_index(group, groups, local);
    atomicAdd(&y[min(n, uniforms.count)], 1u);
  }`,
);

/** y = 2x. */
export const double = kernel(
  "double",
  `@group(0) @binding(0) var<storage, read> x: array<f32>;
  @group(0) @binding(1) var<storage, read_write> y: array<f32>;
  ${main} {
    let n = thread_index(group, groups, local);
    if (n < arrayLength(&y)) { y[n] = 2.0 * x[n]; }
  }`,
);

/** y = x, of which it reads vectors of four through a texture. */
export const throughTexture = kernel(
  "through texture",
  `@group(0) @binding(0) var x: texture_storage_2d<rgba32float, read>;
  @group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;
  ${main} {
    let n = thread_index(group, groups, local);
    if (n < arrayLength(&y)) { y[n] = textureLoad(x, texel(n)); }
  }`,
);
