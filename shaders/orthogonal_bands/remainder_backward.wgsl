// dy[r, b] −= dy[r, last] for the bands b before the last, in place: what remainder.wgsl's last band takes from the
// gradients of the others. One invocation `rows_each` rows of a vector of four columns.

override rows_each: u32 = 1u;
override bands: u32 = 1u; // a constant: drivers write the loop over them out

struct Uniforms { // as in remainder.wgsl
  rows: u32,
  vectors: u32,
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
  for (var n = 0u; n < rows_each; n++) {
    let row = first_row + n;
    if (row < uniforms.rows) {
      let first = row * bands * uniforms.vectors + column;
      let last = first + (bands - 1u) * uniforms.vectors;
      let upstream = dy[last];
      for (var at = first; at < last; at += uniforms.vectors) { dy[at] -= upstream; }
    }
  }
}
