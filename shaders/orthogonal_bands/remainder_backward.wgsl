// dy[r, b] −= dy[r, last] for the bands b before the last, in place: what remainder.wgsl's last band takes from the
// gradients of the others. One invocation `rows_each` rows of a vector of four columns.

override rows_each: u32 = 1u;

struct Uniforms { // as in remainder.wgsl
  rows: u32,
  vectors: u32,
  bands: u32,
}

@group(0) @binding(0) var<storage, read_write> dy: array<vec4<f32>>;
@group(0) @binding(1) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first_row = thread / uniforms.vectors * rows_each;
  let column = thread % uniforms.vectors;
  for (var row = first_row; row < min(first_row + rows_each, uniforms.rows); row++) {
    let first = row * uniforms.bands * uniforms.vectors + column;
    let last = first + (uniforms.bands - 1u) * uniforms.vectors;
    let upstream = dy[last];
    for (var at = first; at < last; at += uniforms.vectors) { dy[at] -= upstream; }
  }
}
