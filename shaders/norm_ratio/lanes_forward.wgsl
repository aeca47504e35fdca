// Computes what operands.wgsl declares, by `lanes` invocations a row.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local) / lanes;
  let lane = lane_of(local);
  let end = select(0u, uniforms.columns, row < uniforms.rows);
  let start = row * uniforms.columns;
  var of_p = Element();
  var of_q = Element();
  for (var c = lane; c < end; c += lanes) {
    of_p += p[start + c] * p[start + c];
    of_q += q[start + c] * q[start + c];
  }
  let squares = combine_lanes(local, vec4<f32>(total(of_p), total(of_q), 0.0, 0.0));
  if (row >= uniforms.rows || lane > 0u) { return; }
  let both = sqrt(squares.xy);
  norms[row] = both;
  y[row] = (uniforms.factor * both.x + 1e-6) / (both.y + 1e-6);
}
