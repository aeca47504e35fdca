// y[c, r] = weight·scale[r]·x[r, x_column + c] for `columns` columns of x; where y is wider than x is high, the rest
// of a row is 0. Stores (=), or adds (+=) where `accumulate` is 1. An invocation takes four columns of a row;
// neighbouring ones write neighbouring numbers.

override has_scale: bool = false;
override accumulate: bool = false;

struct Uniforms {
  rows: u32, // of x
  columns: u32, // of x that are transposed
  x_stride: u32, // numbers from one row of x to the next
  x_column: u32, // the first of them
  y_stride: u32, // numbers from one row of y to the next
  y_row: u32, // the first row of y that is written
  weight: f32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> scale: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first = thread / uniforms.y_stride * 4u;
  let row = thread % uniforms.y_stride;
  if (first >= uniforms.columns) { return; }
  let is_padding = row >= uniforms.rows;
  var factor = uniforms.weight;
  if (has_scale && !is_padding) { factor *= scale[row]; }
  let start = row * uniforms.x_stride + uniforms.x_column;
  for (var column = first; column < min(first + 4u, uniforms.columns); column++) {
    var value = 0.0;
    if (!is_padding) { value = factor * x[start + column]; }
    let at = (uniforms.y_row + column) * uniforms.y_stride + row;
    if (accumulate) { value += y[at]; }
    y[at] = value;
  }
}
