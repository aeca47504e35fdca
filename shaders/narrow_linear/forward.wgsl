// Computes what forward_operands.wgsl declares, by one invocation a row: it reads x once, and all invocations read the
// same of w.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let row = thread_index(group, groups, local);
  if (row >= uniforms.rows) { return; }
  let start = (uniforms.first_row + row) * uniforms.vectors;
  // Outputs beyond the last are those of the last once more.
  let own = min(vec4<u32>(uniforms.first_out) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(uniforms.out - 1u));
  let of_w = own * uniforms.vectors;
  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var s2 = vec4<f32>(0.0);
  var s3 = vec4<f32>(0.0);
  for (var c = 0u; c < uniforms.vectors; c++) {
    let value = x[start + c];
    s0 += value * w[of_w.x + c];
    s1 += value * w[of_w.y + c];
    s2 += value * w[of_w.z + c];
    s3 += value * w[of_w.w + c];
  }
  let sums = transpose(mat4x4<f32>(s0, s1, s2, s3));
  let all = sums[0] + sums[1] + sums[2] + sums[3];
  let end = min(uniforms.out, uniforms.first_out + 4u);
  for (var m = uniforms.first_out; m < end; m++) {
    y[row * uniforms.out + m] = all[m - uniforms.first_out] + bias[m];
  }
}
