// dx[r, c] = dy[r]·x[r, other half]. Stores (=), or adds (+=) where `accumulate` is 1. One invocation an
// Element.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  half_columns: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> dx: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  let place = at / uniforms.half_columns; // 2·row + half
  if (place >= 2u * uniforms.rows) { return; }
  let other = (place ^ 1u) * uniforms.half_columns + at % uniforms.half_columns;
  var value = dy[place / 2u] * x[other];
  if (accumulate) { value += dx[at]; }
  dx[at] = value;
}
