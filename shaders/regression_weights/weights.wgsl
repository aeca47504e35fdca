// A[r, j] ← −A[r, j]/diagonal[j] off the diagonal, and 0 on it, for rows `first` on of a matrix. Overwrites. One
// invocation has four columns of a row.

struct Uniforms {
  rows: u32, // of the block
  vectors: u32, // of four columns in a row
  first: u32, // the block's first row in the matrix
}

@group(0) @binding(0) var<storage, read_write> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> diagonal: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.rows * uniforms.vectors) { return; }
  let vector = at % uniforms.vectors;
  let row = uniforms.first + at / uniforms.vectors;
  let column = vec4<u32>(4u * vector) + vec4<u32>(0u, 1u, 2u, 3u);
  a[at] = select(-a[at] / diagonal[vector], vec4<f32>(0.0), column == vec4<u32>(row));
}
