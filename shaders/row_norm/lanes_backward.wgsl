// Computes what backward_operands.wgsl declares, by `lanes` invocations a row.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local) / lanes;
  let lane = lane_of(local);
  let end = select(0u, uniforms.columns, row < uniforms.rows);
  let start = row * uniforms.x_columns + uniforms.x_column;
  let place = (uniforms.first_row + row) * uniforms.y_columns + uniforms.first_column;
  let norm = length[min(row, uniforms.rows - 1u)];
  var sum = Element();
  if (norm > 1e-12) {
    for (var c = lane; c < end; c += lanes) { sum += y[place + c] * dy[place + c]; }
  }
  let inner = combine_lanes(local, total(sum));
  let scale = 1.0 / max(norm, 1e-12);
  for (var c = lane; c < end; c += lanes) {
    var value = scale * (dy[place + c] - inner * y[place + c]);
    if (accumulate) { value += dx[start + c]; }
    dx[start + c] = value;
  }
}
