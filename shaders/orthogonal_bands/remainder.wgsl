// The last band of rows whose bands add up to them, which stand side by side in y:
// y[r, last] = x[r] − Σ_{b < last} y[r, b], or without the sum where `closes` is 0, for a summand x that others follow.
// Stores (=), or adds (+=) where `accumulate` is 1. One invocation `rows_each` rows of a vector of
// four columns.

override rows_each: u32 = 1u;
override bands: u32 = 1u; // a constant: drivers write the loop over them out
override closes: bool = true;
override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  vectors: u32, // of a band
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

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
      var value = x[row * uniforms.vectors + column];
      if (closes) {
        for (var at = first; at < last; at += uniforms.vectors) { value -= y[at]; }
      }
      if (accumulate) { value += y[last]; }
      y[last] = value;
    }
  }
}
