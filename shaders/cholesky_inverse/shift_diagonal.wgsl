// A[r, first + r] += shift for rows `first` on of a matrix; rows from `size` on are padding, whose number on the
// diagonal becomes 1. One invocation a row.

struct Uniforms {
  rows: u32,
  stride: u32, // numbers from one row to the next
  first: u32,
  size: u32,
  shift: f32,
}

@group(0) @binding(0) var<storage, read_write> a: array<f32>;
@group(0) @binding(1) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let r = thread_index(group, groups, local);
  if (r >= uniforms.rows) { return; }
  let row = uniforms.first + r;
  let at = r * uniforms.stride + row;
  a[at] = select(1.0, a[at] + uniforms.shift, row < uniforms.size);
}
