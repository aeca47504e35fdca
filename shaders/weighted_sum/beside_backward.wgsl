// dx_i[r, c] = Σ_b weights[b, first_term + i]·dy[r, b, c] for the first `terms` of four: what terms get of sums that stand
// side by side. Stores (=), or adds (+=) where `accumulate` is 1. One invocation `rows_each` rows of a column.

override rows_each: u32 = 1u;
override sums: u32 = 1u; // a constant: drivers write the loop over them out
override terms: u32 = 4u;
override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row of x
  all_terms: u32,
  first_term: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<f32>; // sums×all_terms
@group(0) @binding(2) var<storage, read_write> dx0: array<Element>;
@group(0) @binding(3) var<storage, read_write> dx1: array<Element>;
@group(0) @binding(4) var<storage, read_write> dx2: array<Element>;
@group(0) @binding(5) var<storage, read_write> dx3: array<Element>;
@group(0) @binding(6) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first_row = thread / uniforms.columns * rows_each;
  let column = thread % uniforms.columns;
  for (var n = 0u; n < rows_each; n++) {
    let row = first_row + n;
    if (row < uniforms.rows) {
      let own = row * uniforms.columns + column;
      let start = row * sums * uniforms.columns + column;
      var a = Element();
      var b = Element();
      var c = Element();
      var d = Element();
      if (accumulate) {
        a = dx0[own];
        if (terms > 1u) { b = dx1[own]; }
        if (terms > 2u) { c = dx2[own]; }
        if (terms > 3u) { d = dx3[own]; }
      }
      for (var sum = 0u; sum < sums; sum++) {
        let upstream = dy[start + sum * uniforms.columns];
        let first = sum * uniforms.all_terms + uniforms.first_term;
        a += weights[first] * upstream;
        if (terms > 1u) { b += weights[first + 1u] * upstream; }
        if (terms > 2u) { c += weights[first + 2u] * upstream; }
        if (terms > 3u) { d += weights[first + 3u] * upstream; }
      }
      dx0[own] = a;
      if (terms > 1u) { dx1[own] = b; }
      if (terms > 2u) { dx2[own] = c; }
      if (terms > 3u) { dx3[own] = d; }
    }
  }
}
