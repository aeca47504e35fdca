// Computes what backward_operands.wgsl declares, by one invocation a row.

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
  let norm = length[row];
  var inner = 0.0;
  if (norm > 1e-12) {
    var sum = Element();
    for (var c = 0u; c < uniforms.columns; c++) { sum += y[place + c] * dy[place + c]; }
    inner = total(sum);
  }
  let scale = 1.0 / max(norm, 1e-12);
  for (var c = 0u; c < uniforms.columns; c++) {
    var value = scale * (dy[place + c] - inner * y[place + c]);
    if (accumulate) { value += dx[start + c]; }
    dx[start + c] = value;
  }
}
