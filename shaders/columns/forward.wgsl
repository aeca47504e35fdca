// In Elements: y[r, y_column + c] = x[r, x_column + c] for c < width: a block of columns, copied. It is its own
// backward pass, with x and y exchanged. Stores (=), or adds (+=) where `accumulate` is 1.

override accumulate: bool = false;

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
  let row = thread / uniforms.width;
  let column = thread % uniforms.width;
  if (row >= uniforms.rows) { return; }
  let at = row * uniforms.y_columns + uniforms.y_column + column;
  var value = x[row * uniforms.x_columns + uniforms.x_column + column];
  if (accumulate) { value += y[at]; }
  y[at] = value;
}
