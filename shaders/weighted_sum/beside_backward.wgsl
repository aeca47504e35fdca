// dx[r, c] = Σ_b weights[b, term]·dy[r, b, c]: what a term gets of sums that stand side by side. Stores (=), or adds (+=)
// where `accumulate` is 1. One invocation `rows_each` rows of a column.

override rows_each: u32 = 1u;
override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row of x
  sums: u32,
  all_terms: u32,
  term: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<f32>; // sums×all_terms
@group(0) @binding(2) var<storage, read_write> dx: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first_row = thread / uniforms.columns * rows_each;
  let column = thread % uniforms.columns;
  for (var row = first_row; row < min(first_row + rows_each, uniforms.rows); row++) {
    let start = row * uniforms.sums * uniforms.columns + column;
    var value = weights[uniforms.term] * dy[start];
    for (var sum = 1u; sum < uniforms.sums; sum++) {
      value += weights[sum * uniforms.all_terms + uniforms.term] * dy[start + sum * uniforms.columns];
    }
    let own = row * uniforms.columns + column;
    if (accumulate) { value += dx[own]; }
    dx[own] = value;
  }
}
