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
  var sum = Element();
  for (var c = lane; c < end; c += lanes) { sum += a[start + c] * b[start + c]; }
  let inner = combine_lanes(local, total(sum));
  if (row < uniforms.rows && lane == 0u) { y[row] = inner; }
}
