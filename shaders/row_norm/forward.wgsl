// Computes what forward_operands.wgsl declares, by one invocation a row.

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
