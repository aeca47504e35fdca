// y[y_row + r, y_column + c] = x[x_row + r, x_column + c], or, where `transposed` is 1, y[y_row + c, y_column + r], for
// rows r and columns c of a part of X. Stores. An invocation moves 4×4 numbers.

override transposed: bool = false;

struct Uniforms { // multiples of 4
  rows: u32,
  columns: u32,
  x_stride: u32, // numbers from one row to the next
  x_row: u32,
  x_column: u32,
  y_stride: u32,
  y_row: u32,
  y_column: u32,
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
  let tile = thread_index(group, groups, local);
  let across = uniforms.columns / 4u;
  let r = 4u * (tile / across);
  let c = 4u * (tile % across);
  if (r >= uniforms.rows) { return; }
  let from_stride = uniforms.x_stride / 4u;
  let source = (uniforms.x_row + r) * from_stride + (uniforms.x_column + c) / 4u;
  var part = mat4x4<f32>(
    x[source],
    x[source + from_stride],
    x[source + 2u * from_stride],
    x[source + 3u * from_stride],
  );
  if (transposed) { part = transpose(part); }
  let to_stride = uniforms.y_stride / 4u;
  let row = uniforms.y_row + select(r, c, transposed);
  let column = uniforms.y_column + select(c, r, transposed);
  let end = row * to_stride + column / 4u;
  y[end] = part[0];
  y[end + to_stride] = part[1];
  y[end + 2u * to_stride] = part[2];
  y[end + 3u * to_stride] = part[3];
}
