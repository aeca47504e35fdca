// y[r, c] = Σ_b weights[r, b]·x[r, b, c]: the bands of a row, which stand side by side, weighed and added. Stores. One
// invocation `rows_each` rows of a column.

override rows_each: u32 = 1u;
override bands: u32 = 1u; // a constant: drivers write the loop over them out

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a band's row
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;
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
  for (var n = 0u; n < rows_each; n++) {
    let row = first_row + n;
    if (row < uniforms.rows) {
      let first = row * bands;
      let start = first * uniforms.columns + column;
      var sum = weights[first] * x[start];
      for (var band = 1u; band < bands; band++) {
        sum += weights[first + band] * x[start + band * uniforms.columns];
      }
      y[row * uniforms.columns + column] = sum;
    }
  }
}
