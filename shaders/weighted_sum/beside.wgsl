// y[r, b, c] = Σ_i weights[b, first_term + i]·x_i[r, c] over the first `terms` of four: several sums of the same
// tensors, side by side in a row. Stores (=), or adds (+=) where `accumulate` is 1. One invocation `rows_each`
// rows of a column.

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

@group(0) @binding(0) var<storage, read> x0: array<Element>;
@group(0) @binding(1) var<storage, read> x1: array<Element>;
@group(0) @binding(2) var<storage, read> x2: array<Element>;
@group(0) @binding(3) var<storage, read> x3: array<Element>;
@group(0) @binding(4) var<storage, read> weights: array<f32>; // sums×all_terms
@group(0) @binding(5) var<storage, read_write> y: array<Element>;
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
      let a = x0[own];
      var b = Element();
      var c = Element();
      var d = Element();
      if (terms > 1u) { b = x1[own]; }
      if (terms > 2u) { c = x2[own]; }
      if (terms > 3u) { d = x3[own]; }
      var at = row * sums * uniforms.columns + column;
      for (var sum = 0u; sum < sums; sum++) {
        let first = sum * uniforms.all_terms + uniforms.first_term;
        var value = weights[first] * a;
        if (terms > 1u) { value += weights[first + 1u] * b; }
        if (terms > 2u) { value += weights[first + 2u] * c; }
        if (terms > 3u) { value += weights[first + 3u] * d; }
        if (accumulate) { value += y[at]; }
        y[at] = value;
        at += uniforms.columns;
      }
    }
  }
}
