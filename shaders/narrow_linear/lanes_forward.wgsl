// Computes what forward_operands.wgsl declares, by `lanes` invocations a row.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local) / lanes;
  let lane = lane_of(local);
  let end = select(0u, uniforms.vectors, row < uniforms.rows);
  let start = (uniforms.first_row + row) * uniforms.vectors;
  // Outputs beyond the last are those of the last once more.
  let own = min(vec4<u32>(uniforms.first_out) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(uniforms.out - 1u));
  let of_w = own * uniforms.vectors;
  var sums = vec4<f32>(0.0);
  for (var c = lane; c < end; c += lanes) {
    let value = x[start + c];
    sums += vec4<f32>(
      dot(value, w[of_w.x + c]),
      dot(value, w[of_w.y + c]),
      dot(value, w[of_w.z + c]),
      dot(value, w[of_w.w + c]),
    );
  }
  let all = combine_lanes(local, sums);
  if (row >= uniforms.rows) { return; }
  let count = min(uniforms.out - uniforms.first_out, 4u);
  for (var n = lane; n < count; n += lanes) {
    let m = uniforms.first_out + n;
    y[row * uniforms.out + m] = all[n] + bias[m];
  }
}
