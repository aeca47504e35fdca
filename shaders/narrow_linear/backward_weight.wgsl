// Computes what backward_weight_operands.wgsl declares, by one invocation a part and vector of four columns.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let c = thread % uniforms.vectors;
  let split = thread / uniforms.vectors;
  if (split >= uniforms.splits) { return; }
  let out = uniforms.out;
  let most = out - 1u;
  let end = min(uniforms.rows, (split + 1u) * uniforms.part);
  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var s2 = vec4<f32>(0.0);
  var s3 = vec4<f32>(0.0);
  for (var row = split * uniforms.part; row < end; row++) {
    let value = x[(uniforms.first_row + row) * uniforms.vectors + c];
    let at = row * out;
    // Outputs beyond the last are those of the last once more, and are not stored.
    s0 += dy[at + uniforms.first_out] * value;
    s1 += dy[at + min(uniforms.first_out + 1u, most)] * value;
    s2 += dy[at + min(uniforms.first_out + 2u, most)] * value;
    s3 += dy[at + min(uniforms.first_out + 3u, most)] * value;
  }
  let left = out - uniforms.first_out;
  let place = (split * out + uniforms.first_out) * uniforms.vectors + c;
  parts[place] = s0;
  if (left > 1u) { parts[place + uniforms.vectors] = s1; }
  if (left > 2u) { parts[place + 2u * uniforms.vectors] = s2; }
  if (left > 3u) { parts[place + 3u * uniforms.vectors] = s3; }
}
