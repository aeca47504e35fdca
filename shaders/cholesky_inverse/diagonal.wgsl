// d[first + r] = A[r, first + r] for rows `first` on of a matrix, A having these rows. Stores. One invocation a row.

struct Uniforms {
  rows: u32,
  stride: u32, // numbers from one row to the next
  first: u32,
}

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read_write> diagonal: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let r = thread_index(group, groups, local);
  if (r >= uniforms.rows) { return; }
  let row = uniforms.first + r;
  diagonal[row] = a[r * uniforms.stride + row];
}
