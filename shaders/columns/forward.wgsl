// In Elements: y[r, y_column + c] = x[r, x_column + c] for c < width: a block of columns, copied. It is its own
// backward pass, with x and y exchanged. Stores (=), or adds (+=) where `accumulate` is 1.
//
// One invocation copies `rows_each` rows of a column, and finds all of them by one division.

override accumulate: bool = false;
override rows_each: u32 = 1u;

struct Uniforms {
  rows: u32,
  width: u32,
  x_columns: u32,
  x_column: u32,
  y_columns: u32,
  y_column: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first = thread / uniforms.width * rows_each;
  let column = thread % uniforms.width;
  let x_at = uniforms.x_column + column;
  let y_at = uniforms.y_column + column;
  for (var n = 0u; n < rows_each; n++) {
    let row = first + n;
    if (row < uniforms.rows) {
      let at = row * uniforms.y_columns + y_at;
      var value = x[row * uniforms.x_columns + x_at];
      if (accumulate) { value += y[at]; }
      y[at] = value;
    }
  }
}
