// V[r, column+c] = X[r, c]: a narrow matrix written into columns of a wide one, four at a time. Stores.

struct Uniforms {
  rows: u32,
  width: u32, // vectors of a row of X
  stride: u32, // vectors of a row of V
  column: u32, // in vectors
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> basis: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let row = thread / uniforms.width;
  if (row >= uniforms.rows) { return; }
  basis[row * uniforms.stride + uniforms.column + thread % uniforms.width] = x[thread];
}
