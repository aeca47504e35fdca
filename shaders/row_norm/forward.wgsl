// y[first_row + r, first_column + c] = x[r, x_column + c]/max(‖x[r]‖, 1e-12), as PyTorch's normalize, ‖x[r]‖
// being that of the block of columns. Stores; length[r] = ‖x[r]‖ for the backward pass. One invocation a
// row.

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of the block
  x_columns: u32, // Elements of a row of x
  x_column: u32,
  y_columns: u32, // Elements of a row of y
  first_row: u32,
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;
@group(0) @binding(2) var<storage, read_write> length: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = row * uniforms.x_columns + uniforms.x_column;
  let place = (uniforms.first_row + row) * uniforms.y_columns + uniforms.first_column;
  var sum = Element();
  for (var c = 0u; c < uniforms.columns; c++) { sum += x[start + c] * x[start + c]; }
  let norm = sqrt(total(sum));
  let scale = 1.0 / max(norm, 1e-12);
  for (var c = 0u; c < uniforms.columns; c++) { y[place + c] = scale * x[start + c]; }
  length[row] = norm;
}
